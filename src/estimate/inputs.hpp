// SPDX-License-Identifier: MIT
// What the user meant: every number the arithmetic needs, each with its origin. Made by
// resolve(); all failures happen there, so that estimate() cannot fail.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "estimate/spec.hpp"
#include "factors/factor.hpp"
#include "factors/hardware.hpp"
#include "footpound/estimate/boundary.hpp"

namespace footpound {

// Which rung gave the IT energy.
enum class EnergyRung : unsigned char { measured_it, measured_accelerator, it_power, parts };

// What told the load of the boards.
enum class LoadBasis : unsigned char {
  nothing,  // of the job's size is known
  stated,
  several,        // accelerators are stated
  one,            // accelerator is stated
  month,          // of device-hours, or more, and no count
  year,           // of device-hours, or more
  whole_machine,  // stated one: no sign of the job's size
};
struct Load {
  Workload workload = Workload::unknown;
  LoadBasis basis = LoadBasis::nothing;
};

// What was stated without effect, to be told.
enum class UnusedShape : unsigned char { none, other_missing, flops_stated };  // layers and context
struct Unused {
  UnusedShape shape = UnusedShape::none;
  bool workload = false;  // of a TPU, whose share is its generation's
  bool nodes = false;     // more nodes than accelerators
};

struct Embodied {
  Factor per_device;  // kg CO2e
  Factor lifetime;    // years
};

// How long so many devices ran, per trial.
struct DeviceTime {
  double devices = 1;  // 1 where `each` is device-hours already
  Duration each{};
  Duration total() const { return devices * each; }
};

// The boards of one kind.
struct Boards {
  std::optional<Accelerator> device;  // none where only their power is known
  std::optional<double> count;
  std::optional<DeviceTime> time;
  std::optional<Factor> power;       // W per device; none where energy was measured
  std::optional<Factor> host_power;  // W per device, of the rest of its node
  std::optional<double> sum_log_sd;  // of both powers' sum, where they were guessed as one
  std::optional<Embodied> embodied;

  // Their row; no row where only their power is known.
  Row accelerator() const { return device ? device->row : Row(); }
  // The row of ambiguous_names, where the name stands for several.
  Row ambiguity() const { return device ? device->ambiguity : Row(); }

  // As new; cheaper than a new one, most of which is seldom used.
  void clear();
};

inline void Boards::clear() {
  device.reset();
  count.reset();
  time.reset();
  power.reset();
  host_power.reset();
  sum_log_sd.reset();
  embodied.reset();
}

struct Inputs {
  EnergyRung rung = EnergyRung::parts;
  Boundary boundary = Boundary::it;
  bool host_left_out = false;  // boundary `accelerators` because nothing was said of the host
  Load load;
  Unused unused;

  // the factors of most records first, side by side in memory
  Factor trials;
  std::optional<Factor> hours;  // h
  std::optional<Factor> count;
  Factor pue;
  Factor intensity;
  std::optional<IntensityMethod> intensity_method;  // none where an intensity was stated without one
  std::optional<int> intensity_year;
  std::optional<int> year;  // of the run, where it was stated
  Row region;
  bool shared_code = false;  // see RegionMatch
  bool shared_name = false;
  std::size_t board_kinds = 0;
  std::array<Boards, most_device_groups> boards{};

  std::optional<Factor> measured_energy;  // kWh
  std::optional<Factor> it_power;         // W
  std::optional<Factor> accelerator_hours;
  std::optional<Factor> flops, peak, mfu, hours_overhead;
  std::optional<Factor> host_power;  // W, whole job, over `hours`
  Row instance;                      // where one was looked up
  std::optional<Factor> market_intensity;

  std::optional<Factor> price;                  // USD per device and hour, on demand; only where asked for
  std::optional<double> preemptible_price_usd;  // the lower price of a list
  std::optional<Duration> priced_time;          // device x hours, per trial

  // As new, without touching the boards behind `board_kinds`: streams do this for each record.
  void clear();
};

inline void Inputs::clear() {
  rung = EnergyRung::parts;
  boundary = Boundary::it;
  load = {};
  unused = {};
  host_left_out = shared_code = shared_name = false;
  for (std::optional<Factor>* factor : {&measured_energy, &it_power, &hours, &count, &accelerator_hours,
           &flops, &peak, &mfu, &hours_overhead, &host_power, &market_intensity, &price}) {
    factor->reset();
  }
  board_kinds = 0;
  intensity_method.reset();
  intensity_year.reset();
  preemptible_price_usd.reset();
  priced_time.reset();
  year.reset();
  instance = region = Row();
}

// Calls `visit(const Factor&)` for each factor the answer rests on, in the order of the formula.
template <class Visit>
void each_factor(const Inputs& inputs, Visit visit) {
  const auto one = [&](const std::optional<Factor>& factor) {
    if (factor) visit(*factor);
  };
  visit(inputs.trials);
  one(inputs.measured_energy);
  one(inputs.it_power);
  one(inputs.flops);
  one(inputs.peak);
  one(inputs.mfu);
  one(inputs.hours_overhead);
  one(inputs.count);
  one(inputs.accelerator_hours);
  one(inputs.hours);
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    one(inputs.boards[i].power);
    one(inputs.boards[i].host_power);
  }
  one(inputs.host_power);
  visit(inputs.pue);
  visit(inputs.intensity);
  one(inputs.market_intensity);
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    if (!inputs.boards[i].embodied) continue;
    visit(inputs.boards[i].embodied->per_device);
    visit(inputs.boards[i].embodied->lifetime);
  }
  one(inputs.price);
}

}  // namespace footpound
