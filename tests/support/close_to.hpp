// SPDX-License-Identifier: MIT
#pragma once

#include "support/catch.hpp"

namespace footpound {

// Equal but for the rounding of a few operations.
inline auto close_to(double expected) { return Approx(expected).epsilon(1e-12).margin(0); }

}  // namespace footpound
