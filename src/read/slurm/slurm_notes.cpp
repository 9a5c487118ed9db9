// SPDX-License-Identifier: MIT
#include "read/slurm/slurm_notes.hpp"

namespace footpound {

namespace {

// In the order of SlurmCase.
constexpr std::array<NoteWords, slurm_cases> words = {{
    {"job is", "jobs are", "still running: estimated for the time so far"},
    {"job has", "jobs have", "no energy recorded by Slurm: estimated instead"},
    {"job has", "jobs have",
        "an energy recorded by Slurm that is not plausible (above 20 kW a node, or a marker): estimated "
        "instead"},
    {"job", "jobs",
        "where GPUs are (--map), or that asked for some, with none accounted: estimated without; where Slurm "
        "does not track GPUs (AccountingStorageTRES), state them in a column gpus, or gpus_per_node in "
        "--map"},
    {"job has", "jobs have", "no GPUs accounted: counted by its nodes and the gpus_per_node of --map"},
    {"job holds", "jobs hold",
        "other gres than GPUs, which are not counted; where they are accelerators, name them in section "
        "\"gres\" of --map"},
    {"job has", "jobs have",
        "times without an offset, taken as UTC; state --timezone, or run sacct with SLURM_TIME_FORMAT=%s"},
    {"job has", "jobs have", "an Elapsed of one or two parts, taken as SS or MM:SS"},
    {"row has", "rows have",
        "the delimiter in a field: read, for their times, states and counts fit one reading alone"},
    {"header comes", "headers come",
        "again within a file: jobs that stand in several of its parts count each time; give each call of "
        "sacct a "
        "file of its own"},
}};

}  // namespace

void SlurmTally::add(const SlurmCounts& counts) {
  for (std::size_t i = 0; i < slurm_cases; ++i) counts_[i] += counts.counts_[i];
}

std::vector<CountedNote> SlurmTally::notes() const {
  std::vector<CountedNote> notes;
  for (std::size_t i = 0; i < slurm_cases; ++i) {
    if (const std::uint64_t count = counts_[i].load(); count > 0) notes.push_back({&words[i], count});
  }
  return notes;
}

}  // namespace footpound
