// SPDX-License-Identifier: MIT
#include "footpound/units/number_text.hpp"

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

__extension__ using SixteenBytes = unsigned __int128;

// 17 digits as text, which stay in registers until they are stored where they belong: a load of bytes
// just stored would wait for them.
class DigitText {
 public:
  explicit DigitText(const SeventeenDigits& digits) {
    constexpr SixteenBytes zeros = SixteenBytes{0x3030303030303030U} << 64 | 0x3030303030303030U;
    const SixteenDigits leading = sixteen_digits(digits.leading);
    leading_ = leading.values + zeros;
    last_ = static_cast<char>('0' + digits.last);
    // the first digit never is 0: to say so spares a look
    count_ = static_cast<int>(std::bit_width(leading.nonzero | std::uint32_t{digits.last != 0} << 16 | 1U));
  }

  int count() const { return count_; }  // without zeros at the end
  // All from the digit number `from` on, and what is left of 17 bytes as it comes. from <= 15
  void store(char* to, int from = 0) const {
    static_assert(std::endian::native == std::endian::little);
    const SixteenBytes text = leading_ >> (8 * from);
    std::memcpy(to, &text, sizeof text);
    to[16 - from] = last_;
  }
  char last() const { return last_; }

 private:
  SixteenBytes leading_;
  int count_;
  char last_;
};

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

}  // namespace

char* write_number(char* to, double value) {
  if (value == 0) {
    *to = '0';  // -0 too: nothing here is directed
    return to + 1;
  }
  if (value < 0) {
    *to++ = '-';
    value = -value;
  }
  // zeros at the end are dropped while writing, which is cheaper than dividing them out
  const SeventeenDigits digits = shortest_digits(value);
  const DigitText text(digits);
  const int point = 17 + digits.exponent;  // digits in front of the decimal point

  if (point > 21 || point < -5) {
    text.store(to + 1);
    to[0] = to[1];
    to[1] = '.';
    return write_exponent(to + (text.count() > 1 ? text.count() + 1 : 1), point - 1);
  }
  if (point <= 0) {
    std::memset(to, '0', 8);
    to[1] = '.';
    to += 2 - point;
    text.store(to);
    return to + text.count();
  }
  text.store(to);
  if (point >= text.count()) {
    std::memset(to + text.count(), '0', 22);
    return to + point;
  }
  to[point] = '.';
  if (point < 16) {
    text.store(to + point + 1, point);
  } else {
    to[17] = text.last();
  }
  return to + text.count() + 1;
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
