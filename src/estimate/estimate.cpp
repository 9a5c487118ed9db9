// SPDX-License-Identifier: MIT
#include "footpound/estimate/estimate.hpp"

#include <algorithm>
#include <cmath>

#include "footpound/units/amount.hpp"

namespace footpound {

namespace {

double squared(double x) { return x * x; }
double variance(const Factor& factor) { return squared(factor.log_sd); }
double variance(const std::optional<Factor>& factor) { return factor ? variance(*factor) : 0; }

// Is any host in the energy?
bool counts_host(const Inputs& inputs) {
  if (inputs.host_power) return true;
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    if (inputs.boards[i].host_power) return true;
  }
  return false;
}

// IT energy of one trial and its parts.
struct ItEnergy {
  Energy boards{};
  Energy host{};
  Energy total{};
};

Energy board_energy(const Boards& kind) {
  return watts(kind.power ? kind.power->value : 0) * *kind.device_time;
}
Energy host_energy(const Boards& kind) {
  return watts(kind.host_power ? kind.host_power->value : 0) * *kind.device_time;
}
Energy host_energy(const Inputs& inputs) {
  return watts(inputs.host_power->value) * hours(inputs.hours->value);
}

ItEnergy parts_per_trial(const Inputs& inputs) {
  ItEnergy it;
  if (inputs.rung == EnergyRung::measured_accelerator)
    it.boards += kilowatt_hours(inputs.measured_energy->value);
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    const Boards& kind = inputs.boards[i];
    if (!kind.device_time) continue;
    it.boards += board_energy(kind);
    it.host += host_energy(kind);
  }
  if (inputs.host_power) it.host += host_energy(inputs);
  it.total = it.boards + it.host;
  return it;
}

ItEnergy it_energy_per_trial(const Inputs& inputs) {
  ItEnergy it;
  switch (inputs.rung) {
    case EnergyRung::measured_it: it.total = kilowatt_hours(inputs.measured_energy->value); return it;
    case EnergyRung::it_power:
      it.total = watts(inputs.it_power->value) * hours(inputs.hours->value);
      return it;
    case EnergyRung::measured_accelerator:
    case EnergyRung::parts: break;
  }
  return parts_per_trial(inputs);
}

// Of the time the power ran: hours as stated or as predicted from FLOPs.
double time_variance(const Inputs& inputs) {
  if (inputs.rung == EnergyRung::measured_it) return 0;
  if (inputs.accelerator_hours) return variance(inputs.accelerator_hours);
  // the devices' time is count x hours; whole-job power needs hours alone
  const bool counts = (inputs.rung == EnergyRung::parts || inputs.rung == EnergyRung::measured_accelerator) &&
                      inputs.board_kinds > 0;
  // hours from FLOPs fall as the count grows: count x hours has no doubt of the count in it
  const bool from_flops = inputs.hours && (inputs.hours->note == Note::from_flops);
  return variance(inputs.hours) + (counts && !from_flops ? variance(inputs.count) : 0);
}

// Of hours from a stated MFU that nothing was added to: restarts can only lengthen them.
double lost_time_variance(const Inputs& inputs) {
  const bool may_add = inputs.hours_overhead && inputs.hours_overhead->note == Note::restarts_may_add;
  return may_add ? variance(inputs.hours_overhead) : 0;
}

// Of the power side (boards and host, or what was measured); the doubt about hours is apart,
// because all terms share it.
double parts_variance(const Inputs& inputs, const ItEnergy& it) {
  SumVariance sum(it.total);
  // metered boards do not share the doubt about the time their host ran
  const bool metered = inputs.rung == EnergyRung::measured_accelerator;
  const auto host_log_sd = [&](const Factor& power) {
    return metered ? std::sqrt(variance(power) + time_variance(inputs)) : power.log_sd;
  };
  if (metered) sum.add(kilowatt_hours(inputs.measured_energy->value), inputs.measured_energy->log_sd);
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    const Boards& kind = inputs.boards[i];
    if (!kind.device_time) continue;
    if (kind.sum_log_sd) {
      sum.add(board_energy(kind) + host_energy(kind), *kind.sum_log_sd);
    } else {
      if (kind.power) sum.add(board_energy(kind), kind.power->log_sd);
      if (kind.host_power) sum.add(host_energy(kind), host_log_sd(*kind.host_power));
    }
  }
  if (inputs.host_power) sum.add(host_energy(inputs), host_log_sd(*inputs.host_power));
  return sum.variance();
}

double power_variance(const Inputs& inputs, const ItEnergy& it) {
  switch (inputs.rung) {
    case EnergyRung::measured_it: return variance(inputs.measured_energy);
    case EnergyRung::it_power: return variance(inputs.it_power);
    case EnergyRung::measured_accelerator:
    case EnergyRung::parts: break;
  }
  return parts_variance(inputs, it);
}

std::optional<double> accelerator_hours(const Inputs& inputs) {
  const double trials = inputs.trials.value;
  if (inputs.accelerator_hours) return inputs.accelerator_hours->value * trials;
  double total = 0;
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    if (!inputs.boards[i].device_time) return std::nullopt;
    total += in_hours(*inputs.boards[i].device_time) * trials;
  }
  // a job of hosts alone has none; of a job whose power was stated as a whole, who knows
  const bool known = inputs.board_kinds > 0 || inputs.rung == EnergyRung::parts;
  return known ? std::optional(total) : std::nullopt;
}

}  // namespace

double pue_doubt_below(double pue, double log_sd) {
  // log x >= 1 - 1/x, here times x: mostly the logarithm is not needed
  if (log_sd * z90 * pue <= pue - 1) return log_sd;
  return std::min(log_sd, std::log(std::max(pue, 1.0)) / z90);
}

Spread worked_out_spread(double log_variance) {
  const double log_sd = std::sqrt(log_variance);
  return {log_variance, std::exp(-z90 * log_sd), std::exp(z90 * log_sd)};
}

Interval<double> interval(const Factor& factor) {
  const bool only_above = factor.note == Note::restarts_may_add;
  const double below = only_above                   ? 0
                       : factor.id == FactorId::pue ? pue_doubt_below(factor.value, factor.log_sd)
                                                    : factor.log_sd;
  const Doubtful<double> doubtful{factor.value, squared(below), variance(factor)};
  // where the doubt ends at 1, its digits do too
  const double low =
      factor.id == FactorId::pue ? std::max(doubtful.low(), std::min(factor.value, 1.0)) : doubtful.low();
  return {low, factor.value, doubtful.high()};
}

Figures figures_of(const Inputs& inputs, const Estimate& estimate) {
  return {estimate.it_energy.value, estimate.energy.value, estimate.co2e.value, accelerator_hours(inputs),
      inputs.boundary};
}

Doubts doubts_of(const Inputs& inputs, const Estimate& estimate) {
  Doubts doubts{estimate.energy.log_variance_below, estimate.energy.log_variance_above,
      estimate.co2e.log_variance_below, estimate.co2e.log_variance_above, {}};
  each_factor(inputs, [&](const Factor& factor) {
    if (factor.origin == Origin::assumed) doubts.assumed.add(factor.id);
  });
  return doubts;
}

void estimate(const Inputs& inputs, Estimate& result) {
  const double trials = inputs.trials.value;
  const ItEnergy it = it_energy_per_trial(inputs);
  const bool shared_time = inputs.rung != EnergyRung::measured_accelerator;
  const double it_variance =
      variance(inputs.trials) + power_variance(inputs, it) + (shared_time ? time_variance(inputs) : 0);
  const double it_above = it_variance + (shared_time ? lost_time_variance(inputs) : 0);
  const double above = it_above + variance(inputs.pue);
  const double below = it_variance + squared(pue_doubt_below(inputs.pue.value, inputs.pue.log_sd));

  const Energy it_energy = trials * it.total;
  const Energy energy = it_energy * inputs.pue.value;
  result = Estimate{};
  result.it_energy = {it_energy, it_variance, it_above};
  result.energy = {energy, below, above};
  result.co2e = {energy * grams_per_kwh(inputs.intensity.value), below + variance(inputs.intensity),
      above + variance(inputs.intensity)};
  const bool by_parts = inputs.rung == EnergyRung::measured_accelerator || inputs.rung == EnergyRung::parts;
  const bool has_boards =
      by_parts && (inputs.board_kinds > 0 || inputs.rung == EnergyRung::measured_accelerator);
  if (has_boards) result.accelerator_energy = trials * it.boards;
  if (by_parts && counts_host(inputs)) result.host_energy = trials * it.host;
  result.overhead = energy - it_energy;
  if (inputs.it_power) {
    result.it_power = watts(inputs.it_power->value);
  } else if (inputs.hours) {
    result.it_power = it.total / hours(inputs.hours->value);
  }
  if (inputs.market_intensity) result.market_co2e = energy * grams_per_kwh(inputs.market_intensity->value);
  if (inputs.price) {
    const double device_hours = trials * in_hours(*inputs.priced_time);
    const double doubt = variance(inputs.trials) + variance(inputs.hours) + variance(inputs.price);
    const double at_lower_price = inputs.preemptible_price_usd.value_or(inputs.price->value) * device_hours;
    const Doubtful<double> cost{
        inputs.price->value * device_hours, doubt, doubt + lost_time_variance(inputs)};
    result.cost_usd =
        Interval<double>{Doubtful<double>{at_lower_price, doubt, doubt}.low(), cost.value, cost.high()};
  }
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    const Boards& boards = inputs.boards[i];
    if (!boards.embodied) continue;
    // kg per device x device-hours / (years x 8760 h)
    const double share = in_hours(*boards.device_time) / (boards.embodied->lifetime.value * 8760);
    const Mass mass = kilograms(boards.embodied->per_device.value) * share * trials;
    result.embodied_co2e = result.embodied_co2e ? *result.embodied_co2e + mass : mass;
  }
}

}  // namespace footpound
