// SPDX-License-Identifier: MIT
#include "read/slurm/slurm_job.hpp"

#include <algorithm>

#include "read/slurm/slurm_devices.hpp"
#include "record/fields.hpp"

namespace footpound {

namespace {

// More than any node draws: a counter that wrapped, or a marker of "unknown".
constexpr double most_watts_per_node = 20'000;
constexpr double bytes_per_gb = 1e9;
constexpr double longest_seconds = 4294967294.0;  // Slurm's 32-bit marker NO_VAL

void mark(Record& record, const Field& field, std::string_view said) {
  record.stated |= bit(field);
  record.said[index_of(field)] = said;
}

// The fields that jobs state, found once.
struct Known {
  const Field& name = *find_field("name");
  const Field& hours = *find_field("hours");
  const Field& start = *find_field("start");
  const Field& accelerator = *find_field("accelerator");
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
const Known& known() {
  static const Known fields;
  return fields;
}

bool is(std::string_view state, std::string_view word) {
  return state.substr(0, word.size()) == word &&
         (state.size() == word.size() || state[word.size()] == ' ' || state[word.size()] == '+');
}

Error skipped(std::string what) { return Error{ErrorKind::skipped, {}, std::move(what), {}}; }

Result<double> elapsed_of(const SlurmJob& job) {
  const std::size_t dot = job.id.find('.');
  if (dot != std::string_view::npos) return skipped("a step of job " + std::string(job.id.substr(0, dot)));
  if (is(job.state, "PENDING")) return skipped("pending, it has not started");
  std::optional<double> elapsed = job.elapsed_seconds;
  if (!elapsed && job.start && job.end) elapsed = job.end->epoch_seconds - job.start->epoch_seconds;
  if (!elapsed) {
    return Error{ErrorKind::missing, std::string(job.elapsed_said), "is empty",
        "print ElapsedRaw, Elapsed, or Start and End"};
  }
  if (*elapsed == 0) return skipped("it ran for 0 s");
  if (!(*elapsed > 0 && *elapsed < longest_seconds)) {
    return Error{
        ErrorKind::out_of_range, std::string(job.elapsed_said), "is no time that a job can take", {}};
  }
  return *elapsed;
}

// What the map knows of the place: of its nodes first, then of its partition.
struct Site {
  const SiteEntry* node = nullptr;
  const SiteEntry* partition = nullptr;

  std::string_view text(std::string SiteEntry::*member) const {
    if (node != nullptr && !(node->*member).empty()) return node->*member;
    return partition != nullptr ? std::string_view(partition->*member) : std::string_view();
  }
  std::optional<double> pue() const {
    if (node != nullptr && node->pue) return node->pue;
    return partition != nullptr ? partition->pue : std::nullopt;
  }
};

Result<Site> site_of(const SlurmJob& job, const SiteMap* map) {
  Site site;
  if (map == nullptr) return site;
  const Result<const SiteEntry*> node = map->nodes(job.node_list);
  if (!node) {
    Error error = node.error();
    error.field = "NodeList";
    return error;
  }
  site.node = *node;
  site.partition = map->partition(job.partition);
  return site;
}

bool states(const Record& record, const Field& field) { return (record.stated & bit(field)) != 0; }

// Under what a column of the record itself says.
void lay_place(const Site& site, Record& record) {
  if (const std::string_view cpu = site.text(&SiteEntry::cpu); !cpu.empty() && !states(record, known().cpu)) {
    record.spec.cpu = cpu;
    mark(record, known().cpu, "--map: cpu");
  }
  if (const std::string_view region = site.text(&SiteEntry::region);
      !region.empty() && !states(record, known().region)) {
    record.spec.region = region;
    mark(record, known().region, "--map: region");
  }
  if (const std::optional<double> pue = site.pue(); pue && !states(record, known().pue)) {
    record.spec.pue = Stated<Pue>{Pue(*pue), 0};
    mark(record, known().pue, "--map: pue");
  }
}

void lay_host(const SlurmJob& job, Record& record) {
  const auto state = [&](std::optional<Stated<double>> Spec::*member, const Field& field,
                         std::optional<double> value) {
    if (!value || !(*value > 0)) return;
    record.spec.*member = Stated<double>{*value, 0};
    mark(record, field, job.tres_said);
  };
  state(&Spec::nodes, known().nodes, job.tres.nodes ? job.tres.nodes : job.nodes);
  state(&Spec::cpu_cores, known().cpu_cores, job.tres.cpus ? job.tres.cpus : job.cpus);
  if (job.tres.memory_bytes) state(&Spec::memory_gb, known().memory, *job.tres.memory_bytes / bytes_per_gb);
}

Result<void> lay_devices(
    const SlurmJob& job, const Site& site, const SiteMap* map, SlurmCounts& counts, Record& record) {
  Spec& spec = record.spec;
  std::string_view untyped = site.text(&SiteEntry::accelerator);
  if (spec.accelerator && (untyped.empty() || states(record, known().accelerator)))
    untyped = *spec.accelerator;
  const bool type_needed = !spec.accelerator_power && !spec.it_power && !spec.measured_it_energy &&
                           !spec.measured_accelerator_energy;
  const Result<SlurmDevices> devices = slurm_devices(job.tres, map, untyped, type_needed);
  // what was allocated is known, so that flags about accelerators give way, down to "none"
  mark(record, known().accelerator, job.tres_said);
  mark(record, known().accelerator_count, job.tres_said);
  spec.accelerator.reset();
  spec.accelerator_count.reset();
  spec.accelerator_hours.reset();
  if (!devices) {
    // the metered whole needs no parts
    if (spec.measured_it_energy && devices.error().kind == ErrorKind::missing) return {};
    return devices.error();
  }
  if (devices->uncounted_gres) counts.add(SlurmCase::uncounted_gres);
  if (devices->group_count > 1) {
    for (std::size_t i = 0; i < devices->group_count; ++i) {
      if (devices->groups[i].accelerator.empty())
        return Error{ErrorKind::missing, {}, "has GPUs of a type and of none",
            "name the others in section \"gres\" of --map FILE"};
    }
    spec.groups = devices->groups;
    spec.group_count = devices->group_count;
  } else if (devices->group_count == 1) {
    if (!devices->groups[0].accelerator.empty()) spec.accelerator = devices->groups[0].accelerator;
    spec.accelerator_count = Stated<double>{devices->groups[0].count, 0};
  } else {
    spec.accelerator_count = Stated<double>{0, 0};
  }
  return {};
}

bool has_devices(const Tres& tres) {
  const auto end = tres.gres.begin() + static_cast<std::ptrdiff_t>(tres.gres_count);
  return std::any_of(tres.gres.begin(), end,
      [](const Tres::Gres& gres) { return gres.name.substr(0, 3) == "gpu" && gres.count > 0; });
}

void lay_energy(const SlurmJob& job, double elapsed, SlurmMeter meter, SlurmCounts& counts, Record& record) {
  Spec& spec = record.spec;
  if (meter == SlurmMeter::none || (meter == SlurmMeter::gpu && !has_devices(job.tres))) return;
  const double joules = (job.joules ? job.joules : job.tres.joules).value_or(0);
  if (joules == 0) {
    counts.add(SlurmCase::unmetered);
    return;
  }
  const double nodes = spec.nodes ? spec.nodes->value : 1;
  if (!(joules > 0 && joules / elapsed / nodes <= most_watts_per_node)) {
    counts.add(SlurmCase::implausible);
    return;
  }
  constexpr std::string_view said = "ConsumedEnergyRaw";
  if (meter == SlurmMeter::node) {
    spec.measured_it_energy = Stated<Energy>{kilowatt_hours(joules / joules_per_kwh), 0};
    mark(record, known().it_energy, said);
  } else if (meter == SlurmMeter::gpu) {
    spec.measured_accelerator_energy = Stated<Energy>{kilowatt_hours(joules / joules_per_kwh), 0};
    mark(record, known().accelerator_energy, said);
  } else {
    spec.host_power = Stated<Power>{watts(joules / elapsed), 0};
    mark(record, known().host_power, said);
  }
}

}  // namespace

Result<void> describe_slurm_job(
    const SlurmJob& job, const SlurmOptions& options, SlurmCounts& counts, Record& record) {
  const Result<double> elapsed = elapsed_of(job);
  if (!elapsed) return elapsed.error();
  if (is(job.state, "RUNNING")) counts.add(SlurmCase::running);
  Spec& spec = record.spec;
  spec.hours = Stated<Duration>{hours(*elapsed / seconds_per_hour), 0};
  mark(record, known().hours, job.elapsed_said);
  if (job.start) {
    spec.start = job.start;
    mark(record, known().start, "Start");
    spec.end.reset();  // a flag's; Slurm's own end differs from the elapsed time where a job was suspended
  }
  if (!job.name.empty()) {
    spec.name = job.name;
    mark(record, known().name, "JobName");
  }
  const Result<Site> site = site_of(job, options.site());
  if (!site) return site.error();
  lay_place(*site, record);
  lay_host(job, record);
  lay_energy(job, *elapsed, options.energy, counts, record);
  if (job.has_tres) {
    if (Result<void> done = lay_devices(job, *site, options.site(), counts, record); !done) {
      if (done.error().field.empty()) done.error().field = job.tres_said;
      return done;
    }
  } else if (!spec.accelerator && !spec.accelerator_count && !spec.it_power && !spec.measured_it_energy) {
    return Error{ErrorKind::missing, std::string(job.tres_said),
        "is not there, so the job's GPUs are not known",
        "print AllocTRES (sacct -o ...,AllocTRES), or state --gpu and --gpu-count (0 for none)"};
  }
  return {};
}

void SlurmTally::add(const SlurmCounts& counts) {
  for (std::size_t i = 0; i < slurm_cases; ++i) counts_[i] += counts.counts_[i];
}

std::vector<std::string> SlurmTally::notes() const {
  struct Words {
    const char* one;
    const char* many;
    const char* what;
  };
  constexpr Words words[slurm_cases] = {
      {"job is", "jobs are", "still running: estimated for the time so far"},
      {"job has", "jobs have", "no energy recorded by Slurm: estimated instead"},
      {"job has", "jobs have",
          "an energy recorded by Slurm that is not plausible (above 20 kW a node): estimated instead"},
      {"job holds", "jobs hold",
          "other gres than GPUs, which are not counted; where they are accelerators, name them in section "
          "\"gres\" of --map"},
      {"job has", "jobs have",
          "times without an offset, taken as UTC; state --timezone, or run sacct with SLURM_TIME_FORMAT=%s"},
      {"job has", "jobs have", "an Elapsed of one or two parts, taken as SS or MM:SS"},
  };
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < slurm_cases; ++i) {
    const std::uint64_t count = counts_[i].load();
    if (count == 0) continue;
    notes.push_back(
        std::to_string(count) + " " + (count == 1 ? words[i].one : words[i].many) + " " + words[i].what);
  }
  return notes;
}

}  // namespace footpound
