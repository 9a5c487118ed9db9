// SPDX-License-Identifier: MIT
// Published training runs recomputed by this program: ours beside theirs. What a source states is
// given to the estimator in one of several ways; each tests another step.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "estimate/estimate.hpp"
#include "estimate/resolve.hpp"
#include "factors/table.hpp"
#include "footpound/factors/catalog.hpp"

namespace footpound {

struct Spec;

enum class Basis : unsigned char {
  power_and_hours,     // arithmetic alone
  hardware_and_hours,  // the power is guessed
  flops_and_hardware,  // time and power are guessed
  energy,              // published energy x published intensity
};
std::string_view name(Basis basis);

enum class Measure : unsigned char { energy_kwh, accelerator_hours, co2e_kg };
std::string_view name(Measure measure);

struct Comparison {
  Row run;
  Measure measure = Measure::energy_kwh;
  Basis basis = Basis::power_and_hours;
  double published = 0;
  Interval<double> ours;
  bool boards_alone = false;  // what was published counts no hosts, so ours does not either

  double deviation() const { return ours.value / published - 1; }
  bool guessed() const { return ours.low < ours.high; }
  bool inside() const { return published >= ours.low && published <= ours.high; }
};

// Recomputes runs; remembers what it looked up.
class Recomputer {
 public:
  explicit Recomputer(const Catalog& catalog);

  // Every comparison that the run's row states enough for.
  std::vector<Comparison> compare(Row run);

 private:
  std::optional<Estimate> answer(const Spec& spec, bool boards_alone);
  void energy(Row run, std::vector<Comparison>& out);
  void hours_from_flops(Row run, std::vector<Comparison>& out);
  void co2e(Row run, std::vector<Comparison>& out);

  Resolver boards_;  // boundary `accelerators`
  Resolver it_;
  Inputs inputs_;
};

// What the facts hold against a published figure, in words; "" where nothing.
std::string doubts(Row run);

// "P", "H", "F", "F-hours" or "C" among the steps that the run can test?
bool usable_for(Row run, std::string_view step);
// Neither the total nor the hours follow from what they would test.
bool is_independent(Row run);
// 6 x active parameters x tokens, else stated FLOPs that do not come from the hours themselves.
std::optional<double> independent_flops(Row run);

// A column of table runs.
std::optional<double> run_number(Row run, std::string_view key);
std::string_view run_text(Row run, std::string_view key);

}  // namespace footpound
