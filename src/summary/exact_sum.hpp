// SPDX-License-Identifier: MIT
// A sum of doubles without rounding: any order and any split of the terms gives the same total
// (docs/decisions/0005). Adding is exact, only reading rounds, once.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <vector>

namespace footpound {

class ExactSum {
 public:
  ExactSum() = default;
  ExactSum(const ExactSum& other) : low_(other.low_), high_(other.high_), wide_(copy_of(other.wide_)) {}
  ExactSum(ExactSum&&) = default;
  ExactSum& operator=(const ExactSum& other) { return *this = ExactSum(other); }
  ExactSum& operator=(ExactSum&&) = default;
  ~ExactSum() = default;

  // A finite number. Terms of everyday size add up as integers of 2^-80 in place; the rest elsewhere.
  void add(double term) {
    const auto bits = std::bit_cast<std::uint64_t>(term);
    const int exponent = static_cast<int>(bits >> 52) - 1023;  // negative terms come out too large
    if (exponent < least_exponent || exponent > largest_exponent) return add_widely(term);
    const auto mantissa = static_cast<Fixed>((bits & 0xFFFFFFFFFFFFFU) | 0x10000000000000U);
    Fixed sum = 0;
    if (__builtin_add_overflow(fixed(), mantissa << (exponent - least_exponent), &sum))
      return add_widely(term);
    set_fixed(sum);
  }
  void add(const ExactSum& other);

  // The double nearest to the exact sum; infinite where it does not fit one.
  double value() const;

  // The exact sum, which fits a double, as doubles, largest first, each the rounding of what the ones
  // before leave: the same for the same sum, however it came about.
  std::vector<double> parts() const;

 private:
  __extension__ using Fixed = __int128;
  static constexpr int fraction_bits = 80;
  static constexpr int least_exponent = 52 - fraction_bits;  // all 53 bits of a term stand above 2^-80
  static constexpr int largest_exponent = 45;                // and its first below 2^(127 - 80)

  // An integer of 2^-1074, the least double, that holds 2^64 of the largest; two's complement. Few
  // sums need one.
  class Wide {
   public:
    void add(double term);
    void add(Fixed fixed);
    void add(const Wide& other);
    double value() const;

   private:
    static constexpr int word_bits = 64;
    static constexpr int fraction_bits = 1074;
    std::array<std::uint64_t, (fraction_bits + 1024 + 65 + word_bits - 1) / word_bits> words_{};

    void add_shifted(std::uint64_t bits, int shift);
    void negate();
    bool is_negative() const { return words_.back() >> (word_bits - 1) != 0; }
  };

  static std::unique_ptr<Wide> copy_of(const std::unique_ptr<Wide>& wide) {
    return wide ? std::make_unique<Wide>(*wide) : nullptr;
  }
  void add_widely(double term);
  Wide all() const;

  // Two words: one of 128 bits would be aligned to 16 bytes, which takes a quarter more room.
  Fixed fixed() const { return static_cast<Fixed>(high_) << 64 | low_; }
  void set_fixed(Fixed fixed) {
    low_ = static_cast<std::uint64_t>(fixed);
    high_ = static_cast<std::int64_t>(fixed >> 64);
  }

  // The sum is that of both.
  std::uint64_t low_ = 0;
  std::int64_t high_ = 0;
  std::unique_ptr<Wide> wide_;
};

}  // namespace footpound
