// SPDX-License-Identifier: MIT
// From the words of a command line to CLI11 and back: its errors in our words, with the nearest option.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "base/run_error.hpp"
#include "commands/command.hpp"

namespace footpound {

RunError usage(const std::string& what);

// Parses, and turns CLI11's exceptions into ours: help on stdout and status 0 (returned), wrong
// usage thrown as RunError with the nearest option.
std::optional<int> parse_command_line(CLI::App& app, CommandLine& line);

// "gpu_power_w" -> "--gpu-power": dashes, and without the unit.
std::string flag_of(std::string_view field_name);

// The word of the line that is `flag`, or `flag=value`; "" where there is none.
std::string_view find_flag(const CommandLine& line, std::string_view flag);

}  // namespace footpound
