// SPDX-License-Identifier: MIT
// What was measured, for people.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "measure/meter.hpp"
#include "measure/whole_run.hpp"

namespace footpound::measure {

struct ReportOptions {
  std::optional<WholeRun> whole;
  std::span<const MeterStatus> meters;  // empty for a log
  std::string ending;                   // how the command ended; empty: there was none
};

std::string report_text(const Measurement& measurement, const ReportOptions& options);

// "1 h 2 min", "12.3 s"
std::string time_text(Duration time);

}  // namespace footpound::measure
