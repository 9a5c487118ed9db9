// SPDX-License-Identifier: MIT
#include "estimate/checks.hpp"

#include <cmath>
#include <string>

#include "factors/hardware.hpp"
#include "factors/tables.hpp"
#include "units/number_text.hpp"

namespace footpound {

namespace {

constexpr double rounding = 0.01;
constexpr double mfu_rounding = 0.1;  // it is printed with two digits
constexpr double far_apart = 3;

bool differ(double a, double b) { return std::abs(a - b) > rounding * std::max(std::abs(a), std::abs(b)); }

Error contradiction(std::string field, std::string what) {
  return Error{
      ErrorKind::contradiction, std::move(field), std::move(what), "state one of them, or make them agree"};
}

std::string text_of(double value, std::string_view unit) {
  if (!std::isfinite(value)) return "more than fits a number";  // worked out of absurd ones
  return human_number(value) + (unit.empty() ? "" : " ") + std::string(unit);
}

// The devices' number, as stated or as the instance holds them.
std::optional<double> known_count(const Spec& spec, const Inputs& inputs) {
  if (spec.accelerator_count) return spec.accelerator_count->value;
  if (const Factor* const count = inputs.find(FactorId::accelerator_count)) {
    if (count->origin != Origin::assumed) return count->as<double>();
  }
  return std::nullopt;
}

Result<void> check_time(const Spec& spec, const Inputs& inputs) {
  const std::optional<double> count = known_count(spec, inputs);
  if (spec.hours && spec.accelerator_hours && count && *count > 0) {
    const double implied = in_hours(spec.accelerator_hours->value) / *count;
    const double stated = in_hours(spec.hours->value);
    if (differ(stated, implied)) {
      return contradiction("hours", "is " + text_of(stated, "h") +
                                        ", but accelerator_hours / accelerator_count is " +
                                        text_of(implied, "h"));
    }
  }
  if (!spec.start || !spec.end) return {};
  if (spec.end->epoch_seconds < spec.start->epoch_seconds) return contradiction("end", "is before start");
  if (!spec.hours) return {};
  const double implied = (spec.end->epoch_seconds - spec.start->epoch_seconds) / seconds_per_hour;
  // times are often written to the minute, or as days
  const auto is_day = [&](Instant when) {
    return std::fmod(when.epoch_seconds + spec.local_offset_seconds, 86400) == 0;
  };
  const double coarse_hours = is_day(*spec.start) && is_day(*spec.end) ? 24 : 1.0 / 60;
  if (differ(in_hours(spec.hours->value), implied) &&
      std::abs(in_hours(spec.hours->value) - implied) > coarse_hours) {
    return contradiction("hours",
        "is " + text_of(in_hours(spec.hours->value), "h") + ", but end - start is " + text_of(implied, "h"));
  }
  return {};
}

Result<void> check_power(const Spec& spec, const Inputs& inputs) {
  if (spec.it_power && spec.host_power && spec.host_power->value > spec.it_power->value &&
      differ(in_watts(spec.host_power->value), in_watts(spec.it_power->value))) {
    return contradiction("it_power_w", "is " + text_of(in_watts(spec.it_power->value), "W") +
                                           ", less than host_power_w, " +
                                           text_of(in_watts(spec.host_power->value), "W"));
  }
  const std::optional<double> count = known_count(spec, inputs);
  if (spec.it_power && spec.accelerator_power && count) {
    const double boards = in_watts(spec.accelerator_power->value) * *count;
    const double stated = in_watts(spec.it_power->value);
    if (spec.host_power && differ(stated, boards + in_watts(spec.host_power->value))) {
      return contradiction("it_power_w",
          "is " + text_of(stated, "W") + ", but accelerator_power_w x accelerator_count + host_power_w is " +
              text_of(boards + in_watts(spec.host_power->value), "W"));
    }
    if (!spec.host_power && boards > stated && differ(stated, boards)) {
      return contradiction("it_power_w", "is " + text_of(stated, "W") +
                                             ", less than accelerator_power_w x accelerator_count, " +
                                             text_of(boards, "W"));
    }
  }
  return {};
}

Result<void> check_energy(const Spec& spec) {
  if (!spec.measured_it_energy) return {};
  const double measured = in_kwh(spec.measured_it_energy->value);
  if (spec.measured_accelerator_energy &&
      spec.measured_accelerator_energy->value > spec.measured_it_energy->value &&
      differ(in_kwh(spec.measured_accelerator_energy->value), measured)) {
    return contradiction(
        "measured_it_energy_kwh", "is less than measured_accelerator_energy_kwh, which is part of it");
  }
  if (!spec.it_power || !spec.hours) return {};
  const double implied = in_kwh(spec.it_power->value * spec.hours->value);
  if (differ(measured, implied)) {
    return contradiction("measured_it_energy_kwh",
        "is " + text_of(measured, "kWh") + ", but it_power_w x hours is " + text_of(implied, "kWh"));
  }
  return {};
}

// Operations against parameters and tokens, and against what the devices can do in their time.
Result<void> check_flops(const Spec& spec, const Inputs& inputs) {
  const std::optional<Stated<double>>& active =
      spec.active_parameters ? spec.active_parameters : spec.parameters;
  const bool knows_weights = active && spec.tokens;
  const double of_weights = knows_weights ? 6 * active->value * spec.tokens->value : 0;
  if (spec.flops && knows_weights) {
    // attention and recomputation add to it; where only all parameters are stated, fewer may be active
    const bool too_many = spec.flops->value > far_apart * of_weights;
    const bool too_few = spec.active_parameters && spec.flops->value * far_apart < of_weights;
    if (too_many || too_few) {
      return contradiction("flops", "is " + text_of(spec.flops->value, "") + ", but 6 x " +
                                        (spec.active_parameters ? "active_parameters" : "parameters") +
                                        " x tokens is " + text_of(of_weights, ""));
    }
  }
  // stated hours: those from FLOPs agree by making
  if (!spec.flops && !knows_weights) return {};
  if (inputs.board_kinds != 1 || !inputs.boards[0].device || !inputs.boards[0].time) return {};
  const bool count_stated = inputs.has(FactorId::accelerator_hours) ||
                            (inputs.has(FactorId::accelerator_count) &&
                                inputs[FactorId::accelerator_count].origin != Origin::assumed);
  if (!count_stated || (inputs.has(FactorId::hours) && inputs[FactorId::hours].note == Note::from_flops))
    return {};
  const Accelerator& device = *inputs.boards[0].device;
  if (!device.peak_16bit_flops) return {};  // it may be faster than its fp32 rate
  const double needed = (spec.flops ? spec.flops->value : of_weights) /
                        (in_hours(inputs.boards[0].time->total()) * seconds_per_hour);
  // MFU speaks of the 16-bit rate; without it, 8-bit training may be twice as fast
  const double fastest = spec.mfu ? spec.mfu->value * *device.peak_16bit_flops : 2 * *device.peak_16bit_flops;
  if (needed > fastest * (1 + mfu_rounding)) {
    return contradiction(spec.hours || !spec.accelerator_hours ? "hours" : "accelerator_hours",
        "would need " + text_of(needed / 1e12, "TFLOP/s") + " of each device, more than " +
            (spec.mfu ? "mfu x" : "twice") + " its 16-bit rate, " + text_of(fastest / 1e12, "TFLOP/s"));
  }
  return {};
}

Result<void> check_hardware(const Spec& spec, const Inputs& inputs) {
  if (spec.parameters && spec.active_parameters && spec.active_parameters->value > spec.parameters->value) {
    return contradiction("active_parameters", "is more than parameters");
  }
  if (!spec.instance || !spec.nodes || !spec.accelerator_count || !inputs.instance) return {};
  const double of_one = *inputs.instance.number(column(TableId::instances, "accelerator_count"));
  if (differ(spec.accelerator_count->value, spec.nodes->value * of_one)) {
    return contradiction("accelerator_count",
        "is " + text_of(spec.accelerator_count->value, "") + ", but " + text_of(spec.nodes->value, "") +
            " nodes " + in_quotes(inputs.instance.id()) + " hold " + text_of(spec.nodes->value * of_one, ""));
  }
  return {};
}

}  // namespace

Result<void> check_contradictions(const Spec& spec, const Inputs& inputs) {
  if (Result<void> done = check_time(spec, inputs); !done) return done;
  if (Result<void> done = check_power(spec, inputs); !done) return done;
  if (Result<void> done = check_energy(spec); !done) return done;
  if (Result<void> done = check_hardware(spec, inputs); !done) return done;
  return check_flops(spec, inputs);
}

Result<void> refuse_assumed(const Inputs& inputs) {
  std::string names;
  std::string instead;
  each_factor(inputs, [&](const Factor& factor) {
    if (factor.origin != Origin::assumed) return;
    const FactorKind& what = kind(factor.id);
    names += names.empty() ? "" : ", ";
    names += what.name;
    if (what.flag.empty()) return;
    instead += instead.empty() ? "state " : ", ";
    instead += what.flag;
  });
  if (names.empty()) return {};
  return Error{ErrorKind::refused, {}, "--strict: would have to assume " + names, instead};
}

}  // namespace footpound
