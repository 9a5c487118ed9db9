// SPDX-License-Identifier: MIT
#include "base/utf8.hpp"

namespace footpound {

namespace {

bool continues(std::string_view text, std::size_t index, unsigned low = 0x80, unsigned high = 0xBF) {
  if (index >= text.size()) return false;
  const auto byte = static_cast<unsigned char>(text[index]);
  return byte >= low && byte <= high;
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  if (text.empty()) return 0;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(text, 1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return continues(text, 1, low, high) && continues(text, 2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return continues(text, 1, low, high) && continues(text, 2) && continues(text, 3) ? 4 : 0;
  }
  return 0;
}

bool is_control(std::string_view character) {
  if (character.size() == 1) {
    const auto byte = static_cast<unsigned char>(character[0]);
    return byte < 0x20 || byte == 0x7F;
  }
  if (character.size() == 2) {
    return character[0] == '\xC2' && static_cast<unsigned char>(character[1]) < 0xA0;
  }
  if (character.size() == 3 && character.substr(0, 2) == "\xE2\x80") {
    const auto last = static_cast<unsigned char>(character[2]);
    return last >= 0xA8 && last <= 0xAE;
  }
  if (character.size() == 3 && character.substr(0, 2) == "\xE2\x81") {
    const auto last = static_cast<unsigned char>(character[2]);
    return last >= 0xA6 && last <= 0xA9;
  }
  return false;
}

std::size_t utf8_columns(std::string_view text) {
  std::size_t columns = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++columns;
  }
  return columns;
}

}  // namespace footpound
