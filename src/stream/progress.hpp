// SPDX-License-Identifier: MIT
// One line on a terminal that says how far a long stream has come. It is drawn over itself, a
// few times a second at most, and leaves nothing behind.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>

namespace footpound {

class Progress {
 public:
  using Clock = std::function<double()>;  // seconds; never goes back

  // `total` bytes are to come, where that is known. Nothing is drawn in the first second.
  Progress(std::FILE* to, std::optional<std::uint64_t> total, Clock clock = steady_seconds);

  // More has been done: draws where it is time to.
  void advance(std::uint64_t bytes, std::uint64_t records);
  // Takes the line away: before other words, and at the end.
  void erase();

  static double steady_seconds();

 private:
  std::string line(double now) const;

  std::FILE* to_;
  std::optional<std::uint64_t> total_;
  Clock clock_;
  double started_;
  double drawn_at_;
  std::uint64_t bytes_ = 0;
  std::uint64_t records_ = 0;
  std::size_t width_ = 0;  // of what stands on the terminal
};

}  // namespace footpound
