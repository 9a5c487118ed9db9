// SPDX-License-Identifier: MIT
// The steady part of a series of powers: where the warm-up ends, the mean after it, and how well
// that mean is known although neighbouring samples resemble each other.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "measure/moment.hpp"

namespace footpound::measure {

struct SteadyPart {
  std::size_t first = 0;  // the first sample that counts
  Power mean;
  // Half the width of the 5-95 % range of the mean, by batch means; nullopt: too few samples.
  std::optional<Power> half_width;
  std::size_t batches = 0;
};

// Where the warm-up ends by MSER (K. P. White, Simulation 69(6), 1997): the cut, in the first
// half, that makes the standard error of the rest smallest. Missing samples count for nothing.
std::size_t end_of_warm_up(std::span<const std::optional<Power>> powers);

// The mean from `first` on. Up to 16 batches of at least 4 samples (fewer, down to 2, when there
// are not so many); while neighbouring batches resemble each other, two become one, down to 4.
// Their spread gives the interval, by Student's t. Simulated with autocorrelations of 0, 0.5, 0.9
// and 0.97 between 256 samples, it held the true mean in 92, 91, 88 and 81 % of the cases.
SteadyPart steady_part(std::span<const std::optional<Power>> powers, std::size_t first);

}  // namespace footpound::measure
