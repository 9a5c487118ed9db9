// SPDX-License-Identifier: MIT
// A sum of doubles without rounding: any order and any split of the terms gives the same total
// (docs/decisions/0005). The sum is kept as a few doubles that do not overlap; adding is exact,
// only reading rounds, once.
// J. R. Shewchuk, "Adaptive precision floating-point arithmetic", Discrete & Computational
// Geometry 18 (1997), section 2.4, doi:10.1007/PL00009321.
#pragma once

#include <vector>

namespace footpound {

class ExactSum {
 public:
  void add(double term);
  void add(const ExactSum& other);

  // The double nearest to the exact sum; infinite where it does not fit one.
  double value() const;

  // The exact sum as doubles, largest first, each the rounding of what the ones before leave:
  // the same for the same sum, however it came about.
  std::vector<double> parts() const;

 private:
  std::vector<double> parts_;  // not overlapping, smallest first
};

}  // namespace footpound
