// SPDX-License-Identifier: MIT
#include "base/utf8.hpp"

#include <string>

#include "support/catch.hpp"

using namespace footpound;

namespace {

// By the definition: code point to bytes.
std::string encoded(std::uint32_t code) {
  std::string out;
  const auto byte = [&](std::uint32_t b) { out += static_cast<char>(b); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 + code / 64);
    byte(0x80 + code % 64);
  } else if (code < 0x10000) {
    byte(0xE0 + code / 4096);
    byte(0x80 + code / 64 % 64);
    byte(0x80 + code % 64);
  } else {
    byte(0xF0 + code / 262144);
    byte(0x80 + code / 4096 % 64);
    byte(0x80 + code / 64 % 64);
    byte(0x80 + code % 64);
  }
  return out;
}

}  // namespace

TEST_CASE("every code point but the surrogates is one character of its length") {
  for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    const std::string bytes = encoded(code);
    if (utf8_length(bytes) != (surrogate ? 0 : bytes.size())) FAIL("U+" << std::hex << code);
    // cut short it is none
    if (bytes.size() > 1 && utf8_length(std::string_view(bytes).substr(0, bytes.size() - 1)) != 0)
      FAIL("half of U+" << std::hex << code);
  }
}

TEST_CASE("nothing, lone continuation bytes, overlong forms and what lies beyond are no characters") {
  CHECK(utf8_length("") == 0);
  CHECK(utf8_length("\x80") == 0);
  CHECK(utf8_length("\xC1\xBF") == 0);
  CHECK(utf8_length("\xE0\x9F\xBF") == 0);
  CHECK(utf8_length("\xF0\x8F\xBF\xBF") == 0);
  CHECK(utf8_length("\xF4\x90\x80\x80") == 0);
  CHECK(utf8_length("\xF5\x80\x80\x80") == 0);
  CHECK(utf8_length("\xC3(") == 0);
}

TEST_CASE("only the first character counts") { CHECK(utf8_length("\xC3\xA9\xFF") == 2); }

TEST_CASE("C0, DEL, C1, separators and direction marks drive a terminal; nothing else does") {
  for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    const bool drives = code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x2028 && code <= 0x202E) ||
                        (code >= 0x2066 && code <= 0x2069);
    if (is_control(encoded(code)) != drives) FAIL("U+" << std::hex << code);
  }
}

TEST_CASE("columns count characters, not bytes") {
  CHECK(utf8_columns("") == 0);
  CHECK(utf8_columns("Qu\xC3\xA9"
                     "bec") == 6);
  CHECK(utf8_columns("\xF0\x9F\x8C\x8D") == 1);
}
