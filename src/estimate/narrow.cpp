// SPDX-License-Identifier: MIT
#include "estimate/narrow.hpp"

#include <array>
#include <cmath>

namespace footpound {

namespace {

bool is_guess(const Factor& factor) {
  return (factor.origin == Origin::derived || factor.origin == Origin::assumed) && factor.log_sd > 0;
}

void settle(Factor* factor) {
  if (factor != nullptr && is_guess(*factor)) factor->log_sd = 0;
}

// Boards and host guessed as one: with one of them stated, the other is known by itself only.
void settle_boards(Inputs& inputs) {
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    settle(inputs.boards[i].find(FactorId::accelerator_power));
    inputs.boards[i].sum_log_sd.reset();
  }
}

void settle_hosts(Inputs& inputs) {
  settle(inputs.find(FactorId::host_power));
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    settle(inputs.boards[i].find(FactorId::host_power_per_device));
    inputs.boards[i].sum_log_sd.reset();
  }
}

void settle_nodes(Inputs& inputs) {
  settle_boards(inputs);
  settle_hosts(inputs);
}

void settle_hours(Inputs& inputs) {
  Factor& hours = *inputs.find(FactorId::hours);
  if (hours.note != Note::from_flops) return;
  hours.log_sd = 0;
  inputs.drop(FactorId::hours_overhead);
}

void settle_pue(Inputs& inputs) { settle(inputs.find(FactorId::pue)); }
void settle_intensity(Inputs& inputs) { settle(inputs.find(FactorId::intensity)); }

struct Statement {
  FactorId factor;
  void (*settle)(Inputs& inputs);
};
constexpr std::array statements = {
    Statement{FactorId::hours, settle_hours},
    Statement{FactorId::accelerator_power, settle_boards},
    Statement{FactorId::host_power, settle_hosts},
    Statement{FactorId::it_power, settle_nodes},
    Statement{FactorId::pue, settle_pue},
    Statement{FactorId::intensity, settle_intensity},
};

bool can_be_stated(FactorId factor, const Inputs& inputs) {
  switch (factor) {
    case FactorId::hours: return inputs.has(FactorId::hours);
    case FactorId::accelerator_power:
      return inputs.board_kinds > 0 && inputs.boards[0].has(FactorId::accelerator_power);
    // its parts are easier to state; whole nodes guessed as one are surer than their parts
    case FactorId::it_power: return inputs.board_kinds > 0 && inputs.boards[0].sum_log_sd.has_value();
    default: return true;
  }
}

std::string_view flag(FactorId factor, const Inputs& inputs) {
  // without a count, hours would leave it open
  const bool count_assumed = inputs.has(FactorId::accelerator_count) &&
                             inputs[FactorId::accelerator_count].origin == Origin::assumed;
  if (factor == FactorId::hours && count_assumed && inputs.rung == EnergyRung::parts)
    return "--accelerator-hours";
  // a stated power covers the boards alone otherwise
  const bool host_guessed = inputs.board_kinds > 0 && inputs.boards[0].has(FactorId::host_power_per_device);
  if (factor == FactorId::accelerator_power && host_guessed) return "--accelerator-power with --boundary it";
  // the region is stated: what is open is its hours, or its part of the grid
  if (factor == FactorId::intensity && inputs.region)
    return "--intensity, of the hours or of the part of the grid";
  return kind(factor).flag;
}

Interval<double> multiples(const Inputs& inputs) {
  Doubtful<Mass> co2e = estimate(inputs).co2e;
  const Doubtful<double> one{1, co2e.log_variance_below, co2e.log_variance_above};
  return {one.low(), 1, one.high()};
}

double log_width(const Interval<double>& range) { return std::log(range.high / range.low); }

}  // namespace

std::optional<Narrowing> narrow_most(const Inputs& inputs) {
  constexpr double noticeable = 0.005;  // of the log width: less does not show in two digits
  const Interval<double> now = multiples(inputs);
  std::optional<Narrowing> best;
  for (const Statement& statement : statements) {
    if (!can_be_stated(statement.factor, inputs)) continue;
    Inputs settled = inputs;
    statement.settle(settled);
    const Interval<double> then = multiples(settled);
    if (log_width(then) < log_width(best ? best->then : now) - (best ? 0 : noticeable)) {
      best = Narrowing{statement.factor, flag(statement.factor, inputs), now, then};
    }
  }
  return best;
}

}  // namespace footpound
