// SPDX-License-Identifier: MIT
#include "summary/exact_sum.hpp"

#include <cmath>

namespace footpound {

// `bits` x 2^shift, in units of the last place.
void ExactSum::Wide::add_shifted(std::uint64_t bits, int shift) {
  const auto word = static_cast<std::size_t>(shift / word_bits);
  const int within = shift % word_bits;
  std::uint64_t carry = within > 0 ? bits >> (word_bits - within) : 0;
  bool over = __builtin_add_overflow(words_[word], bits << within, &words_[word]);
  for (std::size_t i = word + 1; (over || carry != 0) && i < words_.size(); ++i) {
    const bool first = __builtin_add_overflow(words_[i], carry, &words_[i]);
    const bool second = over && ++words_[i] == 0;
    over = first || second;
    carry = 0;
  }
}

void ExactSum::Wide::negate() {
  bool carry = true;
  for (std::uint64_t& word : words_) {
    word = ~word + (carry ? 1 : 0);
    carry = carry && word == 0;
  }
}

void ExactSum::Wide::add(double term) {
  const auto bits = std::bit_cast<std::uint64_t>(term);
  const int exponent = static_cast<int>(bits >> 52 & 0x7FFU);
  const std::uint64_t fraction = bits & 0xFFFFFFFFFFFFFU;
  const bool negative = bits >> (word_bits - 1) != 0;
  if (negative) negate();
  if (exponent == 0) {
    add_shifted(fraction, 0);
  } else {
    add_shifted(fraction | 0x10000000000000U, exponent - 1);
  }
  if (negative) negate();
}

void ExactSum::Wide::add(Fixed fixed) {
  const bool negative = fixed < 0;
  __extension__ using Bits = unsigned __int128;
  const Bits bits = negative ? -static_cast<Bits>(fixed) : static_cast<Bits>(fixed);
  constexpr int shift = fraction_bits - ExactSum::fraction_bits;
  if (negative) negate();
  add_shifted(static_cast<std::uint64_t>(bits), shift);
  add_shifted(static_cast<std::uint64_t>(bits >> word_bits), shift + word_bits);
  if (negative) negate();
}

void ExactSum::Wide::add(const Wide& other) {
  bool over = false;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const bool first = __builtin_add_overflow(words_[i], other.words_[i], &words_[i]);
    const bool second = over && ++words_[i] == 0;
    over = first || second;
  }
}

double ExactSum::Wide::value() const {
  if (is_negative()) {
    Wide positive = *this;
    positive.negate();
    return -positive.value();
  }
  std::size_t top = words_.size() - 1;
  while (top > 0 && words_[top] == 0) --top;
  // the first 64 bits; a 1 behind them shows in their last, which is no more than a sticky bit
  std::uint64_t first = words_[top];
  int shift = static_cast<int>(top) * word_bits;
  if (top > 0) {
    const int leading = std::countl_zero(first);
    const std::uint64_t next = words_[top - 1];
    if (leading > 0) first = first << leading | next >> (word_bits - leading);
    bool rest = leading < word_bits && next << leading != 0;
    for (std::size_t i = 0; i + 1 < top; ++i) rest = rest || words_[i] != 0;
    first |= rest ? 1 : 0;
    shift -= leading;
  }
  return std::ldexp(static_cast<double>(first), shift - fraction_bits);
}

void ExactSum::add_widely(double term) {
  if (term == 0) return;
  if (!wide_) wide_ = std::make_unique<Wide>();
  wide_->add(term);
}

void ExactSum::add(const ExactSum& other) {
  if (other.wide_) {
    if (!wide_) wide_ = std::make_unique<Wide>();
    wide_->add(*other.wide_);
  }
  Fixed sum = 0;
  if (__builtin_add_overflow(fixed(), other.fixed(), &sum)) {
    if (!wide_) wide_ = std::make_unique<Wide>();
    wide_->add(other.fixed());
  } else {
    set_fixed(sum);
  }
}

ExactSum::Wide ExactSum::all() const {
  Wide sum = wide_ ? *wide_ : Wide();
  sum.add(fixed());
  return sum;
}

double ExactSum::value() const {
  if (wide_) return all().value();
  return std::ldexp(static_cast<double>(fixed()), -fraction_bits);
}

std::vector<double> ExactSum::parts() const {
  std::vector<double> canonical;
  constexpr Fixed safe = Fixed{1} << 125;  // what rounding does not take out of its range
  if (!wide_ && -safe < fixed() && fixed() < safe) {
    for (Fixed left = fixed(); left != 0;) {
      const auto next = static_cast<double>(left);
      canonical.push_back(std::ldexp(next, -fraction_bits));
      left -= static_cast<Fixed>(next);
    }
    return canonical;
  }
  Wide left = all();
  for (double next = left.value(); next != 0; next = left.value()) {
    canonical.push_back(next);
    left.add(-next);
  }
  return canonical;
}

}  // namespace footpound
