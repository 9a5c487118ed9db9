// SPDX-License-Identifier: MIT
// The shortest decimal that reads back as the same double; of several, the nearest to it. It has 17
// digits at most. A double is c x 2^q; what rounds to it lies no farther from it than half of 2^q.
// With k = floor(log10(2^q)), at most one multiple of 10^(k+1) is as near as that: if there is one,
// it is the answer, else the nearest multiple of 10^k is (R. Giulietti, "The Schubfach way to render
// doubles", 2022, section 8). Which of the two it is no branch can foresee, so both are worked out
// and the choice is arithmetic. Where a decision is closer than the arithmetic is exact, and for the
// few doubles whose neighbours are not equally far, Dragonbox decides, whose powers of ten these
// are too (docs/decisions/0007).
#pragma once

#include <bit>
#include <cstdint>

#include <dragonbox/dragonbox.h>

namespace footpound {

// (leading x 10 + last) x 10^exponent; 10^15 <= leading < 10^16
struct SeventeenDigits {
  std::uint64_t leading;
  unsigned last;
  int exponent;
};

// value: above 0, finite
inline SeventeenDigits digits_by_library(double value) {
  const auto decimal = jkj::dragonbox::to_decimal(
      value, jkj::dragonbox::policy::sign::ignore, jkj::dragonbox::policy::trailing_zero::ignore);
  std::uint64_t digits = decimal.significand;
  int exponent = decimal.exponent;
  for (; digits < 10000000000000000U; --exponent) digits *= 10;
  return {digits / 10, static_cast<unsigned>(digits % 10), exponent};
}

// False where the library has to be asked: also of 0, of what is below it, and of the ends of the range.
inline bool shortest_digits(double value, SeventeenDigits& digits) {
  __extension__ using Wide = unsigned __int128;
  const auto flag = [](bool is) { return std::uint64_t{is}; };
  constexpr int mantissa_bits = 52;
  constexpr std::uint64_t half_of_all = std::uint64_t{1} << 63;
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto biased = static_cast<int>(bits >> mantissa_bits);  // 2048 and more below 0
  const bool is_power_of_two = bits << (64 - mantissa_bits) == 0;
  constexpr unsigned largest = 2045;  // above it the table of powers ends
  if (is_power_of_two || static_cast<unsigned>(biased) - 1 >= largest) return false;

  const std::uint64_t c = bits << (63 - mantissa_bits) | half_of_all;  // the highest bit is 2^63 now
  const int q = biased - 1023 - mantissa_bits;
  const int k = (q * 1262611) >> 22;  // floor(log10(2^q))
  const auto power = jkj::dragonbox::policy::cache::full.get_cache<jkj::dragonbox::ieee754_binary64>(-k - 1);
  const int shift = 10 - q - (((-k - 1) * 1741647) >> 19);  // floor(log2(10^(-k-1))); 11 to 14

  // in units of 10^(k+1): whole ones, and 64 bits behind the point that are off by less than 2
  const Wide product = Wide{power.high()} * c + static_cast<std::uint64_t>((Wide{power.low()} * c) >> 64);
  const auto upper = static_cast<std::uint64_t>(product >> 64);
  const std::uint64_t whole = upper >> shift;
  const std::uint64_t fraction = upper << (64 - shift) | static_cast<std::uint64_t>(product) >> shift;
  const std::uint64_t half = power.high() >> (shift - 10);  // of 2^q
  const Wide tenfold = Wide{fraction} * 10;
  const auto tenfold_fraction = static_cast<std::uint64_t>(tenfold);

  constexpr std::uint64_t off = 4;
  const auto is_near = [](std::uint64_t distance, std::uint64_t by) {
    return distance + by <= 2 * by;
  };  // to 0, either side
  const std::uint64_t near = flag(is_near(fraction - half, off)) | flag(is_near(fraction + half, off)) |
                             flag(is_near(tenfold_fraction - half_of_all, 16 * off));
  if (near != 0) return false;

  const std::uint64_t below = flag(fraction < half);
  const std::uint64_t above = flag(fraction + half < fraction);  // it overflows: beyond 1
  const std::uint64_t nearest = static_cast<std::uint64_t>(tenfold >> 64) + (tenfold_fraction >> 63);
  std::uint64_t leading = whole + above;
  std::uint64_t last = nearest & ((below | above) - 1);  // 0 where a multiple of 10^(k+1) will do

  // 16 digits make 17
  const std::uint64_t is_short = flag(leading < 1000000000000000U);
  leading += (9 * leading + last) & (0 - is_short);
  last &= is_short - 1;
  digits = {leading, static_cast<unsigned>(last), k - static_cast<int>(is_short)};
  return true;
}

}  // namespace footpound
