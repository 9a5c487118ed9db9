// SPDX-License-Identifier: MIT
#include "read/slurm/slurm_job.hpp"

#include <algorithm>
#include <array>

#include "read/slurm/slurm_place.hpp"
#include "read/slurm/stated_fields.hpp"

namespace footpound {

namespace {

// More than any node draws: a counter that wrapped, or a marker of "unknown".
constexpr double most_watts_per_node = 20'000;
constexpr double bytes_per_gb = 1e9;
constexpr double longest_seconds = 4294967294.0;  // Slurm's 32-bit marker NO_VAL

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
  if (!elapsed && !job.start && job.end) return skipped("it never started");
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

// Under what a column of the record itself says.
Result<void> lay_place(const SlurmPlace& place, Record& record) {
  if (!states(record, known().cpu)) {
    const Result<std::string_view> cpu = place.text(&SiteEntry::cpu);
    if (!cpu) return cpu.error();
    if (!cpu->empty()) {
      record.spec.cpu = *cpu;
      mark(record, known().cpu, "--map: cpu");
    }
  }
  if (!states(record, known().region)) {
    const Result<std::string_view> region = place.text(&SiteEntry::region);
    if (!region) return region.error();
    if (!region->empty()) {
      record.spec.region = *region;
      mark(record, known().region, "--map: region");
    }
  }
  if (!states(record, known().pue)) {
    const Result<std::optional<double>> pue = place.number(&SiteEntry::pue);
    if (!pue) return pue.error();
    if (*pue) {
      record.spec.pue = Stated<Pue>{Pue(**pue), 0};
      mark(record, known().pue, "--map: pue");
    }
  }
  return {};
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

bool has_devices(const Tres& tres) {
  const auto end = tres.gres.begin() + static_cast<std::ptrdiff_t>(tres.gres_count);
  return std::any_of(tres.gres.begin(), end,
      [](const Tres::Gres& gres) { return gres_family(gres.name) == "gpu" && gres.count > 0; });
}

void lay_energy(const SlurmJob& job, double elapsed, SlurmMeter meter, SlurmCases& cases, Record& record) {
  Spec& spec = record.spec;
  if (meter == SlurmMeter::none || (meter == SlurmMeter::gpu && !has_devices(job.tres))) return;
  const double joules = (job.joules ? job.joules : job.tres.joules).value_or(0);
  const bool is_marker = is_short_marker(joules) || is_short_marker(job.tres.joules.value_or(0));
  if (joules == 0) {
    cases.add(SlurmCase::unmetered);
    return;
  }
  const double nodes = spec.nodes ? spec.nodes->value : 1;
  if (is_marker || !(joules > 0 && joules / elapsed / nodes <= most_watts_per_node)) {
    cases.add(SlurmCase::implausible);
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

JobMark mark_of(const SlurmJob& job) {
  JobMark mark;
  const double start = job.start ? job.start->epoch_seconds : 0;
  if (!job.sluid.empty()) {
    mark.fingerprint = fingerprint_of("sluid", job.sluid, start);
  } else if (job.start) {
    mark.fingerprint = fingerprint_of(job.cluster, job.raw_id.empty() ? job.id : job.raw_id, start);
  }
  mark.runs_on = is(job.state, "RUNNING");
  return mark;
}

bool asks_for_gpus(std::string_view line) {
  constexpr std::array flags = {std::string_view("--gpus"), std::string_view("--gres=gpu"),
      std::string_view("--gres gpu"), std::string_view("--gres=gres:gpu"), std::string_view(" -G")};
  return std::any_of(
      flags.begin(), flags.end(), [&](std::string_view flag) { return line.find(flag) != line.npos; });
}

Result<void> describe_slurm_job(
    const SlurmJob& job, const SlurmOptions& options, SlurmCases& cases, Record& record) {
  const Result<double> elapsed = elapsed_of(job);
  if (!elapsed) return elapsed.error();
  if (is(job.state, "RUNNING")) cases.add(SlurmCase::running);
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
  const Result<SlurmPlace> place = SlurmPlace::of(job, options.site());
  if (!place) return place.error();
  if (Result<void> done = lay_place(*place, record); !done) return done;
  lay_host(job, record);
  lay_energy(job, *elapsed, options.energy, cases, record);
  if (job.has_tres) {
    if (Result<void> done = lay_devices(job, *place, options.site(), cases, record); !done) {
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

}  // namespace footpound
