// SPDX-License-Identifier: MIT
// Two numbers without a unit that must not be taken for each other, or for any other.
#pragma once

#include <cassert>

#include "footpound/units/quantity.hpp"

namespace footpound {

// Power usage effectiveness: the datacentre's energy / that of its IT equipment; 1 or more.
class Pue {
 public:
  constexpr Pue() = default;
  constexpr explicit Pue(double ratio) : ratio_(ratio) { assert(ratio >= 1); }
  constexpr double stored() const { return ratio_; }

  friend constexpr bool operator==(Pue, Pue) = default;
  friend constexpr Energy operator*(Energy it, Pue pue) { return it * pue.ratio_; }
  friend constexpr Energy operator/(Energy facility, Pue pue) { return facility / pue.ratio_; }

 private:
  double ratio_ = 1;
};

// The mean share of its rated power that a device draws; above 0, at most 1.
class Utilization {
 public:
  constexpr Utilization() = default;
  constexpr explicit Utilization(double share) : share_(share) { assert(share > 0 && share <= 1); }
  constexpr double stored() const { return share_; }

  friend constexpr Power operator*(Power rated, Utilization utilization) {
    return rated * utilization.share_;
  }

 private:
  double share_ = 1;
};

}  // namespace footpound
