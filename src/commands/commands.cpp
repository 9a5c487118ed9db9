// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "commands/command.hpp"

namespace footpound {

namespace {

constexpr std::array table = {
    Command{"estimate", "energy and CO2e of one run, or of a stream of runs", run_estimate},
    Command{"summarize", "totals of streams by group, exact however they are split", run_summarize},
    Command{"measure", "energy of a command, of a while, or of a power log", run_measure},
    Command{"published", "published training runs recomputed, ours beside theirs", run_published},
    Command{"list", "what the tables hold, with sources", run_list},
    Command{"show", "all facts of one row, and its neighbours", run_show},
};

}  // namespace

std::span<const Command> commands() { return table; }

const Command* find_command(std::string_view name) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Command& command) { return command.name == name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace footpound
