// SPDX-License-Identifier: MIT
// Most records of a stream are alike: the same fields stated, few names. What the ladders gave for
// the boards of one holds for the next, but for the numbers that it states itself.
#include <algorithm>

#include "estimate/resolve_words.hpp"
#include "footpound/estimate/resolve.hpp"

namespace footpound {

namespace {

bool several_devices(const Spec& spec) { return spec.accelerator_count && spec.accelerator_count->value > 1; }

// Does the spec say nothing that is checked against, or calculated from, other numbers of it?
bool is_plain(const Spec& spec) {
  return spec.hours && spec.accelerator && spec.group_count == 0 && !spec.accelerator_hours && !(spec.start && spec.end) &&
         !spec.instance && !spec.nodes && !spec.cpu && !spec.cpu_count && !spec.cpu_cores && !spec.memory_gb && !spec.host_power &&
         !spec.it_power && !spec.measured_it_energy && !spec.measured_accelerator_energy && !spec.parameters &&
         !spec.active_parameters && !spec.tokens && !spec.flops && !spec.layers && !spec.context_tokens && !spec.mfu &&
         !spec.workload && !spec.embodied && !spec.price_usd_per_hour;
}

}  // namespace

void Resolver::remember(const Spec& spec, std::uint64_t shape, const Inputs& inputs) {
  if (!is_plain(spec) || options_.strict || !options_.prices.empty() || inputs.board_kinds != 1) return;
  const Boards& boards = inputs.boards[0];
  if (inputs.rung != EnergyRung::parts || !boards.power || !inputs.count) return;
  BoardPlan plan{};
  plan.shape = shape;
  plan.several = several_devices(spec);
  plan.count_is_stated = spec.accelerator_count.has_value();
  plan.power_from = spec.accelerator_power ? BoardPlan::Power::stated
                    : spec.utilization     ? BoardPlan::Power::from_utilization
                                           : BoardPlan::Power::fixed;
  plan.host_left_out = inputs.host_left_out;
  plan.boundary = inputs.boundary;
  plan.load = inputs.load;
  plan.sum_log_sd = boards.sum_log_sd;
  plan.count = *inputs.count;
  plan.power = *boards.power;
  plan.host = boards.host_power;
  plan.device = devices_[0];
  plans_.get(*spec.accelerator, [] { return std::vector<BoardPlan>(); }).push_back(plan);
}

// nullptr: none is remembered, or the numbers ask for the ladders (nothing ran, no device).
const Resolver::BoardPlan* Resolver::plan_of(const Spec& spec, std::uint64_t shape) {
  if (!spec.accelerator || !spec.hours || !(in_hours(spec.hours->value) > 0)) return nullptr;
  if (spec.accelerator_count && !(spec.accelerator_count->value > 0)) return nullptr;
  const bool several = several_devices(spec);
  for (const BoardPlan& plan : plans_.get(*spec.accelerator, [] { return std::vector<BoardPlan>(); })) {
    if (plan.shape == shape && plan.several == several) return &plan;
  }
  return nullptr;
}

void Resolver::follow(const BoardPlan& plan, const Spec& spec, Inputs& inputs) const {
  inputs.clear();
  inputs.rung = EnergyRung::parts;
  inputs.boundary = plan.boundary;
  inputs.load = plan.load;
  inputs.host_left_out = plan.host_left_out;
  inputs.trials = given(FactorId::trials, spec.trials.value_or(Stated<double>{1, 0}));
  inputs.hours = given(FactorId::hours, *spec.hours);
  inputs.count = plan.count;
  if (plan.count_is_stated) {
    inputs.count->value = spec.accelerator_count->value;
    inputs.count->log_sd = spec.accelerator_count->log_sd;
  }
  inputs.board_kinds = 1;
  Boards& boards = inputs.boards[0];
  boards.embodied.reset();
  boards.accelerator = plan.device.row;
  boards.ambiguity = plan.device.ambiguity;
  boards.count = inputs.count->value;
  boards.device_time = hours(*boards.count * inputs.hours->value);
  switch (plan.power_from) {
    case BoardPlan::Power::fixed: boards.power = plan.power; break;
    case BoardPlan::Power::stated: boards.power = given(FactorId::accelerator_power, *spec.accelerator_power); break;
    case BoardPlan::Power::from_utilization:
      boards.power = model_.board_power_at(plan.device, spec.utilization->value, spec.utilization->log_sd);
      break;
  }
  boards.host_power = plan.host;
  boards.sum_log_sd = plan.sum_log_sd;
}

}  // namespace footpound
