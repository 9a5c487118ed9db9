// SPDX-License-Identifier: MIT
#include "estimate/estimate.hpp"

#include <algorithm>
#include <cmath>

#include "units/amount.hpp"

namespace footpound {

namespace {

double variance(const Factor& factor) { return factor.log_sd * factor.log_sd; }
double variance(const Factor* factor) { return factor != nullptr ? variance(*factor) : 0; }

// Is any host in the energy?
bool counts_host(const Inputs& inputs) {
  if (inputs.has(FactorId::host_power)) return true;
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    if (inputs.boards[i].has(FactorId::host_power_per_device)) return true;
  }
  return false;
}

// Device-hours that somebody pays for, at a price, and at the lower price of a list.
Interval<double> cost_of(const Inputs& inputs, const Terms& terms) {
  const double device_hours = terms.trials * in_hours(*inputs.priced_time);
  const double doubt = variance(inputs.find(FactorId::trials)) + variance(inputs.find(FactorId::hours)) +
                       variance(inputs.find(FactorId::price));
  const double lost_time = terms.lost_time_log_sd * terms.lost_time_log_sd;
  const double price = inputs[FactorId::price].as<double>();
  const double at_lower_price = inputs.preemptible_price_usd.value_or(price) * device_hours;
  const Doubtful<double> cost{price * device_hours, doubt, doubt + lost_time};
  return {Doubtful<double>{at_lower_price, doubt, doubt}.low(), cost.value, cost.high()};
}

// Mass per device x device-hours / years of service, of all trials.
std::optional<Mass> embodied_of(const Inputs& inputs, const Terms& terms) {
  std::optional<Mass> total;
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    const Boards& boards = inputs.boards[i];
    if (!boards.has(FactorId::embodied)) continue;
    const double share = boards.time->total() / boards[FactorId::lifetime].as<Duration>();
    const Mass mass = boards[FactorId::embodied].as<Mass>() * share * terms.trials;
    total = total ? *total + mass : mass;
  }
  return total;
}

}  // namespace

Spread worked_out_spread(double log_variance) {
  const double log_sd = std::sqrt(log_variance);
  return {log_variance, std::exp(-z90 * log_sd), std::exp(z90 * log_sd)};
}

Interval<double> interval(const Factor& factor) {
  const bool only_above = factor.note == Note::restarts_may_add;
  const double below = only_above                   ? 0
                       : factor.id == FactorId::pue ? pue_doubt_below(factor.as<Pue>(), factor.log_sd)
                                                    : factor.log_sd;
  const double value = factor.number();
  const Doubtful<double> doubtful{value, below * below, variance(factor)};
  // where the doubt ends at 1, its digits do too
  const double low =
      factor.id == FactorId::pue ? std::max(doubtful.low(), std::min(value, 1.0)) : doubtful.low();
  return {low, value, doubtful.high()};
}

Estimate estimate(const Inputs& inputs, const Terms& terms) {
  const Figures central = figures(terms);
  const Doubts doubt = doubts(terms);
  const ItEnergy it = it_energy(terms);

  Estimate result;
  result.it_energy = {central.it_energy, doubt.it_below, doubt.it_above};
  result.energy = {central.energy, doubt.energy_below, doubt.energy_above};
  result.co2e = {central.co2e, doubt.co2e_below, doubt.co2e_above};
  const bool by_parts = inputs.rung == EnergyRung::measured_accelerator || inputs.rung == EnergyRung::parts;
  const bool has_boards =
      by_parts && (inputs.board_kinds > 0 || inputs.rung == EnergyRung::measured_accelerator);
  if (has_boards) result.accelerator_energy = terms.trials * it.boards;
  if (by_parts && counts_host(inputs)) result.host_energy = terms.trials * it.host;
  result.overhead = central.energy - central.it_energy;
  if (inputs.has(FactorId::it_power)) {
    result.it_power = inputs[FactorId::it_power].as<Power>();
  } else if (inputs.has(FactorId::hours)) {
    result.it_power = it.total() / inputs[FactorId::hours].as<Duration>();
  }
  if (inputs.has(FactorId::market_intensity))
    result.market_co2e = central.energy * inputs[FactorId::market_intensity].as<Intensity>();
  if (inputs.has(FactorId::price)) result.cost_usd = cost_of(inputs, terms);
  result.embodied_co2e = embodied_of(inputs, terms);
  return result;
}

}  // namespace footpound
