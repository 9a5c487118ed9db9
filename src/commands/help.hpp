// SPDX-License-Identifier: MIT
// What is said before any command: --help, --version, unknown commands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/run_error.hpp"
#include "commands/command.hpp"

namespace footpound {

// Handles no words, --help and --version; the exit status where that was all.
std::optional<int> general_option(const std::vector<std::string>& words);
// Throws RunError (output) where it cannot.
void print_to_stdout(const std::string& text);
RunError unknown_command(const std::string& word);

// Drops the command's name and parts the words at the first "--".
CommandLine split_at_child(std::vector<std::string> words);

}  // namespace footpound
