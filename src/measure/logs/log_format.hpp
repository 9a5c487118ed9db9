// SPDX-License-Identifier: MIT
// The power logs people already have: one table, told apart by content or named.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "footpound/base/result.hpp"
#include "measure/logs/log_book.hpp"
#include "measure/logs/log_lines.hpp"

namespace footpound::measure {

struct LogOptions {
  std::vector<std::string> columns;  // what the columns are, where no header says it
  std::optional<Part> part;          // what a plain series of watts is the power of
};

using Head = std::span<const std::string>;  // the first lines of a log

// A format is one file, which defines its row, and its place among the rows of log_format.cpp.
struct LogFormat {
  std::string_view name;
  std::string_view help;  // what writes it
  bool (*looks_like)(Head head);
  Result<void> (*read)(LogLines& lines, const LogOptions& options, LogBook& book);
  // Of formats without a header: is it this one, where LogOptions names the columns?
  bool (*looks_like_with_columns)(Head head) = nullptr;
};

// An error for a name that is no format's; empty is fine: the content tells it.
Result<void> check_log_format(std::string_view name);

// In the order in which they are tried: the more particular ones first.
std::span<const LogFormat* const> log_formats();

// The format that the first lines are of, by their content; nullptr: none.
const LogFormat* log_format_of(Head head);

// Reads a whole log. `format`: name of a row, empty: by content. The error's field is the number
// of the line where it is about one, and the option where it is about that.
Result<Measurement> read_power_log(std::istream& in, std::string_view format, const LogOptions& options);

// An error about the line that `lines` gave last.
Error at_line(const LogLines& lines, std::string what, std::string instead = {});

// A power as logs write it: "389.55 W", "389.55"; words such as [N/A] mean that there is none.
// `unit_watts`: what a bare number is in. An error where it is above `most`.
Result<std::optional<Power>> logged_power(std::string_view text, Power most, double unit_watts = 1);

// The energy of one device in a time; an error where that is more than its part draws.
Result<Energy> logged_energy(double joules, Part part, nanoseconds time);

// What logs write for a value they do not have.
bool means_missing(std::string_view text);

}  // namespace footpound::measure
