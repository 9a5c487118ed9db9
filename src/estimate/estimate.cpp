// SPDX-License-Identifier: MIT
#include "estimate/estimate.hpp"

#include <algorithm>
#include <cmath>

#include "units/amount.hpp"

namespace footpound {

namespace {

double variance(const Factor& factor) { return factor.log_sd * factor.log_sd; }
double variance(const std::optional<Factor>& factor) { return factor ? variance(*factor) : 0; }

// Is any host in the energy?
bool counts_host(const Inputs& inputs) {
  if (inputs.host_power) return true;
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    if (inputs.boards[i].host_power) return true;
  }
  return false;
}

// Device-hours that somebody pays for, at a price, and at the lower price of a list.
Interval<double> cost_of(const Inputs& inputs, const Terms& terms) {
  const double device_hours = terms.trials * in_hours(*inputs.priced_time);
  const double doubt = variance(inputs.trials) + variance(inputs.hours) + variance(inputs.price);
  const double lost_time = terms.lost_time_log_sd * terms.lost_time_log_sd;
  const double at_lower_price = inputs.preemptible_price_usd.value_or(inputs.price->value) * device_hours;
  const Doubtful<double> cost{inputs.price->value * device_hours, doubt, doubt + lost_time};
  return {Doubtful<double>{at_lower_price, doubt, doubt}.low(), cost.value, cost.high()};
}

// kg per device x device-hours / (years x 8760 h), of all trials.
std::optional<Mass> embodied_of(const Inputs& inputs, const Terms& terms) {
  std::optional<Mass> total;
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    const Boards& boards = inputs.boards[i];
    if (!boards.embodied) continue;
    const double share = in_hours(boards.time->total()) / (boards.embodied->lifetime.value * 8760);
    const Mass mass = kilograms(boards.embodied->per_device.value) * share * terms.trials;
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
                       : factor.id == FactorId::pue ? pue_doubt_below(factor.value, factor.log_sd)
                                                    : factor.log_sd;
  const Doubtful<double> doubtful{factor.value, below * below, variance(factor)};
  // where the doubt ends at 1, its digits do too
  const double low =
      factor.id == FactorId::pue ? std::max(doubtful.low(), std::min(factor.value, 1.0)) : doubtful.low();
  return {low, factor.value, doubtful.high()};
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
  if (inputs.it_power) {
    result.it_power = watts(inputs.it_power->value);
  } else if (inputs.hours) {
    result.it_power = it.total() / hours(inputs.hours->value);
  }
  if (inputs.market_intensity)
    result.market_co2e = central.energy * grams_per_kwh(inputs.market_intensity->value);
  if (inputs.price) result.cost_usd = cost_of(inputs, terms);
  result.embodied_co2e = embodied_of(inputs, terms);
  return result;
}

}  // namespace footpound
