// SPDX-License-Identifier: MIT
// The files of a measurement: its record, which takes its name only when it is whole, and its trace.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "commands/measure_options.hpp"
#include "stream/source.hpp"

namespace footpound {

class MeasureFiles {
 public:
  // Throws RunError (usage) where two of the options name one file. The options have to outlive it.
  explicit MeasureFiles(const MeasureOptions& options);

  // What cannot be written shows before a long run, not after it: throws RunError (output).
  void open();

  bool has_trace() const { return trace_ != nullptr; }
  // A line that cannot be written costs the rest of the trace, not the run: keep() says so.
  void write_trace(const std::string& line);

  // Puts the record in place, or leaves what lies there when there is none, and closes the trace.
  // False when something could not be written; that has been said.
  bool keep(const std::optional<std::string>& record);

 private:
  const MeasureOptions& options_;
  std::unique_ptr<Target> record_;
  std::unique_ptr<Target> trace_;
  std::string trace_fault_;
};

}  // namespace footpound
