// SPDX-License-Identifier: MIT
// Most records of a stream are alike: the same fields stated, few names. What the ladders gave for
// the boards of one holds for the next, but for the numbers that it states itself.
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

// The load is another with several devices: shape and that, as one number.
std::uint64_t number_of(const Spec& spec, std::uint64_t shape) { return 2 * shape + (several_devices(spec) ? 1 : 0); }

}  // namespace

void Resolver::remember(const Spec& spec, std::uint64_t shape) {
  if (!is_plain(spec) || options_.strict || !options_.prices.empty() || inputs_.board_kinds != 1) return;
  if (inputs_.rung != EnergyRung::parts || !inputs_.boards[0].power || !inputs_.count) return;
  const Repeat::Power power_from = spec.accelerator_power ? Repeat::Power::stated
                                   : spec.utilization     ? Repeat::Power::from_utilization
                                                          : Repeat::Power::fixed;
  repeats_.put(*spec.accelerator, number_of(spec, shape), std::make_unique<Repeat>(Repeat{inputs_, devices_[0], power_from, spec.accelerator_count.has_value()}));
}

// nullptr: none is remembered, or the numbers ask for the ladders (nothing ran, no device).
Resolver::Repeat* Resolver::repeat_of(const Spec& spec, std::uint64_t shape) {
  if (!spec.accelerator || !spec.hours || !(in_hours(spec.hours->value) > 0)) return nullptr;
  if (spec.accelerator_count && !(spec.accelerator_count->value > 0)) return nullptr;
  const std::unique_ptr<Repeat>* const known = repeats_.find(*spec.accelerator, number_of(spec, shape));
  return known == nullptr ? nullptr : known->get();
}

void Resolver::follow(const Spec& spec, Repeat& repeat) const {
  const auto state = [](Factor& factor, double value, double log_sd) {
    factor.value = value;
    factor.log_sd = log_sd;
  };
  Inputs& inputs = repeat.inputs;
  Boards& boards = inputs.boards[0];
  if (spec.trials) state(inputs.trials, spec.trials->value, spec.trials->log_sd);
  state(*inputs.hours, in_hours(spec.hours->value), spec.hours->log_sd);
  if (repeat.count_is_stated) state(*inputs.count, spec.accelerator_count->value, spec.accelerator_count->log_sd);
  boards.count = inputs.count->value;
  boards.device_time = hours(*boards.count * inputs.hours->value);
  switch (repeat.power_from) {
    case Repeat::Power::fixed: break;
    case Repeat::Power::stated: state(*boards.power, in_watts(spec.accelerator_power->value), spec.accelerator_power->log_sd); break;
    case Repeat::Power::from_utilization:
      boards.power = model_.board_power_at(repeat.device, spec.utilization->value, spec.utilization->log_sd);
      break;
  }
}

}  // namespace footpound
