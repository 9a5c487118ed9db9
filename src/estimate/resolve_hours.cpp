// SPDX-License-Identifier: MIT
// The ladder of hours: given | accelerator-hours / count | end - start | from FLOPs.
#include <cmath>

#include "estimate/resolve.hpp"
#include "estimate/resolve_words.hpp"

namespace footpound {

namespace {

Factor derived_hours(Note note, Duration time, double log_sd) {
  Factor factor(FactorId::hours, time);
  factor.origin = note == Note::from_flops ? Origin::derived : Origin::given;
  factor.note = note;
  factor.log_sd = log_sd;
  return factor;
}

// FLOPs as stated, or of a transformer's training:
//   (6 A + T sqrt(12 L A)) x tokens,  A active parameters, L layers, T tokens of context.
// 6 A: forward and backward pass of the weights (Kaplan et al. 2020, section 2.1,
// arXiv:2001.08361). Attention takes 12 L d T per token (Chowdhery et al. 2022, appendix B,
// arXiv:2204.02311), with width d = sqrt(A / 12 L) (Kaplan et al., section 2.1).
std::optional<Factor> training_flops(const Spec& spec) {
  if (spec.flops) return given(FactorId::flops, *spec.flops);
  const std::optional<Stated<double>>& active =
      spec.active_parameters ? spec.active_parameters : spec.parameters;
  if (!active || !spec.tokens) return std::nullopt;
  const bool with_attention = spec.layers && spec.context_tokens;
  double per_token = 6 * active->value;
  if (with_attention)
    per_token += spec.context_tokens->value * std::sqrt(12 * spec.layers->value * active->value);
  Factor factor(FactorId::flops, per_token * spec.tokens->value);
  factor.origin = Origin::derived;
  factor.note = with_attention ? Note::from_tokens_with_attention : Note::from_tokens;
  factor.log_sd = quadrature(active->log_sd, spec.tokens->log_sd);
  return factor;
}

// Dense 16-bit peak of one device, else fp32.
std::optional<Factor> device_peak(const Accelerator& device) {
  const bool is_16bit = device.peak_16bit_flops.has_value();
  const std::optional<double>& flops = is_16bit ? device.peak_16bit_flops : device.peak_fp32_flops;
  if (!flops) return std::nullopt;
  Factor factor(FactorId::peak, *flops);
  factor.origin = Origin::table;
  factor.note = is_16bit ? Note::peak_16bit : Note::peak_fp32;
  factor.row = device.row;
  return factor;
}

}  // namespace

Result<void> Resolver::find_hours(const Spec& spec, Inputs& inputs) {
  if (inputs.has(FactorId::hours)) return {};
  if (spec.hours) {
    inputs.put(given(FactorId::hours, *spec.hours));
    return {};
  }
  std::optional<double> count;
  if (const Factor* const known = inputs.find(FactorId::accelerator_count)) {
    count = known->as<double>();
  } else if (spec.accelerator_count) {
    count = spec.accelerator_count->value;
  }
  if (spec.accelerator_hours && count && *count > 0) {
    inputs.put(derived_hours(Note::from_accelerator_hours, spec.accelerator_hours->value / *count,
        spec.accelerator_hours->log_sd));
    return {};
  }
  if (spec.start && spec.end) {
    const double seconds = spec.end->epoch_seconds - spec.start->epoch_seconds;
    if (seconds < 0)
      return Error{ErrorKind::contradiction, "end", "is before start", "swap them, or state --hours"};
    if (seconds == 0) return Error{ErrorKind::skipped, "end", "equals start: nothing ran", {}};
    inputs.put(derived_hours(Note::end_minus_start, hours(seconds / seconds_per_hour), 0));
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
  if (!inputs.has(FactorId::accelerator_count)) inputs.put(one_assumed());
  if (!(inputs[FactorId::accelerator_count].as<double>() > 0))
    return Error{
        ErrorKind::out_of_range, "accelerator_count", "is 0", "hours from FLOPs need at least one device"};
  if ((spec.layers || spec.context_tokens) && flops->note != Note::from_tokens_with_attention) {
    inputs.unused.shape = spec.flops ? UnusedShape::flops_stated : UnusedShape::other_missing;
  }
  double overhead = 1;
  double doubt = flops->log_sd;
  if (spec.mfu) {
    inputs.put(given(FactorId::mfu, *spec.mfu));
    inputs.put(model_.possible_overhead());
  } else {
    inputs.put(model_.mfu(device, flops->note == Note::from_tokens_with_attention));
    inputs.put(model_.hours_overhead());
    overhead = inputs[FactorId::hours_overhead].as<double>();
    doubt = quadrature(doubt, inputs[FactorId::hours_overhead].log_sd);
  }
  inputs.put(*flops);
  inputs.put(*peak);
  const Factor& mfu = inputs[FactorId::mfu];
  const double rate =
      inputs[FactorId::accelerator_count].as<double>() * peak->as<double>() * mfu.as<double>();
  const double seconds = flops->as<double>() / rate * overhead;
  inputs.put(
      derived_hours(Note::from_flops, hours(seconds / seconds_per_hour), quadrature(doubt, mfu.log_sd)));
  return {};
}

}  // namespace footpound
