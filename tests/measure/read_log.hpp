// SPDX-License-Identifier: MIT
// Reads a log that a test has as text.
#pragma once

#include "fakes.hpp"
#include "measure/logs/log_format.hpp"

namespace footpound::measure {

inline Result<Measurement> read(
    const std::string& text, const LogOptions& options = {}, std::string_view format = {}) {
  std::istringstream in(text);
  return read_power_log(in, format, options);
}

inline std::string refusal(
    const std::string& text, const LogOptions& options = {}, std::string_view format = {}) {
  const Result<Measurement> measurement = read(text, options, format);
  return measurement ? "read" : message(measurement.error());
}

inline double measured_joules(const Measurement& measurement, std::size_t device = 0) {
  return in_joules(measurement.devices.at(device).measured);
}

inline std::string notes_of(const Measurement& measurement) {
  std::string out;
  for (const std::string& note : measurement.notes) out += note + "\n";
  return out;
}

}  // namespace footpound::measure
