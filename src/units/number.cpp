// SPDX-License-Identifier: MIT
#include <charconv>
#include <cmath>
#include <cstdint>

#include "units/amount.hpp"

namespace footpound {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool parse_long_number(std::string_view text, double& value) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-')
    text.remove_prefix(1);  // from_chars takes no plus
  if (text.empty()) return false;
  // from_chars reads "inf" and "nan"; a number here begins like a number
  const char first = text.front() == '-' && text.size() > 1 ? text[1] : text.front();
  if (!is_digit(first) && first != '.') return false;
  double parsed = 0;
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, parsed);
  if (problem != std::errc() || stop != end || !std::isfinite(parsed)) return false;
  value = parsed;
  return true;
}

}  // namespace footpound
