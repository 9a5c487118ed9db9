// SPDX-License-Identifier: MIT
#include "published/comparison.hpp"

#include <fmt/format.h>

#include "estimate/spec.hpp"
#include "factors/tables.hpp"

namespace footpound {

namespace {

ResolveOptions within(Boundary boundary) {
  ResolveOptions options;
  options.boundary = boundary;
  return options;
}

// Sources print energies of the boards alone, of the IT, and of the building.
double pue_inside(Row run, bool boards_alone) {
  constexpr int has_pue = column(TableId::runs, "energy_has_pue");
  const bool without = run.has(has_pue) && !run.flag(has_pue);
  return boards_alone || without ? 1 : run_number(run, "pue").value_or(1);
}

template <class T>
std::optional<Stated<T>> stated(std::optional<double> value) {
  if (!value) return std::nullopt;
  return Stated<T>{T(*value), 0};
}

// Hardware, as far as the source names it.
Spec hardware_of(Row run) {
  Spec spec;
  const std::string_view accelerator = run_text(run, "accelerator");
  if (!accelerator.empty()) spec.accelerator = accelerator;
  spec.accelerator_count = stated<double>(run_number(run, "accelerator_count"));
  return spec;
}

Spec with_flops(Row run) {
  Spec spec = hardware_of(run);
  if (run_number(run, "tokens") && run_number(run, "active_parameters")) {
    spec.active_parameters = stated<double>(run_number(run, "active_parameters"));
    spec.parameters = stated<double>(run_number(run, "parameters"));
    spec.tokens = stated<double>(run_number(run, "tokens"));
  } else {
    spec.flops = stated<double>(independent_flops(run));
  }
  return spec;
}

Interval<double> in_kwh(const Doubtful<Energy>& energy) {
  return {in_kwh(energy.low()), in_kwh(energy.value), in_kwh(energy.high())};
}

}  // namespace

std::string_view name(Basis basis) {
  switch (basis) {
    case Basis::power_and_hours: return "power and hours";
    case Basis::hardware_and_hours: return "hardware and hours";
    case Basis::flops_and_hardware: return "FLOPs and hardware";
    case Basis::energy: return "energy and intensity";
  }
  return {};
}

std::string_view name(Measure measure) {
  switch (measure) {
    case Measure::energy_kwh: return "energy_kwh";
    case Measure::accelerator_hours: return "accelerator_hours";
    case Measure::co2e_kg: return "co2e_kg";
  }
  return {};
}

std::optional<double> run_number(Row run, std::string_view key) {
  return run.number(find_column(run.table().def(), key));
}
std::string_view run_text(Row run, std::string_view key) {
  return run.text(find_column(run.table().def(), key));
}

bool usable_for(Row run, std::string_view step) {
  bool found = false;
  each_item(run_text(run, "usable_for"), [&](std::string_view item) { found = found || item == step; });
  return found;
}

bool is_independent(Row run) { return run_text(run, "circular") == "no"; }

std::optional<double> independent_flops(Row run) {
  const std::optional<double> active = run_number(run, "active_parameters");
  const std::optional<double> tokens = run_number(run, "tokens");
  if (active && tokens) return 6 * *active * *tokens;
  if (run_text(run, "circular") == "FLOPs may be derived from hours") return std::nullopt;
  return run_number(run, "flops");
}

std::string doubts(Row run) {
  std::string text;
  const auto add = [&](std::string_view doubt) {
    if (doubt.empty()) return;
    if (!text.empty()) text += "; ";
    text += doubt;
  };
  const std::string_view circular = run_text(run, "circular");
  if (circular == "yes")
    add("circular: the published total follows from rated power or hours");
  else if (circular == "unclear")
    add("may be circular");
  else if (circular != "no")
    add(circular);
  if (run_text(run, "confidence") == "one_source") add("one source");
  add(run.note());
  return text;
}

Recomputer::Recomputer(const Catalog& catalog)
    : boards_(catalog, within(Boundary::accelerators)), it_(catalog, within(Boundary::it)) {}

std::optional<Estimate> Recomputer::answer(const Spec& spec, bool boards_alone) {
  Resolver& resolver = boards_alone ? boards_ : it_;
  if (!resolver.resolve(spec, inputs_)) return std::nullopt;
  return estimate(inputs_);
}

std::vector<Comparison> Recomputer::compare(Row run) {
  std::vector<Comparison> found;
  energy(run, found);
  hours_from_flops(run, found);
  co2e(run, found);
  return found;
}

void Recomputer::energy(Row run, std::vector<Comparison>& out) {
  const std::optional<double> boards = run_number(run, "gpu_energy_kwh");
  const std::optional<double> published = boards ? boards : run_number(run, "energy_kwh");
  if (!published) return;
  const bool boards_alone = boards.has_value() || run_text(run, "energy_of") == "accelerators";
  const auto add = [&](Basis basis, Spec spec, bool without_host) {
    spec.pue = Stated<Pue>{Pue(pue_inside(run, boards.has_value())), 0};
    const std::optional<Estimate> ours = answer(spec, without_host);
    if (!ours) return;
    out.push_back({run, Measure::energy_kwh, basis, *published, in_kwh(ours->energy), boards_alone});
  };
  const std::optional<Stated<Duration>> device_time = stated<Duration>(run_number(run, "accelerator_hours"));
  if (device_time) {
    Spec spec = hardware_of(run);
    spec.accelerator_hours = device_time;
    spec.accelerator_power = stated<Power>(run_number(run, "accelerator_power_w"));
    // a stated power covers what the published energy covers: nothing is to be added
    if (spec.accelerator_power) add(Basis::power_and_hours, spec, true);
    spec.accelerator_power.reset();
    if (spec.accelerator) add(Basis::hardware_and_hours, spec, boards_alone);
  }
  if (independent_flops(run)) add(Basis::flops_and_hardware, with_flops(run), boards_alone);
}

void Recomputer::hours_from_flops(Row run, std::vector<Comparison>& out) {
  const std::optional<double> published = run_number(run, "accelerator_hours");
  if (!published || !independent_flops(run)) return;
  if (!answer(with_flops(run), true) || !inputs_.has(FactorId::hours) ||
      !inputs_.has(FactorId::accelerator_count))
    return;
  const Interval<double> hours = interval(inputs_[FactorId::hours]);
  const double count = inputs_[FactorId::accelerator_count].as<double>();
  out.push_back({run, Measure::accelerator_hours, Basis::flops_and_hardware, *published,
      {hours.low * count, hours.value * count, hours.high * count}, false});
}

void Recomputer::co2e(Row run, std::vector<Comparison>& out) {
  const std::optional<double> published = run_number(run, "co2e_kg");
  const std::optional<double> energy_kwh = run_number(run, "energy_kwh");
  const std::optional<double> intensity = run_number(run, "intensity_g_per_kwh");
  if (!published || !energy_kwh || !intensity) return;
  Spec spec;
  spec.measured_it_energy = stated<Energy>(energy_kwh);  // as published, buildings and all
  spec.pue = Stated<Pue>{};
  spec.intensity = stated<Intensity>(intensity);
  const std::optional<Estimate> ours = answer(spec, false);
  if (!ours) return;
  out.push_back({run, Measure::co2e_kg, Basis::energy, *published,
      {in_kilograms(ours->co2e.low()), in_kilograms(ours->co2e.value), in_kilograms(ours->co2e.high())},
      false});
}

}  // namespace footpound
