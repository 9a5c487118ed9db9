// SPDX-License-Identifier: MIT
#include "units/number_text.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

#include "units/digits.hpp"
#include "units/shortest.hpp"

namespace footpound {

namespace {

static_assert(number_room >= 1 + 8 + 22 + 1 + 16);

// e-7, e-320, e22
char* write_exponent(char* to, int exponent) {
  *to++ = 'e';
  if (exponent < 0) *to++ = '-';
  const int n = std::abs(exponent);
  if (n >= 100) *to++ = static_cast<char>('0' + n / 100);
  if (n >= 10) *to++ = static_cast<char>('0' + n / 10 % 10);
  *to++ = static_cast<char>('0' + n % 10);
  return to;
}

char* write_digits(char* to, const SeventeenDigits& digits) {
  // zeros at the end are dropped while writing, which is cheaper than dividing them out
  const SixteenDigits leading(digits.leading);
  const char last = static_cast<char>('0' + digits.last);
  // the first digit never is 0: to say so spares a look
  const int count =
      static_cast<int>(std::bit_width(leading.nonzero() | std::uint32_t{digits.last != 0} << 16 | 1U));
  const int point = 17 + digits.exponent;  // digits in front of the decimal point

  if (point > 21 || point < -5) {
    leading.store_parted(to, 1);
    to[1] = '.';
    to[17] = last;
    return write_exponent(to + (count > 1 ? count + 1 : 1), point - 1);
  }
  if (point <= 0) {
    std::memset(to, '0', 8);
    to[1] = '.';
    to += 2 - point;
    leading.store(to);
    to[16] = last;
    return to + count;
  }
  if (point >= count) {
    leading.store(to);
    to[16] = last;
    std::memset(to + count, '0', 22);
    return to + point;
  }
  leading.store_parted(to, static_cast<unsigned>(point));
  to[point] = '.';
  to[17] = last;
  return to + count + 1;
}

// What the short way through shortest_digits() does not tell.
[[gnu::noinline]] char* write_otherwise(char* to, double value) {
  if (value == 0) {
    *to = '0';  // -0 too: nothing here is directed
    return to + 1;
  }
  if (value < 0) {
    *to = '-';
    return write_number(to + 1, -value);
  }
  return write_digits(to, digits_by_library(value));
}

}  // namespace

char* write_number(char* to, double value) {
  SeventeenDigits digits{};
  return shortest_digits(value, digits) ? write_digits(to, digits) : write_otherwise(to, value);
}

void append_number(std::string& out, double value) {
  char text[number_room];
  out.append(text, static_cast<std::size_t>(write_number(text, value) - text));
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
  if (std::abs(value) >= 1e12 || (value != 0 && std::abs(value) < 1e-9))
    return fmt::format("{:.{}g}", value, digits);
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
