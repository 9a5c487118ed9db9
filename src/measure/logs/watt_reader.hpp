// SPDX-License-Identifier: MIT
// CSV with a row per look, or per look and device: times, watts, and what they are of.
#pragma once

#include <string>
#include <vector>

#include "measure/logs/log_format.hpp"
#include "measure/logs/watt_columns.hpp"

namespace footpound::measure {

// Lines of a head that may be a header or rows: no comments, blank lines and messages.
std::vector<std::string> rows_of(Head head);

// Of rows without a header: those that have as many fields as the first, by commas or else semicolons or
// tabs.
Result<WattColumns> columns_of_rows(const std::vector<std::string>& rows);

// `like`: a device of the log, where its columns do not say more; of Part::node: of what is not known.
Result<void> read_watt_rows(LogLines& lines, const LogOptions& options, LogBook& book, const Device& like);

}  // namespace footpound::measure
