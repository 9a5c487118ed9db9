// SPDX-License-Identifier: MIT
#include "measure/power_profile.hpp"

#include <algorithm>

namespace footpound::measure {

namespace {
// even, so that widening pairs them all
constexpr std::size_t most_cells = 256;
// the width of a cell is doubled at most so far that its count of nanoseconds fits
constexpr nanoseconds widest = std::chrono::hours(24 * 365 * 100);
}  // namespace

PowerProfile::PowerProfile(Moment start, nanoseconds cell, std::size_t devices)
    : start_(start), cell_(std::max(cell, nanoseconds{1})), cells_(devices, std::vector<Cell>(most_cells)) {}

void PowerProfile::add_device() { cells_.emplace_back(most_cells); }

void PowerProfile::widen() {
  for (std::vector<Cell>& cells : cells_) {
    for (std::size_t i = 0; i < most_cells / 2; ++i) {
      const Cell& odd = cells[2 * i + 1];
      cells[i] = Cell{cells[2 * i].energy + odd.energy, cells[2 * i].covered + odd.covered};
    }
    std::fill(cells.begin() + most_cells / 2, cells.end(), Cell{});
  }
  cell_ *= 2;
  used_ = (used_ + 1) / 2;
}

void PowerProfile::add(std::size_t device, Moment from, Moment to, Energy energy) {
  if (!(from < to) || from < start_ || to - start_ > widest) return;
  while (cell_ < 2 * (to - from) || (to - start_ - nanoseconds{1}) / cell_ >= static_cast<long>(most_cells)) {
    widen();
  }
  const Power mean = energy / duration(to - from);
  for (Moment at = from; at < to;) {
    const auto index = static_cast<std::size_t>((at - start_) / cell_);
    const Moment cell_end = start_ + cell_ * static_cast<long>(index + 1);
    const Moment until = std::min(to, cell_end);
    Cell& cell = cells_[device][index];
    cell.energy += mean * duration(until - at);
    cell.covered += until - at;
    used_ = std::max(used_, index + 1);
    at = until;
  }
}

std::vector<std::optional<Power>> PowerProfile::powers(std::span<const std::size_t> devices) const {
  std::vector<std::optional<Power>> out;
  for (std::size_t i = 0; i < used_; ++i) {
    std::optional<Power> sum = Power{};
    for (const std::size_t device : devices) {
      const Cell& cell = cells_[device][i];
      if (2 * cell.covered < cell_) {
        sum.reset();
        break;
      }
      *sum += cell.energy / duration(cell.covered);
    }
    out.push_back(sum);
  }
  return out;
}

}  // namespace footpound::measure
