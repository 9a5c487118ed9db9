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

constexpr std::uint64_t zeros = 0x3030303030303030U;

// The decimal digits of a significand below 10^17, and zeros behind them, so that copies of a
// fixed length serve every number: a copy of as many bytes as there are digits costs more.
struct Digits {
  explicit Digits(std::uint64_t n) {
    static_assert(std::endian::native == std::endian::little);
    const std::uint64_t top = n / 10000000000000000U;
    const std::uint64_t words[] = {zeros + (top << 56), eight_digits(static_cast<std::uint32_t>(n / 100000000U % 100000000U)),
                                   eight_digits(static_cast<std::uint32_t>(n % 100000000U)), zeros, zeros, zeros};
    std::memcpy(text, words, sizeof text);
    const std::uint64_t middle = words[1] ^ zeros;  // 0 where a digit is 0
    const std::uint64_t low = words[2] ^ zeros;
    const std::size_t in_middle = middle != 0 ? 8 + static_cast<std::size_t>(std::countr_zero(middle)) / 8
                                              : 16 + static_cast<std::size_t>(std::countr_zero(low | std::uint64_t{1} << 63)) / 8;
    begin = top != 0 ? 7 : in_middle;
    end = low != 0      ? 24 - static_cast<std::size_t>(std::countl_zero(low)) / 8
          : middle != 0 ? 16 - static_cast<std::size_t>(std::countl_zero(middle)) / 8
                        : 8;
  }

  static constexpr std::size_t units = 24;  // where a significand ends
  char text[48];
  std::size_t begin;  // of the first digit that is not 0
  std::size_t end;    // behind the last
};

constexpr std::size_t longest_copy = 24;  // holds all digits of a plain number
static_assert(number_room >= 1 + 8 + 1 + 2 * longest_copy);

// d.ddde-7: `power` of the first digit.
char* write_scientific(char* to, const Digits& digits, int power) {
  const std::size_t count = digits.end - digits.begin;
  *to++ = digits.text[digits.begin];
  if (count > 1) {
    *to++ = '.';
    std::memcpy(to, digits.text + digits.begin + 1, count - 1);
    to += count - 1;
  }
  *to++ = 'e';
  if (power < 0) *to++ = '-';
  const Digits exponent(static_cast<std::uint64_t>(std::abs(power)));
  std::memcpy(to, exponent.text + exponent.begin, longest_copy);
  return to + (Digits::units - exponent.begin);
}

}  // namespace

char* write_number(char* to, double value) {
  if (value == 0) {
    *to = '0';  // -0 too: nothing here is directed
    return to + 1;
  }
  if (value < 0) *to++ = '-';
  // zeros at the end are dropped while writing, which is cheaper than dividing them out
  const auto decimal = jkj::dragonbox::to_decimal(value, jkj::dragonbox::policy::sign::ignore, jkj::dragonbox::policy::trailing_zero::ignore);
  const Digits digits(decimal.significand);
  const char* const first = digits.text + digits.begin;
  const int point = static_cast<int>(Digits::units - digits.begin) + decimal.exponent;  // digits in front of the decimal point
  const int count = static_cast<int>(digits.end - digits.begin);
  if (point > 21 || point < -5) return write_scientific(to, digits, point - 1);
  if (point <= 0) {
    std::memcpy(to, "0.000000", 8);
    to += 2 - point;
    std::memcpy(to, first, longest_copy);
    return to + count;
  }
  std::memcpy(to, first, longest_copy);
  to += point;
  if (point >= count) return to;
  *to++ = '.';
  std::memcpy(to, first + point, longest_copy);
  return to + (count - point);
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
