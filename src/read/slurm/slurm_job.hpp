// SPDX-License-Identifier: MIT
// One job as Slurm accounts for it -> the spec of a run. Both forms of sacct end here.
#pragma once

#include <optional>
#include <string_view>

#include "read/slurm/slurm_notes.hpp"
#include "read/slurm/slurm_options.hpp"
#include "read/slurm/slurm_tres.hpp"

namespace footpound {

struct SlurmJob {
  std::string_view id;  // "123", "123_4", "123+1"; a step where it holds a dot
  std::string_view raw_id,
      sluid;               // of the array task itself; Slurm's own unique id, of new versions. May be ""
  std::string_view state;  // "COMPLETED", "CANCELLED by 1000", "RUNNING+COMPLETING"
  std::string_view name, partition, node_list, qos, account, cluster;
  std::optional<double> elapsed_seconds;
  std::optional<Instant> start, end;
  std::optional<double> nodes, cpus;  // where the resources below do not say
  std::optional<double> joules;       // as metered; may be absurd
  Tres tres;
  bool has_tres = false;                     // the record says what was allocated
  bool asks_for_gpus = false;                // whatever it got
  std::string_view tres_said = "AllocTRES";  // how the record calls the parts, for messages
  std::string_view elapsed_said = "ElapsedRaw";
};

// By its cluster, its id and its start; nothing where the record does not say them.
JobMark mark_of(const SlurmJob& job);

// Does a submit line ask for GPUs ("sbatch --gpus 4", "--gres=gpu:2", "-G1")?
bool asks_for_gpus(std::string_view submit_line);

// Lays the job over the record's spec. Errors: `skipped` for what is no run (a step, a pending
// job, no time), else what is wrong, under the record's own name for it.
Result<void> describe_slurm_job(
    const SlurmJob& job, const SlurmOptions& options, SlurmCases& cases, Record& record);

}  // namespace footpound
