// SPDX-License-Identifier: MIT
// The ladder of hours: given | accelerator-hours / count | end - start | from FLOPs.
#include <cmath>

#include "estimate/resolve.hpp"
#include "estimate/resolve_words.hpp"

namespace footpound {

namespace {

Factor derived_hours(Note note, double value, double log_sd) {
  Factor factor;
  factor.id = FactorId::hours;
  factor.origin = note == Note::from_flops ? Origin::derived : Origin::given;
  factor.note = note;
  factor.value = value;
  factor.log_sd = log_sd;
  return factor;
}

// FLOPs as stated, or of a transformer's training:
//   (6 A + T sqrt(12 L A)) x tokens,  A active parameters, L layers, T tokens of context.
// 6 A: forward and backward pass of the weights (Kaplan et al. 2020, section 2.1,
// arXiv:2001.08361). Attention takes 12 L d T per token (Chowdhery et al. 2022, appendix B,
// arXiv:2204.02311), with width d = sqrt(A / 12 L) (Kaplan et al., section 2.1).
std::optional<Factor> training_flops(const Spec& spec) {
  Factor factor;
  factor.id = FactorId::flops;
  if (spec.flops) {
    factor.value = spec.flops->value;
    factor.log_sd = spec.flops->log_sd;
    return factor;
  }
  const std::optional<Stated<double>>& active =
      spec.active_parameters ? spec.active_parameters : spec.parameters;
  if (!active || !spec.tokens) return std::nullopt;
  factor.origin = Origin::derived;
  factor.note = Note::from_tokens;
  double per_token = 6 * active->value;
  if (spec.layers && spec.context_tokens) {
    per_token += spec.context_tokens->value * std::sqrt(12 * spec.layers->value * active->value);
    factor.note = Note::from_tokens_with_attention;
  }
  factor.value = per_token * spec.tokens->value;
  factor.log_sd = quadrature(active->log_sd, spec.tokens->log_sd);
  return factor;
}

// Dense 16-bit peak of one device, else fp32.
std::optional<Factor> device_peak(const Accelerator& device) {
  Factor factor;
  factor.id = FactorId::peak;
  factor.origin = Origin::table;
  factor.row = device.row;
  if (device.peak_16bit_flops) {
    factor.note = Note::peak_16bit;
    factor.value = *device.peak_16bit_flops;
    return factor;
  }
  if (device.peak_fp32_flops) {
    factor.note = Note::peak_fp32;
    factor.value = *device.peak_fp32_flops;
    return factor;
  }
  return std::nullopt;
}

}  // namespace

Result<void> Resolver::find_hours(const Spec& spec, Inputs& inputs) {
  if (inputs.hours) return {};
  if (spec.hours) {
    inputs.hours = derived_hours(Note::none, in_hours(spec.hours->value), spec.hours->log_sd);
    return {};
  }
  const std::optional<double> count = inputs.count             ? std::optional(inputs.count->value)
                                      : spec.accelerator_count ? std::optional(spec.accelerator_count->value)
                                                               : std::nullopt;
  if (spec.accelerator_hours && count && *count > 0) {
    inputs.hours = derived_hours(Note::from_accelerator_hours,
        in_hours(spec.accelerator_hours->value) / *count, spec.accelerator_hours->log_sd);
    return {};
  }
  if (spec.start && spec.end) {
    const double seconds = spec.end->epoch_seconds - spec.start->epoch_seconds;
    if (seconds < 0)
      return Error{ErrorKind::contradiction, "end", "is before start", "swap them, or state --hours"};
    if (seconds == 0) return Error{ErrorKind::skipped, "end", "equals start: nothing ran", {}};
    inputs.hours = derived_hours(Note::end_minus_start, seconds / 3600, 0);
    return {};
  }
  if (spec.accelerator_hours) return {};  // the devices' time is known without a count
  return hours_from_flops(spec, inputs);
}

Result<void> Resolver::hours_from_flops(const Spec& spec, Inputs& inputs) {
  const std::optional<Factor> flops = training_flops(spec);
  if (!flops) return {};
  if (inputs.board_kinds == 0) {
    if (Result<void> done = find_boards(spec, inputs); !done) return done;
  }
  if (inputs.board_kinds != 1 || !inputs.boards[0].device) {
    return Error{ErrorKind::missing, "accelerator", "is not stated",
        "hours from FLOPs need one kind of accelerator, --gpu NAME; or state --hours"};
  }
  const Accelerator& device = *inputs.boards[0].device;
  const std::optional<Factor> peak = device_peak(device);
  if (!peak) {
    return Error{ErrorKind::missing, "accelerator",
        in_quotes(device.row.id()) + " has no published peak rate", "state --hours"};
  }
  if (!inputs.count) inputs.count = one_assumed();
  if (!(inputs.count->value > 0))
    return Error{
        ErrorKind::out_of_range, "accelerator_count", "is 0", "hours from FLOPs need at least one device"};
  if ((spec.layers || spec.context_tokens) && flops->note != Note::from_tokens_with_attention) {
    inputs.unused.shape = spec.flops ? UnusedShape::flops_stated : UnusedShape::other_missing;
  }
  double overhead = 1;
  double doubt = flops->log_sd;
  if (spec.mfu) {
    Factor mfu;
    mfu.id = FactorId::mfu;
    mfu.value = spec.mfu->value;
    mfu.log_sd = spec.mfu->log_sd;
    inputs.mfu = mfu;
    inputs.hours_overhead = model_.possible_overhead();
  } else {
    inputs.mfu = model_.mfu(device, flops->note == Note::from_tokens_with_attention);
    inputs.hours_overhead = model_.hours_overhead();
    overhead = inputs.hours_overhead->value;
    doubt = quadrature(doubt, inputs.hours_overhead->log_sd);
  }
  inputs.flops = flops;
  inputs.peak = peak;
  const double seconds = flops->value / (inputs.count->value * peak->value * inputs.mfu->value) * overhead;
  inputs.hours = derived_hours(Note::from_flops, seconds / 3600, quadrature(doubt, inputs.mfu->log_sd));
  return {};
}

}  // namespace footpound
