// SPDX-License-Identifier: MIT
// One job as Slurm accounts for it -> the spec of a run. Both forms of sacct end here.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "read/slurm/slurm_options.hpp"
#include "read/slurm/slurm_tres.hpp"

namespace footpound {

struct SlurmJob {
  std::string_view id;     // "123", "123_4", "123+1"; a step where it holds a dot
  std::string_view state;  // "COMPLETED", "CANCELLED by 1000", "RUNNING+COMPLETING"
  std::string_view name, partition, node_list;
  std::optional<double> elapsed_seconds;
  std::optional<Instant> start, end;
  std::optional<double> nodes, cpus;  // where the resources below do not say
  std::optional<double> joules;       // as metered; may be absurd
  Tres tres;
  bool has_tres = false;                     // the record says what was allocated
  std::string_view tres_said = "AllocTRES";  // how the record calls the parts, for messages
  std::string_view elapsed_said = "ElapsedRaw";
};

// What is worth a note at the end of a stream, counted by many threads.
struct SlurmCounts {
  std::uint64_t running = 0;
  std::uint64_t unmetered = 0;    // --slurm-energy, but none recorded
  std::uint64_t implausible = 0;  // --slurm-energy, but absurd
  std::uint64_t uncounted_gres = 0;
  std::uint64_t local_times = 0;
  std::uint64_t short_times = 0;  // "MM:SS" or "SS"
};

class SlurmTally {
 public:
  void add(const SlurmCounts& counts);
  std::vector<std::string> notes() const;

 private:
  std::atomic<std::uint64_t> running_{0}, unmetered_{0}, implausible_{0}, uncounted_gres_{0}, local_times_{0},
      short_times_{0};
};

// Lays the job over the record's spec. Errors: `skipped` for what is no run (a step, a pending
// job, no time), else what is wrong, under the record's own name for it.
Result<void> describe_slurm_job(
    const SlurmJob& job, const SlurmOptions& options, SlurmCounts& counts, Record& record);

}  // namespace footpound
