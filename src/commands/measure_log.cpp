// SPDX-License-Identifier: MIT
// measure --log: from the options and a file to a measurement.
#include <fstream>
#include <ios>
#include <utility>

#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "commands/measure_options.hpp"
#include "measure/logs/log_format.hpp"
#include "measure/logs/log_lines.hpp"

namespace footpound {

namespace {

using namespace measure;

std::optional<Part> stated_part(const std::string& stated) {
  if (stated.empty()) return std::nullopt;
  for (const auto& [text, part] : {std::pair{"node", Part::node}, {"accelerator", Part::accelerator},
           {"cpu", Part::cpu}, {"memory", Part::memory}}) {
    if (stated == text) return part;
  }
  throw usage("--log-part: unknown " + in_quotes(stated) + "; there are node, accelerator, cpu, memory");
}

Result<Measurement> read_all(std::istream& in, const MeasureOptions& options, const LogOptions& log) {
  try {
    return read_power_log(in, options.log_format, log);
  } catch (const std::ios_base::failure&) {
    return Error{ErrorKind::malformed, {}, "cannot be read", {}};
  }
}

}  // namespace

std::vector<std::string> list_of(const std::string& text) {
  return text.empty() ? std::vector<std::string>() : csv_fields(text);
}

measure::Measurement read_log_file(const MeasureOptions& options) {
  // wrong usage is told before the file is looked at
  if (const Result<void> format = check_log_format(options.log_format); !format)
    throw usage(message(format.error()));
  const LogOptions log{list_of(options.log_columns), stated_part(options.log_part)};
  const bool piped = options.log == "-";
  const std::string name = piped ? "standard input" : printable(options.log);
  std::ifstream in(piped ? "/dev/stdin" : options.log, std::ios::binary);
  if (!in) throw RunError(ExitCode::input, name + ": cannot be opened");
  Result<Measurement> measurement = read_all(in, options, log);
  if (measurement) return std::move(*measurement);
  const Error& error = measurement.error();
  if (error.field.rfind("--", 0) == 0) throw usage(message(error));
  throw RunError(ExitCode::input, name + (error.field.empty() ? ": " : ":") + message(error));
}

}  // namespace footpound
