// SPDX-License-Identifier: MIT
// What was measured, and what follows from it: energies with their intervals, scaled up to a
// whole run where the user says which share of it was seen.
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

// How the window is scaled to the whole run.
struct WholeRun {
  Duration total;
  std::optional<Duration> warm_up;  // as the user said; else by rule (steady_part.hpp)
};

// `text` of --covers: "3%", "0.03", "100/10000" -> 0.03.
Result<double> parse_share(std::string_view text);

// An energy with half the width of its 5-95 % range.
struct UncertainEnergy {
  Energy value;
  Energy half_width;
};
// "12.3+-0.4kWh", as the program reads it; without a spread where the half-width is 0.
std::string energy_text(UncertainEnergy energy);

struct Scaled {
  UncertainEnergy energy;
  Duration time;                           // what it is the energy of
  Duration warm_up;                        // left out when the steady power was taken
  Power steady;                            // power the rest of the run was given
  std::optional<Power> steady_half_width;  // nullopt: too few samples to tell
};

// Energy of these devices over the window; over the whole run where one is stated. The devices
// have energies (Measurement::known).
// Its interval holds the meters' accuracy (devices of one meter err together, meters apart),
// the missing time (0 to twice the fill) and, scaled, the sampling error of the steady power.
UncertainEnergy energy_of(const Measurement& measurement, std::span<const std::size_t> devices);
Scaled scaled_energy(const Measurement& measurement, std::span<const std::size_t> devices,
                     const WholeRun& whole);

}  // namespace footpound::measure
