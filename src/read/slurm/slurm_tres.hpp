// SPDX-License-Identifier: MIT
// What Slurm allocated to a job (its "trackable resources"), from either form of sacct.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "footpound/base/result.hpp"

namespace footpound {

struct Tres {
  // A generic resource, named without "gres/": "gpu" (all of them), "gpu:a100" (the same ones
  // again, by type), "shard". Counts are totals over all nodes of the job.
  struct Gres {
    std::string_view name;
    double count = 0;
  };
  // Of a gres that is bytes, or what else the site tracks so.
  static constexpr double no_count = -1;
  static constexpr std::size_t most_gres = 32;

  std::optional<double> cpus, nodes;
  std::optional<double> memory_bytes;
  std::optional<double> joules;  // may be absurd: markers of "unknown" come through
  std::array<Gres, most_gres> gres{};
  std::size_t gres_count = 0;

  // One resource with its number. Counts that are no counts fail for GPUs, where a guess would
  // be wrong by whole ones, and are taken as not stated elsewhere.
  Result<void> add_count(std::string_view type, std::string_view name, std::string_view number, double scale);
};

// What GPUs and parts of them are called: "gpu", "shard" and "mps", each perhaps with its type behind a
// colon.
bool is_gpu_gres(std::string_view name);
// "shard" of "shard:l4".
inline std::string_view gres_family(std::string_view name) { return name.substr(0, name.find(':')); }
inline bool is_of_family(std::string_view name, std::string_view family) {
  if (name.size() < family.size() || (name.size() > family.size() && name[family.size()] != ':'))
    return false;
  std::size_t at = 0;
  while (at < family.size() && name[at] == family[at]) ++at;
  return at == family.size();
}

// "billing=4,cpu=4,gres/gpu:a100=4,gres/gpu=4,mem=8G,node=1"
Result<void> parse_tres(std::string_view text, Tres& tres);

// "gpu:a100:2,shard:4", as AllocGRES and ReqGRES have it. Errors: a count of GPUs that is none.
Result<void> parse_gres_list(std::string_view text, Tres& tres);

// Bytes of "8G", "4096000M", "62.50G": powers of 1024; a bare number is in MiB.
std::optional<double> slurm_bytes(std::string_view text);

// Is this a 32-bit marker of "unknown" (0xfffffffe, 0xffffffff), which no size gives away?
bool is_short_marker(double number);

// Joules of "335.41M" or "5283400000": powers of 1000. Infinite where it is written and is no
// number that can be one ("16.78?"): the caller counts it as implausible.
std::optional<double> slurm_joules(std::string_view text);

// Seconds of "HH:MM:SS", "MM:SS" or "SS"; behind days it is hours that come first: "D-HH[:MM[:SS]]".
std::optional<double> slurm_seconds(std::string_view text);

}  // namespace footpound
