// SPDX-License-Identifier: MIT
// Answers -> bytes. Writers are passive: the stream owns the loop, the order and the threads,
// so all of a writer but its making is const.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "footpound/base/error.hpp"
#include "footpound/factors/catalog.hpp"
#include "record/answer.hpp"
#include "record/outputs.hpp"
#include "record/source_shape.hpp"

namespace footpound {

struct Record;

struct WriterOptions {
  std::vector<const OutputField*> columns;
  bool columns_stated = false;  // by --columns
  bool header = true;
  bool explain = false;
  bool fence = true;  // the lines of --- around front matter
  bool colour = false;
  bool several = false;                           // a list of specs
  std::string_view equivalents = "strubell2019";  // which set
  bool equivalents_stated = false;
  const Catalog* catalog = nullptr;
};

class RecordWriter {
 public:
  virtual ~RecordWriter() = default;
  virtual void begin(std::string& out) const { static_cast<void>(out); }
  virtual void record(const Record& record, const Answer& answer, std::string& out) const = 0;
  // In place of record(), where there is no answer.
  virtual void failure(const Record& record, const Error& error, std::string& out) const = 0;
  // Does it tell of more than an answer's figures and their intervals?
  virtual bool wants_inputs() const { return true; }
  // Has it columns for the first record's own fields alone? Then, where it has none for one of this
  // record's, that field's name; "" where it has.
  virtual bool may_leave_out() const { return false; }
  virtual std::string_view left_out(const Record& record) const {
    static_cast<void>(record);
    return {};
  }
  virtual std::string_view separator() const { return {}; }  // between two records
  virtual void end(std::string& out) const { static_cast<void>(out); }
};

// `source`: what the records come from; nullptr for runs that come from flags or specs.
using MakeRecordWriter = std::unique_ptr<RecordWriter>(
    const WriterOptions& options, const SourceShape* source);

}  // namespace footpound
