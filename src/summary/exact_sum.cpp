// SPDX-License-Identifier: MIT
#include "summary/exact_sum.hpp"

#include <cmath>
#include <utility>

namespace footpound {

void ExactSum::add_part(double term) {
  std::size_t kept = 0;
  for (double part : parts_) {
    if (std::abs(term) < std::abs(part)) std::swap(term, part);
    // exact: sum + rest = term + part (Dekker 1971)
    const double sum = term + part;
    const double rest = part - (sum - term);
    if (rest != 0) parts_[kept++] = rest;
    term = sum;
  }
  parts_.resize(kept);
  if (term != 0) parts_.push_back(term);
}

void ExactSum::move_fixed_to_parts() {
  // three pieces of fewer bits than a double has, each exact
  constexpr int piece_bits = 43;
  constexpr Fixed piece = (Fixed{1} << piece_bits) - 1;
  Fixed left = fixed_;
  fixed_ = 0;
  for (int exponent = -fraction_bits; left != 0; exponent += piece_bits) {
    add_part(std::ldexp(static_cast<double>(left & piece), exponent));
    left >>= piece_bits;
  }
}

// The builtin has stored the sum without its carry: subtracting takes it back.
void ExactSum::carry_over(double term) {
  __extension__ using Bits = unsigned __int128;
  const auto bits = std::bit_cast<std::uint64_t>(term);
  const int exponent = static_cast<int>(bits >> 52) - 1023;
  const Bits mantissa = (bits & 0xFFFFFFFFFFFFFU) | 0x10000000000000U;
  fixed_ = static_cast<Fixed>(static_cast<Bits>(fixed_) - (mantissa << (exponent - least_exponent)));
  move_fixed_to_parts();
  add_part(term);
}

void ExactSum::add(const ExactSum& other) {
  ExactSum sum = other;
  sum.move_fixed_to_parts();
  for (const double part : sum.parts_) add_part(part);
}

double ExactSum::value() const {
  if (fixed_ != 0) {
    ExactSum sum = *this;
    sum.move_fixed_to_parts();
    return sum.value();
  }
  if (parts_.empty()) return 0;
  std::size_t i = parts_.size() - 1;
  double sum = parts_[i];
  double rest = 0;
  while (i > 0) {
    const double before = sum;
    const double part = parts_[--i];
    sum = before + part;
    rest = part - (sum - before);
    if (rest != 0) break;
  }
  // a tie was rounded to even without a look at what lies below it: that decides
  if (i > 0 && ((rest < 0 && parts_[i - 1] < 0) || (rest > 0 && parts_[i - 1] > 0))) {
    const double twice = 2 * rest;
    const double other = sum + twice;
    if (other - sum == twice) sum = other;
  }
  return sum;
}

std::vector<double> ExactSum::parts() const {
  std::vector<double> canonical;
  ExactSum left = *this;
  left.move_fixed_to_parts();
  for (double next = left.value(); next != 0 && std::isfinite(next); next = left.value()) {
    canonical.push_back(next);
    left.add_part(-next);
  }
  return canonical;
}

}  // namespace footpound
