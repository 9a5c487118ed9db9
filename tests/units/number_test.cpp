// SPDX-License-Identifier: MIT
// parse_number, which src/units/number.cpp defines.
#include <cmath>
#include <cstdlib>
#include <random>
#include <string>

#include "support/catch.hpp"
#include "units/amount.hpp"

using namespace footpound;

namespace {

bool reads(std::string_view text) {
  double value = 0;
  return parse_number(text, value);
}

// Decimal text of random shape, with up to 25 digits and a point anywhere.
class RandomDecimal {
 public:
  explicit RandomDecimal(unsigned seed) : random_(seed) {}
  std::string next() {
    std::string text;
    if (below(4) == 0) text += '-';
    const unsigned count = 1 + below(25);
    const unsigned point = below(2 * count);
    for (unsigned i = 0; i < count; ++i) {
      if (i == point) text += '.';
      text += static_cast<char>('0' + below(10));
    }
    if (below(2) == 0) {
      text += below(2) == 0 ? 'e' : 'E';
      const unsigned sign = below(3);
      if (sign == 1) text += '+';
      if (sign == 2) text += '-';
      text += std::to_string(below(below(2) == 0 ? 20 : 340));
    }
    return text;
  }

 private:
  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("decimal texts read as strtod reads them, to the last bit; what does not fit is refused") {
  RandomDecimal random(GENERATE(1U, 2U, 3U, 4U));
  for (int i = 0; i < 20000; ++i) {
    const std::string text = random.next();
    const double expected = std::strtod(text.c_str(), nullptr);
    const bool all_zero =
        text.substr(0, text.find_first_of("eE")).find_first_of("123456789") == std::string::npos;
    const bool fits = std::isfinite(expected) && (expected != 0 || all_zero);
    double value = 42;
    INFO(text);
    REQUIRE(parse_number(text, value) == fits);
    if (fits) REQUIRE(value == expected);
  }
}

TEST_CASE("halfway cases round to even") {
  double value = 0;
  REQUIRE(parse_number("9007199254740993", value));  // 2^53 + 1
  CHECK(value == 9007199254740992.0);
  REQUIRE(parse_number("9007199254740995", value));
  CHECK(value == 9007199254740996.0);
}

TEST_CASE("numbers may lead or trail with a point, and carry a sign") {
  double value = 0;
  REQUIRE(parse_number("+.5", value));
  CHECK(value == 0.5);
  REQUIRE(parse_number("5.", value));
  CHECK(value == 5);
  REQUIRE(parse_number("-0.25e2", value));
  CHECK(value == -25);
  REQUIRE(parse_number("4.9406564584124654e-324", value));
  CHECK(value == 5e-324);
  REQUIRE(parse_number("1.7976931348623157e308", value));
  CHECK(value == 1.7976931348623157e308);
}

TEST_CASE("what is no decimal number is refused") {
  for (const char* text :
      {"", " ", "-", "+", ".", "-.", "e5", ".e5", "1e", "1e+", "1e-", "5..", "1.2.3", "--1", "++1", "+-1",
          "-+1", "inf", "-inf", "infinity", "nan", "NaN", "nan(1)", "0x10", "0x1p3", "1e400", "-1e400",
          "1e-400", "1,5", "12,041", "1_000", "1 000", " 1", "1 ", "1f", "1.0d0", "\xD9\xA1"}) {
    INFO(text);
    CHECK_FALSE(reads(text));
  }
  CHECK_FALSE(reads(std::string_view("1\0", 2)));
}

TEST_CASE("a refused text leaves the value alone") {
  double value = 42;
  CHECK_FALSE(parse_number("1e400", value));
  CHECK_FALSE(parse_number("12abc", value));
  CHECK(value == 42);
}

TEST_CASE("read by words, a short decimal is what it is read digit by digit") {
  // all that stands around the text is of another kind
  const auto check = [](const std::string& text) {
    const std::string around = "9.9,9.9:" + text + "5.5";
    const std::string_view cell = std::string_view(around).substr(8, text.size());
    double plain = -1;
    double fast = -1;
    const bool reads_plain = parse_short_decimal(cell, plain);
    INFO(text);
    REQUIRE(TextWithin(cell, around).parse_short_decimal(fast) == reads_plain);
    if (reads_plain) REQUIRE(fast == plain);
  };
  // every text of up to five bytes out of what digits border on: '.', '/', ':', and some others
  const std::string bytes = "09./:-+ e\x7F\xB0\xAE";
  const std::size_t n = bytes.size();
  for (std::size_t length = 0, count = 1; length <= 5; ++length, count *= n) {
    for (std::size_t i = 0; i < count; ++i) {
      std::string text;
      for (std::size_t left = i, k = 0; k < length; ++k, left /= n) text += bytes[left % n];
      check(text);
    }
  }
  std::mt19937 random(5);
  for (int i = 0; i < 200000; ++i) {
    std::string text;
    for (auto length = random() % 18; length > 0; --length) text += static_cast<char>('0' + random() % 10);
    if (!text.empty() && random() % 3 != 0) text[random() % text.size()] = '.';
    if (!text.empty() && random() % 8 == 0) text[random() % text.size()] = static_cast<char>(random());
    check(text);
  }
}
