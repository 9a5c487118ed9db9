// SPDX-License-Identifier: MIT
// Letters without their case: a to z alone, whatever the locale.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace footpound {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

inline std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

inline bool same_without_case(std::string_view a, std::string_view b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

inline bool contains_without_case(std::string_view text, std::string_view part) {
  const auto alike = [](char x, char y) { return lower(x) == lower(y); };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), alike) != text.end();
}

}  // namespace footpound
