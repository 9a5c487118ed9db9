// SPDX-License-Identifier: MIT
// One job as Slurm accounts for it -> the spec of a run. Both forms of sacct end here.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
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
enum class SlurmCase : unsigned char {
  running,
  unmetered,    // --slurm-energy, but none recorded
  implausible,  // --slurm-energy, but absurd
  uncounted_gres,
  local_times,
  short_times  // "MM:SS" or "SS"
};
inline constexpr std::size_t slurm_cases = 6;

class SlurmCounts {
 public:
  void add(SlurmCase what) { ++counts_[static_cast<std::size_t>(what)]; }

 private:
  friend class SlurmTally;
  std::array<std::uint64_t, slurm_cases> counts_{};
};

class SlurmTally {
 public:
  void add(const SlurmCounts& counts);
  std::vector<std::string> notes() const;

 private:
  std::array<std::atomic<std::uint64_t>, slurm_cases> counts_{};
};

// Lays the job over the record's spec. Errors: `skipped` for what is no run (a step, a pending
// job, no time), else what is wrong, under the record's own name for it.
Result<void> describe_slurm_job(
    const SlurmJob& job, const SlurmOptions& options, SlurmCounts& counts, Record& record);

}  // namespace footpound
