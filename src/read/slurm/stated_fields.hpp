// SPDX-License-Identifier: MIT
// The fields that Slurm's jobs state, and what a record states of them itself.
#pragma once

#include <string_view>

#include "read/slurm/site_map.hpp"
#include "read/slurm/slurm_job.hpp"
#include "read/slurm/slurm_place.hpp"
#include "record/fields.hpp"
#include "record/record.hpp"

namespace footpound {

inline void mark(Record& record, const Field& field, std::string_view said) {
  record.stated |= bit(field);
  record.said[index_of(field)] = said;
}

// The fields that jobs state, found once.
struct SlurmFields {
  const Field& name = *find_field("name");
  const Field& hours = *find_field("hours");
  const Field& start = *find_field("start");
  const Field& accelerator = *find_field("accelerator");
  const Field& accelerator_hours = *find_field("accelerator_hours");
  const Field& accelerator_count = *find_field("accelerator_count");
  const Field& nodes = *find_field("nodes");
  const Field& cpu = *find_field("cpu");
  const Field& cpu_cores = *find_field("cpu_cores");
  const Field& memory = *find_field("memory_gb");
  const Field& host_power = *find_field("host_power_w");
  const Field& it_energy = *find_field("measured_it_energy_kwh");
  const Field& accelerator_energy = *find_field("measured_accelerator_energy_kwh");
  const Field& region = *find_field("region");
  const Field& pue = *find_field("pue");
};
inline const SlurmFields& known() {
  static const SlurmFields fields;
  return fields;
}

inline bool states(const Record& record, const Field& field) { return (record.stated & bit(field)) != 0; }

// Where a power or an energy is stated, it does not matter of what.
inline bool needs_type(const Spec& spec) {
  return !spec.accelerator_power && !spec.it_power && !spec.measured_it_energy &&
         !spec.measured_accelerator_energy;
}

// Lays the job's accelerators over the spec, and adds to `cases` what is to be told. `map` may be nullptr.
Result<void> lay_devices(
    const SlurmJob& job, const SlurmPlace& place, const SiteMap* map, SlurmCases& cases, Record& record);

}  // namespace footpound
