// SPDX-License-Identifier: MIT
// How the power of each device went over time, in a fixed amount of memory: when the cells no
// longer reach, two become one.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "measure/moment.hpp"

namespace footpound::measure {

class PowerProfile {
 public:
  // `cell`: the width to begin with.
  PowerProfile(Moment start, nanoseconds cell, std::size_t devices);

  // A log's devices turn up one after the other.
  void add_device();

  // A span that is long for the cells makes them wider: what lies between two readings is one
  // observation, however many cells it fills.
  void add(std::size_t device, Moment from, Moment to, Energy energy);

  nanoseconds cell() const { return cell_; }
  Moment start() const { return start_; }

  // Mean power of these devices together, cell by cell up to the last; nullopt where one of them
  // is covered for less than half of the cell.
  std::vector<std::optional<Power>> powers(std::span<const std::size_t> devices) const;

 private:
  struct Cell {
    Energy energy;
    nanoseconds covered{0};
  };
  void widen();

  Moment start_;
  nanoseconds cell_;
  std::vector<std::vector<Cell>> cells_;  // by device
  std::size_t used_ = 0;
};

}  // namespace footpound::measure
