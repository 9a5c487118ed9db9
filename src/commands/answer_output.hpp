// SPDX-License-Identifier: MIT
// How answers are to be written: the flags of the output, checked against the tables and the formats.
#pragma once

#include <memory>
#include <string_view>

#include "commands/options.hpp"
#include "write/output_formats.hpp"

namespace footpound {

class AnswerOutput {
 public:
  // `header`: is one wanted where none is asked for? The flags and the tables have to outlive it.
  // Throws RunError (usage), whatever the input holds.
  AnswerOutput(const OutputFlags& flags, const Catalog& catalog, bool header);

  // What is asked for, or else `natural`. Throws RunError where the format and its options do not fit.
  const OutputFormat& format(std::string_view natural) const;
  // Of runs that are stated by flags or specs; `several`: a list of them.
  std::unique_ptr<RecordWriter> writer_of_runs(bool several) const;
  // Of a stream, whose own format is `natural`.
  std::unique_ptr<RecordWriter> writer_of_stream(std::string_view natural, const SourceShape& source) const;
  // What is written of no records at all, in the format that is asked for.
  std::unique_ptr<RecordWriter> writer_of_nothing() const;

 private:
  std::string_view asked() const { return flags_.bibtex ? "bibtex" : std::string_view(flags_.format); }

  const OutputFlags& flags_;
  WriterOptions options_;
};

}  // namespace footpound
