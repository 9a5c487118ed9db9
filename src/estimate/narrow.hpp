// SPDX-License-Identifier: MIT
// Which statement would make the answer surer.
#pragma once

#include <optional>
#include <string_view>

#include "estimate/estimate.hpp"

namespace footpound {

struct Narrowing {
  FactorId factor;        // guessed now
  std::string_view flag;  // that states it
  Interval<double> now;   // of CO2e, as multiples of its central value
  Interval<double> then;  // with the factor stated, and no doubt about it
};

// The guessed factor whose statement would narrow the interval of CO2e most; none where no guess
// widens it. What one statement settles goes together: hours end the doubt of all they were made of.
std::optional<Narrowing> narrow_most(const Inputs& inputs);

}  // namespace footpound
