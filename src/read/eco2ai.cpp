// SPDX-License-Identifier: MIT
// eco2AI's emission.csv: a row for each run, or for each epoch of one, with the energy of processors, memory
// and GPUs. A PUE that the tracker was given is in the energy and stands nowhere; its default is 1.
#include <algorithm>
#include <array>

#include "read/importer.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

using Role = ImportColumn::Role;

constexpr std::array columns = {
    ImportColumn{"power_consumption(kwh)", "measured_it_energy_kwh", kwh_of_run, Role::needed,
        "power_consumption(kwth)"},
    ImportColumn{"co2_emissions(kg)"},
    ImportColumn{"duration(s)", "hours", seconds_of_run, Role::tells},
    ImportColumn{"start_time", "start", as_moment},
    ImportColumn{"project_name", "name", as_text},
    ImportColumn{"region/country", {}, {}, Role::may_be_there, "country"},
    ImportColumn{"gpu_name"},
};

// "DE/Hesse", "(FR)" where the tracker was told the intensity, "WORLD" where it did not find out.
void state_place(ImportedRun& run) {
  std::string_view place = run.cell("region/country");
  if (place.starts_with('(') && place.ends_with(')')) place = place.substr(1, place.size() - 2);
  const std::size_t slash = std::min(place.find('/'), place.size());
  const std::string_view country = place.substr(0, slash);
  if (country != "WORLD") run.place(country, place.substr(std::min(slash + 1, place.size())));
}

// "NVIDIA A100-SXM4-80GB 4 device(s) method:nvml_energy"
void state_gpus(ImportedRun& run) {
  const std::string_view gpus = run.cell("gpu_name");
  const std::string_view counted = gpus.substr(0, gpus.find(" device(s)"));
  const std::size_t blank = counted.rfind(' ');
  double count = 0;
  if (counted.size() < gpus.size() && blank != counted.npos && parse_number(counted.substr(blank + 1), count))
    run.devices(counted.substr(0, blank), count);
}

Result<void> finish(ImportedRun& run) {
  state_place(run);
  state_gpus(run);
  return {};
}

}  // namespace

const Importer& eco2ai() {
  static constexpr Importer importer{"eco2AI's emission.csv", columns, finish, "N/A"};
  return importer;
}

}  // namespace footpound
