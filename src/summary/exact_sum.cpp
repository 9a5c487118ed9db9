// SPDX-License-Identifier: MIT
#include "summary/exact_sum.hpp"

#include <cmath>
#include <utility>

namespace footpound {

void ExactSum::add(double term) {
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

void ExactSum::add(const ExactSum& other) {
  for (const double part : other.parts_) add(part);
}

double ExactSum::value() const {
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
  for (double next = left.value(); next != 0 && std::isfinite(next); next = left.value()) {
    canonical.push_back(next);
    left.add(-next);
  }
  return canonical;
}

}  // namespace footpound
