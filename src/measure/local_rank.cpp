// SPDX-License-Identifier: MIT
#include "measure/local_rank.hpp"

#include <array>
#include <charconv>

namespace footpound::measure {

namespace {

// torchrun inside srun: the innermost launcher's number is the finest, so it is asked first
constexpr std::array variables = {"LOCAL_RANK", "OMPI_COMM_WORLD_LOCAL_RANK", "SLURM_LOCALID"};

std::optional<unsigned> whole_number(const std::string& text) {
  unsigned value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace

std::optional<LocalRank> local_rank(
    const std::function<std::optional<std::string>(const std::string&)>& environment) {
  std::optional<LocalRank> found;
  for (const char* variable : variables) {
    const std::optional<std::string> text = environment(variable);
    const std::optional<unsigned> rank = text ? whole_number(*text) : std::nullopt;
    if (!rank) continue;
    // any launcher that gives another number means another process already reports the node
    if (!found || found->rank == 0) found = LocalRank{*rank, variable};
  }
  return found;
}

}  // namespace footpound::measure
