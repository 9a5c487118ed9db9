// SPDX-License-Identifier: MIT
// The rows of log_formats(): for each, whether a file looks like it, and its reader.
#pragma once

#include "measure/logs/log_format.hpp"

namespace footpound::measure {

using Head = std::span<const std::string>;

bool looks_like_nvidia_smi(Head head);
// By its times alone, where the columns are named.
bool times_of_nvidia_smi(Head head);
Result<void> read_nvidia_smi(LogLines& lines, const LogOptions& options, LogBook& book);

bool looks_like_watts(Head head);
Result<void> read_watts(LogLines& lines, const LogOptions& options, LogBook& book);

bool looks_like_dmon(Head head);
Result<void> read_dmon(LogLines& lines, const LogOptions& options, LogBook& book);

bool looks_like_perf(Head head);
Result<void> read_perf(LogLines& lines, const LogOptions& options, LogBook& book);

bool looks_like_perf_json(Head head);
Result<void> read_perf_json(LogLines& lines, const LogOptions& options, LogBook& book);

bool looks_like_zeus(Head head);
Result<void> read_zeus(LogLines& lines, const LogOptions& options, LogBook& book);

}  // namespace footpound::measure
