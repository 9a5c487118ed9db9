// SPDX-License-Identifier: MIT
// The subcommands: one file each, one row each. Only the named one builds its options.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace footpound {

struct CommandLine {
  std::vector<std::string> args;   // behind the command's name, before "--"
  std::vector<std::string> child;  // behind "--"
  bool has_child = false;          // there was a "--"
};

struct Command {
  std::string_view name;
  std::string_view help;
  int (*run)(CommandLine line);  // exit status; throws RunError
};

std::span<const Command> commands();
const Command* find_command(std::string_view name);

int run_estimate(CommandLine line);
int run_list(CommandLine line);
int run_measure(CommandLine line);
int run_published(CommandLine line);
int run_show(CommandLine line);
int run_summarize(CommandLine line);

}  // namespace footpound
