// SPDX-License-Identifier: MIT
// Choices made by a seed: the same ones on every machine, which the distributions of <random> are not.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>

namespace footpound {

class Choices {
 public:
  explicit Choices(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t n) {
    return static_cast<std::size_t>(engine_() % std::max<std::size_t>(n, 1));
  }
  bool chance(double share) { return share_of_one() < share; }
  double between(double low, double high) { return low + share_of_one() * (high - low); }
  // Every order of magnitude as often as another.
  double scale_free(double low, double high) { return low * std::pow(high / low, share_of_one()); }

  template <class List>
  const auto& pick(const List& list) {
    return list[below(std::size(list))];
  }

  template <class List>
  void shuffle(List& list) {
    for (std::size_t i = std::size(list); i > 1; --i) std::swap(list[i - 1], list[below(i)]);
  }

 private:
  double share_of_one() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

  std::mt19937_64 engine_;
};

}  // namespace footpound
