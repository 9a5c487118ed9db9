// SPDX-License-Identifier: MIT
// What was measured, and what follows from it: energies with their intervals.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "footpound/base/result.hpp"
#include "measure/energy_account.hpp"
#include "measure/power_profile.hpp"

namespace footpound::measure {

struct Measurement {
  std::vector<DeviceEnergy> devices;
  PowerProfile profile{Moment{0}, std::chrono::seconds(1), 0};
  nanoseconds window{0};             // time the energies speak of
  std::optional<std::string> start;  // ISO 8601, as far as it is known
  std::optional<std::string> end;
  std::vector<std::string> notes;

  // Devices of these parts; and those of them that have an energy.
  std::vector<std::size_t> of(std::span<const Part> parts) const;
  std::vector<std::size_t> known(std::span<const Part> parts) const;
  // There are such devices, and each has an energy.
  bool complete(Part part) const;
};

// A counter that was read once and then lost has no power of its own: its missing time is filled
// with the mean of the devices of its kind, where there are some.
void fill_from_alike(Measurement& measurement);

// An energy with half the width of its 5-95 % range.
struct UncertainEnergy {
  Energy value;
  Energy half_width;
};
// "12.3+-0.4kWh", as the program reads it; without a spread where the half-width is 0.
std::string energy_text(UncertainEnergy energy);

// Energy of these devices over the window. The devices have energies (Measurement::known).
// Its interval holds the meters' accuracy (devices of one meter err together, meters apart) and
// the missing time (0 to twice the fill).
UncertainEnergy energy_of(const Measurement& measurement, std::span<const std::size_t> devices);

}  // namespace footpound::measure
