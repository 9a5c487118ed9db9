// SPDX-License-Identifier: MIT
// The numbers that the arithmetic takes, and the arithmetic:
//   IT energy = trials x power x hours;  energy = IT energy x PUE;  CO2e = energy x intensity
// after Strubell, Ganesh & McCallum (2019), section 2, doi:10.18653/v1/P19-1355. Pure and total; nothing is
// rounded. Doubts are log standard deviations, which add in quadrature in a product; of a sum, the
// variances of its parts do (docs/method.md).
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "estimate/inputs.hpp"
#include "footpound/units/quantity.hpp"
#include "units/ratios.hpp"

namespace footpound {

// Devices of one kind, and the rest of their nodes.
struct BoardTerms {
  DeviceTime time;
  Power board{};  // of each
  Power host{};   // of the rest of its node, each
  double board_log_sd = 0;
  double host_log_sd = 0;
  std::optional<double> sum_log_sd;  // of both powers' sum, where they were guessed as one
};

struct Terms {
  // What most records of a stream have stands first, side by side in memory.
  double trials = 1;
  Pue pue;
  Intensity intensity{};
  Boundary boundary = Boundary::it;
  EnergyRung rung = EnergyRung::parts;
  bool device_time_is_known = false;  // of all boards, or there are none
  bool pue_is_assumed = false;
  bool intensity_is_assumed = false;
  std::size_t board_kinds = 0;
  std::array<BoardTerms, most_device_groups> boards{};

  Energy metered{};     // of the job or of its boards, per trial
  Power whole_power{};  // of the job, or of all its host, over `hours`
  Duration hours{};     // wall clock
  double metered_log_sd = 0;
  double whole_power_log_sd = 0;

  double trials_log_sd = 0;
  double time_log_sd = 0;       // of the hours, or of device-hours
  double count_log_sd = 0;      // where the devices' time is count x hours
  double lost_time_log_sd = 0;  // upwards alone: restarts that a stated MFU may leave out
  double pue_log_sd = 0;
  double intensity_log_sd = 0;
  FactorSet assumed;  // those of PUE and intensity aside
};
Terms terms_of(const Inputs& inputs);

// IT energy of one trial, and its parts; the parts of what is known as a whole are 0.
struct ItEnergy {
  Energy boards{};
  Energy host{};
  Energy total() const { return boards + host; }
};
ItEnergy it_energy(const Terms& terms);

// The central values.
struct Figures {
  Energy it_energy{};                       // all trials
  Energy energy{};                          // facility
  Mass co2e{};                              // location-based
  std::optional<double> accelerator_hours;  // device x hours, all trials; none where nothing tells
  Boundary boundary = Boundary::it;
};
Figures figures(const Terms& terms);

// How far they may be off: log variances below and above.
struct Doubts {
  double it_below = 0, it_above = 0;
  double energy_below = 0, energy_above = 0;
  double co2e_below = 0, co2e_above = 0;
  FactorSet assumed;
};
Doubts doubts(const Terms& terms);

// Log sd of a PUE downwards: its doubt ends at 1, the PUE of a building that takes nothing.
double pue_doubt_below(Pue pue, double log_sd);

}  // namespace footpound
