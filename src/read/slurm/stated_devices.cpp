// SPDX-License-Identifier: MIT
// Whose word counts of a job's accelerators: the record's own columns, then what was accounted, then the map,
// then flags.
#include "read/slurm/slurm_devices.hpp"
#include "read/slurm/stated_fields.hpp"

namespace footpound {

namespace {

// Of a job with no GPUs accounted: those that the map counts by nodes, or none, which is told where it is in
// doubt.
Result<SlurmDevices> devices_of_nodes(const SlurmJob& job, const SlurmPlace& place, std::string_view kind,
    SlurmCases& cases, const Spec& spec) {
  SlurmDevices devices;
  const Result<std::optional<double>> per_node = place.number(&SiteEntry::gpus_per_node);
  if (!per_node) return per_node.error();
  if (*per_node) {
    if (kind.empty() && needs_type(spec)) {
      return Error{ErrorKind::missing, {}, "has the gpus_per_node of --map, whose type nobody says",
          "name their accelerator in --map FILE, or with --gpu"};
    }
    cases.add(SlurmCase::gpus_by_node);
    devices.groups[devices.group_count++] = {kind, **per_node * (spec.nodes ? spec.nodes->value : 1)};
    return devices;
  }
  const Result<std::string_view> placed = place.text(&SiteEntry::accelerator);
  const bool in_doubt = job.asks_for_gpus || !placed || !placed->empty();
  if (in_doubt && !spec.it_power && !spec.measured_it_energy) cases.add(SlurmCase::no_gpus);
  return devices;
}

// What the record's own columns say of its accelerators stands above what was accounted.
Result<void> keep_own(const SlurmDevices& devices, std::string_view kind, Record& record) {
  Spec& spec = record.spec;
  const bool own_kind = states(record, known().accelerator) && spec.accelerator;
  if (!states(record, known().accelerator_count) && devices.group_count > 0) {
    spec.accelerator_count = Stated<double>{devices.count(), 0};
    mark(record, known().accelerator_count, "AllocTRES");
  }
  if (own_kind || !spec.accelerator_count || spec.accelerator_count->value == 0) return {};
  if (devices.group_count > 1) {
    if (devices.count() == spec.accelerator_count->value) {
      spec.groups = devices.groups;
      spec.group_count = devices.group_count;
      spec.accelerator.reset();
      spec.accelerator_count.reset();
      return {};
    }
    return Error{ErrorKind::contradiction, {},
        "has several kinds of GPUs, and the record another number of them", "state of which kind they are"};
  }
  const std::string_view accounted = devices.group_count == 1 ? devices.groups[0].accelerator : kind;
  if (accounted.empty() && needs_type(spec)) {
    return Error{ErrorKind::missing, {}, "says no type of the accelerators that the record counts",
        "name it by partition or node in --map FILE, or with --gpu"};
  }
  spec.accelerator.reset();
  if (!accounted.empty()) spec.accelerator = accounted;
  mark(record, known().accelerator, "AllocTRES");
  return {};
}

// What was accounted, where the record's own columns say nothing: flags about accelerators give way, down to
// "none".
Result<void> lay_accounted(const SlurmDevices& devices, Record& record) {
  Spec& spec = record.spec;
  spec.accelerator.reset();
  spec.accelerator_count.reset();
  if (devices.group_count > 1) {
    for (std::size_t i = 0; i < devices.group_count; ++i) {
      if (devices.groups[i].accelerator.empty())
        return Error{ErrorKind::missing, {}, "has GPUs of a type and of none",
            "name the others in section \"gres\" of --map FILE"};
    }
    spec.groups = devices.groups;
    spec.group_count = devices.group_count;
  } else if (devices.group_count == 1) {
    if (!devices.groups[0].accelerator.empty()) spec.accelerator = devices.groups[0].accelerator;
    spec.accelerator_count = Stated<double>{devices.groups[0].count, 0};
  } else {
    spec.accelerator_count = Stated<double>{0, 0};
  }
  return {};
}

}  // namespace

Result<void> lay_devices(
    const SlurmJob& job, const SlurmPlace& place, const SiteMap* map, SlurmCases& cases, Record& record) {
  Spec& spec = record.spec;
  const bool own_kind = states(record, known().accelerator) && spec.accelerator;
  const bool own_count = states(record, known().accelerator_count) && spec.accelerator_count;
  const Result<std::string_view> placed = place.text(&SiteEntry::accelerator);
  DeviceNames names;
  names.site = map;
  if (placed) {
    names.placed = *placed;
    names.untyped = *placed;
    if (spec.accelerator && (placed->empty() || own_kind)) names.untyped = *spec.accelerator;
  } else if (own_kind) {
    names.untyped = *spec.accelerator;
  }
  names.type_needed = needs_type(spec) && !own_kind;
  Result<SlurmDevices> devices = own_kind && own_count ? SlurmDevices() : slurm_devices(job.tres, names);
  if (devices && devices->group_count == 0 && !own_kind && !own_count)
    devices = devices_of_nodes(job, place, names.untyped, cases, spec);
  if (!states(record, known().accelerator_hours)) spec.accelerator_hours.reset();
  if (!own_kind && !own_count) {
    mark(record, known().accelerator, job.tres_said);
    mark(record, known().accelerator_count, job.tres_said);
  }
  if (!devices) {
    if (devices.error().kind == ErrorKind::missing) {
      // the metered whole needs no parts
      if (spec.measured_it_energy) {
        if (!own_kind) spec.accelerator.reset();
        if (!own_count) spec.accelerator_count.reset();
        return {};
      }
      if (!placed) return placed.error();
    }
    return devices.error();
  }
  if (devices->uncounted_gres) cases.add(SlurmCase::uncounted_gres);
  return own_kind || own_count ? keep_own(*devices, names.untyped, record) : lay_accounted(*devices, record);
}

}  // namespace footpound
