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

#include "units/digits.hpp"

namespace footpound {

namespace {

// The decimal digits of a significand below 10^17: the first, and those behind it. They stay in
// registers until they are stored where they belong: a load of bytes just stored would wait for them.
class Digits {
 public:
  explicit Digits(std::uint64_t n) {
    const std::uint64_t top = n / 10000000000000000U;
    const SixteenDigits lower = sixteen_digits(n - top * 10000000000000000U);
    const std::uint32_t nonzero = lower.nonzero << 1 | (top != 0 ? 1U : 0U);
    const auto begin = static_cast<unsigned>(std::countr_zero(nonzero));
    before_units_ = 17 - static_cast<int>(begin);
    count_ = 32 - std::countl_zero(nonzero) - static_cast<int>(begin);
    // `begin` digits of the lower sixteen are the first and zeros in front of it
    const SixteenDigits::Bytes from_first = begin == 0 ? lower.values : lower.values >> (8 * (begin - 1));
    first_ = static_cast<char>('0' + (begin == 0 ? top : static_cast<std::uint64_t>(from_first & 0xF)));
    rest_ = begin == 0 ? from_first : from_first >> 8;
  }

  int count() const { return count_; }                // without zeros at the end
  int before_units() const { return before_units_; }  // from the first to the last place of the significand
  char first() const { return first_; }
  // Stores sixteen digits, those behind the first and `skipped` others, then zeros. skipped < 16
  void store_rest(char* to, int skipped = 0) const {
    const SixteenDigits::Bytes zeros = SixteenDigits::Bytes{0x3030303030303030U} << 64 | 0x3030303030303030U;
    const SixteenDigits::Bytes text = (rest_ >> (8 * skipped)) + zeros;
    static_assert(std::endian::native == std::endian::little);
    std::memcpy(to, &text, sizeof text);
  }

 private:
  SixteenDigits::Bytes rest_;
  int before_units_;
  int count_;
  char first_;
};

static_assert(number_room >= 1 + 8 + 22 + 1 + 16);

// d.ddde-7: `power` of the first digit.
char* write_scientific(char* to, const Digits& digits, int power) {
  *to++ = digits.first();
  if (digits.count() > 1) {
    *to = '.';
    digits.store_rest(to + 1);
    to += digits.count();
  }
  *to++ = 'e';
  if (power < 0) *to++ = '-';
  const Digits exponent(static_cast<std::uint64_t>(std::abs(power)));
  *to = exponent.first();
  exponent.store_rest(to + 1);
  return to + exponent.before_units();
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
  const int point = digits.before_units() + decimal.exponent;  // digits in front of the decimal point
  if (point > 21 || point < -5) return write_scientific(to, digits, point - 1);
  if (point <= 0) {
    std::memset(to, '0', 8);
    to[1] = '.';
    to += 2 - point;
    *to = digits.first();
    digits.store_rest(to + 1);
    return to + digits.count();
  }
  *to = digits.first();
  digits.store_rest(to + 1);
  if (point >= digits.count()) {
    std::memset(to + 17, '0', 4);
    return to + point;
  }
  to[point] = '.';
  digits.store_rest(to + point + 1, point - 1);
  return to + digits.count() + 1;
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
