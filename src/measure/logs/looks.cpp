// SPDX-License-Identifier: MIT
#include "measure/logs/looks.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace footpound::measure {

namespace {

constexpr std::size_t most_rows = 64;  // of one look
// Devices are asked one after the other, and the next look comes after so many times as long at least.
constexpr int pause_of_steps = 5;
constexpr nanoseconds longest_step = std::chrono::milliseconds(500);

// The rows of most looks, where a step longer than `step` begins another look; 1: they differ.
std::size_t usual_rows(std::span<const Moment> times, nanoseconds step) {
  std::map<std::size_t, std::size_t> looks;  // by the number of their rows
  std::size_t all = 0;
  std::size_t rows = 1;
  for (std::size_t i = 1; i < times.size(); ++i) {
    const nanoseconds apart = times[i] - times[i - 1];
    if (apart >= nanoseconds{0} && apart <= step) {
      ++rows;
      continue;
    }
    ++looks[rows];
    ++all;
    rows = 1;
  }
  // the last may have been cut off
  const auto most = std::max_element(
      looks.begin(), looks.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == looks.end() || most->first > most_rows || most->second * 5 < all * 4) return 1;
  const std::size_t needed = step > std::chrono::milliseconds(100) ? 3 : 1;
  return most->second >= needed && rows <= most->first && (rows == most->first || all > 1) ? most->first : 1;
}

}  // namespace

std::size_t rows_per_look(std::span<const Moment> times) {
  std::vector<nanoseconds> steps;
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (times[i] >= times[i - 1]) steps.push_back(times[i] - times[i - 1]);
  }
  std::sort(steps.begin(), steps.end());
  for (std::size_t i = 1; i < steps.size() && steps[i - 1] <= longest_step; ++i) {
    if (steps[i] == steps[i - 1] || steps[i] < steps[i - 1] * pause_of_steps) continue;
    if (const std::size_t rows = usual_rows(times, steps[i - 1]); rows > 1) return rows;
  }
  return 1;
}

}  // namespace footpound::measure
