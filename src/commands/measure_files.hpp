// SPDX-License-Identifier: MIT
// The files of a measurement: its record, which takes its name only when it is whole, and its trace.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "commands/measure_options.hpp"
#include "measure/trace.hpp"
#include "stream/source.hpp"

namespace footpound {

class MeasureFiles {
 public:
  // Throws RunError (usage) where two of the options name one file. The options have to outlive it.
  explicit MeasureFiles(const MeasureOptions& options);

  // What cannot be written shows before a long run, not after it: throws RunError (output).
  void open();

  // Null where none is asked for.
  measure::OutputFile* trace() { return trace_ ? &*trace_ : nullptr; }

  // Puts the record in place, or leaves what lies there when there is none, and closes the trace.
  // False when something could not be written; that has been said.
  bool keep(const std::optional<std::string>& record);

 private:
  const MeasureOptions& options_;
  std::unique_ptr<Target> record_;
  std::optional<measure::OutputFile> trace_;
};

}  // namespace footpound
