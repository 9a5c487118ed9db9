// SPDX-License-Identifier: MIT
#pragma once

namespace footpound {

// 5th percentile, central value, 95th percentile.
template <class T>
struct Interval {
  T low{}, value{}, high{};
};

}  // namespace footpound
