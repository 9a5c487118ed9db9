// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "commands/estimate.hpp"
#include "measure/measurement.hpp"
#include "measure/meter.hpp"

namespace footpound {

// As they were said; measure.cpp makes sense of them.
struct MeasureOptions {
  std::string length;
  std::string log;
  std::string log_format;
  std::string log_columns;
  std::string log_part;
  std::string interval = "100ms";
  std::string meters;
  bool all_gpus = false;
  std::string covers;
  std::string total_hours;
  std::string warm_up;
  std::string record;
  std::string trace;
  measure::Places places = measure::this_machine();
  EstimateOptions estimate;  // place, hardware ... : defaults under the record

  void add(CLI::App& app);
};

// "a, b" -> a and b; empty: none.
std::vector<std::string> list_of(const std::string& text);

// The measurement in --log FILE. Throws RunError with file and line.
measure::Measurement read_log_file(const MeasureOptions& options);

}  // namespace footpound
