// SPDX-License-Identifier: MIT
// What is worth a note at the end of a run over Slurm's jobs, counted by many threads.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include "read/counted_note.hpp"

namespace footpound {

enum class SlurmCase : unsigned char {
  running,
  unmetered,    // --slurm-energy, but none recorded
  implausible,  // --slurm-energy, but absurd
  no_gpus,      // nowhere, but where GPUs are, or after a request for them
  gpus_by_node,
  uncounted_gres,
  local_times,
  short_times,  // "MM:SS" or "SS"
  rejoined,     // a field holds the delimiter, and which one it is was found by what the columns can hold
  header_again  // several calls of sacct in one file
};
inline constexpr std::size_t slurm_cases = 10;

// Those of one job.
class SlurmCases {
 public:
  void add(SlurmCase what) { bits_ |= 1U << static_cast<unsigned>(what); }

 private:
  friend class SlurmCounts;
  unsigned bits_ = 0;
};

// Of one block.
class SlurmCounts {
 public:
  void add(SlurmCases job) {
    for (std::size_t i = 0; job.bits_ != 0; ++i, job.bits_ >>= 1) counts_[i] += job.bits_ & 1;
  }

 private:
  friend class SlurmTally;
  std::array<std::uint64_t, slurm_cases> counts_{};
};

// Of one stream.
class SlurmTally {
 public:
  void add(const SlurmCounts& counts);
  std::vector<CountedNote> notes() const;

 private:
  std::array<std::atomic<std::uint64_t>, slurm_cases> counts_{};
};

}  // namespace footpound
