// SPDX-License-Identifier: MIT
#include "commands/measure_files.hpp"

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "stream/message_output.hpp"

namespace footpound {

namespace {

namespace fs = std::filesystem;

// A device or a pipe may be written to twice.
bool same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  if (fs::exists(a, error) && !fs::is_regular_file(a, error)) return false;
  if (fs::equivalent(a, b, error)) return true;
  const fs::path path_of_a = fs::weakly_canonical(fs::absolute(a, error), error);
  return !error && path_of_a == fs::weakly_canonical(fs::absolute(b, error), error);
}

}  // namespace

MeasureFiles::MeasureFiles(const MeasureOptions& options) : options_(options) {
  std::vector<std::pair<std::string, std::string>> named;
  const std::string log = options.log == "-" ? std::string() : options.log;
  for (const auto& [flag, path] :
      {std::pair<const char*, const std::string&>{"--log", log}, {"--record", options.record},
          {"--trace", options.trace}, {"--output", options.estimate.output.file}}) {
    if (path.empty()) continue;
    for (const auto& [other, other_path] : named) {
      if (same_file(path, other_path))
        throw usage(other + " and " + flag + " name the same file, " + in_quotes(path));
    }
    named.emplace_back(flag, path);
  }
}

void MeasureFiles::open() {
  if (!options_.record.empty()) {
    record_ = std::make_unique<Target>(options_.record);
    record_->outlive_reader();
  }
  if (options_.trace.empty()) return;
  trace_ = std::make_unique<Target>(options_.trace, Target::Named::at_once);
  trace_->outlive_reader();
}

void MeasureFiles::write_trace(const std::string& line) {
  if (!trace_fault_.empty()) return;
  try {
    trace_->write(line);
  } catch (const RunError& error) {
    trace_fault_ = error.what();
  }
}

bool MeasureFiles::keep(const std::optional<std::string>& record) {
  bool kept = true;
  const auto failed = [&](const std::string& what) {
    write_message(stderr, "footpound: " + what + "\n");
    kept = false;
  };
  if (record_ && record) {
    try {
      record_->write(*record);
      record_->finish();
    } catch (const RunError& error) {
      failed(error.what());
    }
  } else if (record_) {
    write_message(stderr,
        "footpound: no record to write" +
            (options_.record == "-" ? "" : ": " + printable(options_.record) + " is as it was") + "\n");
  }
  record_.reset();
  trace_.reset();
  if (!trace_fault_.empty()) failed(trace_fault_);
  return kept;
}

}  // namespace footpound
