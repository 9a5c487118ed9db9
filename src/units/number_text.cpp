// SPDX-License-Identifier: MIT
#include "footpound/units/number_text.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <dragonbox/dragonbox.h>
#include <fmt/format.h>

namespace footpound {

namespace {

// The eight decimal digits of n < 10^8 as text, in memory order: halves, quarters and digits are
// parted in the lanes of one word, by multiplication with reciprocals.
std::uint64_t eight_digits(std::uint32_t n) {
  const std::uint64_t halves = n / 10000 | (std::uint64_t{n % 10000} << 32);
  const std::uint64_t hundreds = (halves * 10486 >> 20) & 0x0000007F0000007FU;  // / 100, exact below 10^4
  const std::uint64_t quarters = hundreds | ((halves - hundreds * 100) << 16);
  const std::uint64_t tens = (quarters * 103 >> 10) & 0x000F000F000F000FU;  // / 10, exact below 100
  return (tens | ((quarters - tens * 10) << 8)) + 0x3030303030303030U;
}

constexpr std::size_t most_digits = 24;

// Writes the digits of n > 0 so that they end at the end of `buffer`; returns where they begin.
std::size_t write_digits(char (&buffer)[most_digits], std::uint64_t n) {
  static_assert(std::endian::native == std::endian::little);
  const std::uint64_t words[3] = {eight_digits(static_cast<std::uint32_t>(n / 10000000000000000U)),
                                  eight_digits(static_cast<std::uint32_t>(n / 100000000U % 100000000U)),
                                  eight_digits(static_cast<std::uint32_t>(n % 100000000U))};
  std::memcpy(buffer, words, most_digits);
  for (std::size_t i = 0; i < 3; ++i) {
    const std::uint64_t value = words[i] ^ 0x3030303030303030U;  // 0 where the digit is 0
    if (value != 0) return 8 * i + static_cast<std::size_t>(std::countr_zero(value)) / 8;
  }
  return most_digits - 1;
}

}  // namespace

void append_number(std::string& out, double value) {
  if (value == 0) {
    out += '0';  // -0 too: nothing here is directed
    return;
  }
  const auto decimal = jkj::dragonbox::to_decimal(value);
  char digits[most_digits];
  const std::size_t begin = write_digits(digits, decimal.significand);
  const char* const first = digits + begin;
  const int count = static_cast<int>(most_digits - begin);
  const int point = count + decimal.exponent;  // digits in front of the decimal point

  char text[64];
  char* end = text;
  const auto put = [&](const char* from, int n) {
    std::memcpy(end, from, static_cast<std::size_t>(n));
    end += n;
  };
  const auto zeros = [&](int n) {
    std::memset(end, '0', static_cast<std::size_t>(n));
    end += n;
  };
  if (decimal.is_negative) *end++ = '-';
  if (point > 21 || point < -5) {
    *end++ = *first;
    if (count > 1) {
      *end++ = '.';
      put(first + 1, count - 1);
    }
    *end++ = 'e';
    if (point < 1) *end++ = '-';
    char exponent[most_digits];
    const std::size_t at = write_digits(exponent, static_cast<std::uint64_t>(std::abs(point - 1)));
    put(exponent + at, static_cast<int>(most_digits - at));
  } else if (point <= 0) {
    put("0.", 2);
    zeros(-point);
    put(first, count);
  } else if (point >= count) {
    put(first, count);
    zeros(point - count);
  } else {
    put(first, point);
    *end++ = '.';
    put(first + point, count - point);
  }
  out.append(text, static_cast<std::size_t>(end - text));
}

std::string number_text(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

std::string plain_number(double value, int digits) {
  if (value == 0) return "0";
  const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(value))));
  std::string text = fmt::format("{:.{}f}", value, std::clamp(digits - 1 - magnitude, 0, 340));
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text;
}

std::string human_number(double value, int digits) {
  if (std::abs(value) >= 1e12 || (value != 0 && std::abs(value) < 1e-9)) return fmt::format("{:.{}g}", value, digits);
  std::string text = plain_number(value, digits);
  std::size_t point = std::min(text.find('.'), text.size());
  const std::size_t first = text.front() == '-' ? 1 : 0;
  while (point > first + 3) {
    point -= 3;
    text.insert(point, 1, ',');
  }
  return text;
}

}  // namespace footpound
