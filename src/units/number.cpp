// SPDX-License-Identifier: MIT
#include <charconv>
#include <cmath>
#include <cstdint>

#include "footpound/units/amount.hpp"

namespace footpound {

namespace {

constexpr double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Up to 15 digits and no exponent: mantissa and power of ten are both exact doubles, so one
// division rounds correctly (Clinger 1990, "How to read floating point numbers accurately").
bool parse_short_decimal(std::string_view text, double& value) {
  constexpr std::ptrdiff_t most_digits = 15;
  const char* at = text.data();
  const char* const end = at + text.size();
  std::uint64_t mantissa = 0;
  const auto digits = [&] {
    const char* const begin = at;
    for (; at != end && is_digit(*at); ++at) mantissa = mantissa * 10 + static_cast<unsigned>(*at - '0');
    return at - begin;
  };
  if (text.size() > most_digits + 1) return false;
  const std::ptrdiff_t whole = digits();
  std::ptrdiff_t decimals = 0;
  if (at != end) {
    if (*at != '.') return false;
    ++at;
    decimals = digits();
    if (at != end) return false;
  }
  if (whole + decimals == 0 || whole + decimals > most_digits) return false;
  value = decimals > 0 ? static_cast<double>(mantissa) / powers_of_ten[decimals] : static_cast<double>(mantissa);
  return true;
}

}  // namespace

bool parse_number(std::string_view text, double& value) {
  if (parse_short_decimal(text, value)) return true;
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);  // from_chars takes no plus
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
