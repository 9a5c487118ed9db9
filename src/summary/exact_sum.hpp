// SPDX-License-Identifier: MIT
// A sum of doubles without rounding: any order and any split of the terms gives the same total
// (docs/decisions/0005). The sum is kept as a few doubles that do not overlap; adding is exact,
// only reading rounds, once.
// J. R. Shewchuk, "Adaptive precision floating-point arithmetic", Discrete & Computational
// Geometry 18 (1997), section 2.4, doi:10.1007/PL00009321.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace footpound {

class ExactSum {
 public:
  // Terms of everyday size add up as integers of 2^-64; the rest as parts.
  void add(double term) {
    const auto bits = std::bit_cast<std::uint64_t>(term);
    const int exponent = static_cast<int>(bits >> 52) - 1023;  // negative terms come out too large
    if (exponent < least_exponent || exponent > largest_exponent) return add_part(term);
    const auto mantissa = static_cast<Fixed>((bits & 0xFFFFFFFFFFFFFU) | 0x10000000000000U);
    if (__builtin_add_overflow(fixed_, mantissa << (exponent - least_exponent), &fixed_)) carry_over(term);
  }
  void add(const ExactSum& other);

  // The double nearest to the exact sum; infinite where it does not fit one.
  double value() const;

  // The exact sum as doubles, largest first, each the rounding of what the ones before leave:
  // the same for the same sum, however it came about.
  std::vector<double> parts() const;

 private:
  __extension__ using Fixed = __int128;
  static constexpr int fraction_bits = 64;
  static constexpr int least_exponent = 52 - fraction_bits;  // all 53 bits of a term stand above 2^-64
  static constexpr int largest_exponent = 50;                // and its first far below 2^(127 - 64)

  void add_part(double term);
  void carry_over(double term);  // after an overflow by `term`
  void move_fixed_to_parts();

  Fixed fixed_ = 0;
  std::vector<double> parts_;  // not overlapping, smallest first
};

}  // namespace footpound
