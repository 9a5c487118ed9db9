// SPDX-License-Identifier: MIT
#include "estimate/checks.hpp"

#include <cmath>
#include <string>

#include "footpound/units/number_text.hpp"

namespace footpound {

namespace {

constexpr double rounding = 0.01;

bool differ(double a, double b) { return std::abs(a - b) > rounding * std::max(std::abs(a), std::abs(b)); }

Error contradiction(std::string field, std::string what) {
  return Error{ErrorKind::contradiction, std::move(field), std::move(what), "state one of them, or make them agree"};
}

}  // namespace

Result<void> check_contradictions(const Spec& spec, const Inputs& inputs) {
  if (spec.hours && spec.accelerator_hours && spec.accelerator_count && spec.accelerator_count->value > 0) {
    const double implied = in_hours(spec.accelerator_hours->value) / spec.accelerator_count->value;
    const double stated = in_hours(spec.hours->value);
    if (differ(stated, implied)) {
      return contradiction("hours", "is " + human_number(stated) + " h, but accelerator_hours / accelerator_count is " +
                                        human_number(implied) + " h");
    }
  }
  if (spec.it_power && spec.host_power && spec.host_power->value > spec.it_power->value &&
      differ(in_watts(spec.host_power->value), in_watts(spec.it_power->value))) {
    return contradiction("it_power_w", "is " + human_number(in_watts(spec.it_power->value)) + " W, less than host_power_w, " +
                                           human_number(in_watts(spec.host_power->value)) + " W");
  }
  if (spec.it_power && spec.accelerator_power && spec.accelerator_count) {
    const double boards = in_watts(spec.accelerator_power->value) * spec.accelerator_count->value;
    const double stated = in_watts(spec.it_power->value);
    if (spec.host_power && differ(stated, boards + in_watts(spec.host_power->value))) {
      return contradiction("it_power_w", "is " + human_number(stated) + " W, but accelerator_power_w x accelerator_count + host_power_w is " +
                                             human_number(boards + in_watts(spec.host_power->value)) + " W");
    }
    if (!spec.host_power && boards > stated && differ(stated, boards)) {
      return contradiction("it_power_w", "is " + human_number(stated) + " W, less than accelerator_power_w x accelerator_count, " +
                                             human_number(boards) + " W");
    }
  }
  if (spec.measured_it_energy && spec.measured_accelerator_energy &&
      spec.measured_accelerator_energy->value > spec.measured_it_energy->value &&
      differ(in_kwh(spec.measured_accelerator_energy->value), in_kwh(spec.measured_it_energy->value))) {
    return contradiction("measured_it_energy_kwh", "is less than measured_accelerator_energy_kwh, which is part of it");
  }
  if (spec.parameters && spec.active_parameters && spec.active_parameters->value > spec.parameters->value) {
    return contradiction("active_parameters", "is more than parameters");
  }
  if (inputs.hours && spec.start && spec.end && spec.end->epoch_seconds < spec.start->epoch_seconds) {
    return contradiction("end", "is before start");
  }
  return {};
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
