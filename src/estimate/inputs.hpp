// SPDX-License-Identifier: MIT
// What the user meant: every number the arithmetic needs, each with its origin. Made by
// resolve(); all failures happen there, so that estimate() cannot fail.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "estimate/stated.hpp"
#include "factors/electricity.hpp"
#include "factors/factor.hpp"
#include "factors/hardware.hpp"
#include "factors/places.hpp"
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

// How long so many devices ran, per trial.
struct DeviceTime {
  double devices = 1;  // 1 where `each` is device-hours already
  Duration each{};
  Duration total() const { return devices * each; }
};

// The factors of a job are its own or those of each kind of its boards: power, the rest of the node's
// power, embodied emissions, lifetime.
inline constexpr FactorSet board_powers =
    FactorSet::range(FactorId::accelerator_power, FactorId::host_power_per_device);
inline constexpr FactorSet board_making = FactorSet::range(FactorId::embodied, FactorId::lifetime);

struct BoardFacts {
  std::optional<Accelerator> device;  // none where only their power is known
  std::optional<double> count;
  std::optional<DeviceTime> time;
  std::optional<double> sum_log_sd;  // of both powers' sum, where they were guessed as one
};

// The boards of one kind. Their power is none where energy was measured.
struct Boards : BoardFacts, Factors {
  // Their row; no row where only their power is known.
  Row accelerator() const { return device ? device->row : Row(); }
  // The row of ambiguous_names, where the name stands for several.
  Row ambiguity() const { return device ? device->ambiguity : Row(); }

  // Both powers as one, where both are known.
  std::optional<Factor> power_and_host() const {
    const Factor* const board = find(FactorId::accelerator_power);
    const Factor* const host = find(FactorId::host_power_per_device);
    if (board == nullptr || host == nullptr) return std::nullopt;
    Factor sum = *board;
    sum.set(board->as<Power>() + host->as<Power>());
    sum.log_sd = sum_log_sd.value_or(0);
    return sum;
  }

  // As new; cheaper than a new one, most of which is seldom used.
  void clear() {
    BoardFacts::operator=(BoardFacts());
    Factors::clear();
  }
};

// All but factors and boards.
struct RunFacts {
  EnergyRung rung = EnergyRung::parts;
  Boundary boundary = Boundary::it;
  bool host_left_out = false;  // boundary `accelerators` because nothing was said of the host
  Load load;
  Unused unused;

  std::optional<IntensityMethod> intensity_method;  // none where an intensity was stated without one
  std::optional<int> intensity_year;
  std::optional<int> year;  // of the run, where it was stated
  Row region;
  std::string_view provider;  // its id; "" where none is named
  bool shared_code = false;   // see RegionMatch
  bool shared_name = false;
  Row also{};
  PlaceWords region_words = PlaceWords::named;  // how what was stated was understood
  PlaceWords provider_words = PlaceWords::named;
  std::size_t board_kinds = 0;
  Row instance;  // where one was looked up

  std::optional<double> preemptible_price_usd;  // the lower price of a list
  std::optional<Duration> priced_time;          // device x hours, per trial
};

// Trials, PUE and intensity are there whenever resolve() gave them.
struct Inputs : RunFacts, Factors {
  std::array<Boards, most_device_groups> boards{};  // the first `board_kinds` of them

  // As new, without touching the boards: streams do this for each record.
  void clear() {
    RunFacts::operator=(RunFacts());
    Factors::clear();
  }

  // What was metered, of the job or of its boards; nullptr where nothing was.
  const Factor* metered() const {
    const Factor* const whole = find(FactorId::measured_it_energy);
    return whole != nullptr ? whole : find(FactorId::measured_accelerator_energy);
  }
};

// Calls `visit(const Factor&)` for each factor the answer rests on, in the order of the formula.
template <class Visit>
void each_factor(const Inputs& inputs, Visit visit) {
  const auto of_boards = [&](FactorSet which) {
    for (std::size_t i = 0; i < inputs.board_kinds; ++i) inputs.boards[i].each(which, visit);
  };
  inputs.each(FactorSet::range(FactorId::trials, FactorId::hours), visit);
  of_boards(board_powers);
  inputs.each(FactorSet::range(FactorId::host_power, FactorId::market_intensity), visit);
  of_boards(board_making);
  inputs.each(FactorSet::range(FactorId::price, FactorId::price), visit);
}

}  // namespace footpound
