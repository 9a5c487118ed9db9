// SPDX-License-Identifier: MIT
// How many rows a log has at each look: one device's, or one of each of several.
#pragma once

#include <cstddef>
#include <span>

#include "measure/moment.hpp"

namespace footpound::measure {

// By the times of rows in their order: 2 where two follow each other in a short time, then nothing for a
// longer one, again and again; 1 where they come one by one, or no such rule shows.
std::size_t rows_per_look(std::span<const Moment> times);

}  // namespace footpound::measure
