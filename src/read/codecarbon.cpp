// SPDX-License-Identifier: MIT
// CodeCarbon's emissions.csv, of all versions. Its `cpu_count` are logical processors, its `region` a
// province, its `pue` is in the energy already.
#include <array>

#include "read/importer.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

using Role = ImportColumn::Role;

constexpr std::array columns = {
    ImportColumn{"emissions", {}, {}, Role::tells},
    ImportColumn{"energy_consumed", "measured_it_energy_kwh", kwh_of_run, Role::needed},
    ImportColumn{"pue", "pue", as_pue},
    ImportColumn{"duration", "hours", seconds_of_run},
    ImportColumn{"timestamp", "start", as_moment},  // of the end: finish() goes back from it
    ImportColumn{"project_name", "name", as_text},
    ImportColumn{"run_id"},
    ImportColumn{"country_iso_code"},
    ImportColumn{"region"},
    ImportColumn{"cloud_provider", "provider", as_text},
    ImportColumn{"cloud_region", "region", as_text},
    ImportColumn{"gpu_count"},
    ImportColumn{"gpu_model"},
};

// "4 x NVIDIA A100-SXM4-80GB", or a name alone. Several kinds stand there without anything between them,
// and cannot be told apart.
void state_gpus(ImportedRun& run) {
  constexpr std::string_view times = " x ";
  const std::string_view model = run.cell("gpu_model");
  const std::size_t at = model.find(times);
  double count = 0;
  if (at == model.npos || !parse_number(model.substr(0, at), count))
    return run.devices(model, run.number("gpu_count").value_or(0));
  const std::string_view name = model.substr(at + times.size());
  if (name.find(times) == name.npos)
    run.devices(name, count > 0 ? count : run.number("gpu_count").value_or(0));
}

Result<void> finish(ImportedRun& run) {
  Spec& spec = run.spec();
  if (run.states("pue")) {
    spec.measured_it_energy->value = spec.measured_it_energy->value / spec.pue->value;
    // 1 is the tracker's default, for "not looked at": then ours is sought
    if (spec.pue->value == Pue()) run.take_back("pue");
  }
  // the year is that of the start
  if (run.states("start")) spec.start->epoch_seconds -= run.number("duration").value_or(0);
  if (!run.states("region")) {
    run.take_back("provider");
    run.place(run.cell("country_iso_code"), run.cell("region"));
  }
  state_gpus(run);
  return {};
}

// flush() appends the totals so far (on_csv_write="append", the default).
constexpr std::array<std::string_view, 2> growing = {"duration", "energy_consumed"};

}  // namespace

const Importer& codecarbon() {
  static constexpr Importer importer{"CodeCarbon's emissions.csv", columns, finish, {},
      "CodeCarbon leaves out columns without a value when it appends to a file, and what follows is shifted: "
      "take the row out",
      "run_id", growing};
  return importer;
}

}  // namespace footpound
