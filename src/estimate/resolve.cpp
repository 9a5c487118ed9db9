// SPDX-License-Identifier: MIT
#include "estimate/resolve.hpp"

#include "estimate/checks.hpp"
#include "estimate/resolve_words.hpp"
#include "estimate/spec.hpp"

namespace footpound {

bool says_accelerators(const Spec& spec) {
  if (spec.accelerator_count && spec.accelerator_count->value == 0 && spec.group_count == 0) return false;
  return spec.accelerator || spec.group_count > 0 || spec.accelerator_power || spec.accelerator_hours ||
         spec.instance || spec.measured_accelerator_energy || spec.accelerator_count;
}

bool says_host(const Spec& spec) { return spec.host_power || spec.cpu || spec.cpu_cores || spec.cpu_count; }

std::string_view name(Workload workload) {
  switch (workload) {
    case Workload::large_model: return "large-model";
    case Workload::general: return "general";
    case Workload::unknown: break;
  }
  return "unknown";
}

std::string_view name(Boundary boundary) { return boundary == Boundary::it ? "it" : "accelerators"; }

Resolver::Resolver(const Catalog& catalog, ResolveOptions options)
    : catalog_(catalog),
      options_(options),
      model_(catalog),
      tables_(std::in_place, catalog),
      lookups_(*tables_) {}

Resolver::Resolver(const Catalog& catalog, ResolveOptions options, Lookups& lookups)
    : catalog_(catalog), options_(options), model_(catalog), lookups_(lookups) {}

Result<void> Resolver::resolve(const Spec& spec, Inputs& inputs) {
  inputs.clear();
  if ((spec.hours && in_hours(spec.hours->value) == 0) ||
      (spec.accelerator_hours && in_hours(spec.accelerator_hours->value) == 0)) {
    return Error{ErrorKind::skipped, spec.hours ? "hours" : "accelerator_hours", "is 0: nothing ran", {}};
  }
  inputs.put(given(FactorId::trials, spec.trials.value_or(Stated<double>{1, 0})));
  if (Result<void> done = resolve_energy(spec, inputs); !done) return done;
  if (Result<void> done = resolve_place(spec, inputs); !done) return done;
  if (spec.embodied.value_or(false)) {
    if (Result<void> done = resolve_embodied(spec, inputs); !done) return done;
  }
  if (spec.price_usd_per_hour || !options_.prices.empty()) {
    if (Result<void> done = resolve_cost(spec, inputs); !done) return done;
  }
  if (Result<void> done = check_contradictions(spec, inputs); !done) return done;
  return options_.strict ? refuse_assumed(inputs) : Result<void>{};
}

Result<void> Resolver::resolve_energy(const Spec& spec, Inputs& inputs) {
  const bool only_accelerators = options_.boundary == Boundary::accelerators;
  if (spec.measured_it_energy || spec.it_power) {
    const std::string field = spec.measured_it_energy ? "measured_it_energy_kwh" : "it_power_w";
    if (only_accelerators) {
      return Error{ErrorKind::refused, field, "holds the hosts too",
          "leave out --boundary accelerators, or state the accelerators' own power or energy"};
    }
  }
  if (spec.measured_it_energy) {
    inputs.rung = EnergyRung::measured_it;
    inputs.put(given(FactorId::measured_it_energy, *spec.measured_it_energy));
    return {};
  }
  if (spec.measured_accelerator_energy) {
    inputs.rung = EnergyRung::measured_accelerator;
    inputs.put(given(FactorId::measured_accelerator_energy, *spec.measured_accelerator_energy));
    return find_host(spec, inputs, true);
  }
  if (spec.it_power) {
    inputs.rung = EnergyRung::it_power;
    inputs.put(given(FactorId::it_power, *spec.it_power));
    if (Result<void> done = find_hours(spec, inputs); !done) return done;
    if (!inputs.has(FactorId::hours))
      return missing("hours", "is not stated", "state --hours, or --start and --end");
    return {};
  }
  return resolve_parts(spec, inputs);
}

Result<void> Resolver::resolve_parts(const Spec& spec, Inputs& inputs) {
  inputs.rung = EnergyRung::parts;
  if (!says_accelerators(spec)) {
    if (options_.boundary == Boundary::accelerators) {
      return Error{ErrorKind::refused, "accelerator", "is not stated",
          "a job without accelerators has no boundary `accelerators`"};
    }
    if (!says_host(spec)) {
      if (spec.accelerator_count && spec.accelerator_count->value == 0) {
        return missing("accelerator_count", "is 0",
            "a job without accelerators needs --cpu NAME, --cpu-cores N or --host-power WATTS");
      }
      return missing("", "neither power nor hardware is stated",
          "state --gpu NAME, --it-power WATTS, --accelerator-power WATTS, or --cpu NAME");
    }
    return find_host(spec, inputs, false);
  }
  if (Result<void> done = find_boards(spec, inputs); !done) return done;
  if (Result<void> done = find_device_time(spec, inputs); !done) return done;
  if (Result<void> done = find_board_power(spec, inputs); !done) return done;
  return find_host(spec, inputs, spec.accelerator_power.has_value());
}

Result<void> Resolver::resolve_embodied(const Spec& spec, Inputs& inputs) {
  if (inputs.board_kinds == 0) {
    if (!says_accelerators(spec))
      return missing("embodied", "needs accelerators", "state --gpu NAME and --gpu-count");
    if (Result<void> done = find_boards(spec, inputs); !done) return done;
  }
  if (!inputs.boards[0].time) {
    if (Result<void> done = find_device_time(spec, inputs); !done) return done;
  }
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    const Boards& boards = inputs.boards[i];
    if (!boards.accelerator())
      return missing("accelerator", "is not stated", "embodied emissions need --gpu NAME");
    const Row row = embodied_row(catalog_, boards.accelerator());
    if (!row) {
      return missing("embodied", "no published figure for " + in_quotes(boards.accelerator().id()),
          "`footpound list embodied` shows what there is; add a row with --tables");
    }
    inputs.boards[i].put(embodied_factor(row));
    inputs.boards[i].put(model_.lifetime(row));
  }
  return {};
}

}  // namespace footpound
