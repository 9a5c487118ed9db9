// SPDX-License-Identifier: MIT
// The columns that a stream's own fields stand in: found by place where a header fixes them, and by name
// where each record names its own (NDJSON, sacct --json).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/outputs.hpp"
#include "record/own_field.hpp"
#include "record/source_shape.hpp"

namespace footpound {

struct Record;

class OwnColumns {
 public:
  // `source`: nullptr where there is no stream, and so no own fields.
  explicit OwnColumns(const SourceShape* source);

  std::size_t size() const { return names_.size(); }
  const std::string& name(std::size_t at) const { return names_[at]; }
  // The output that the column bears the name of, which goes in its place; nullptr for most.
  const OutputField* output(std::size_t at) const { return outputs_[at]; }
  Encoding encoding() const { return encoding_; }

  // The record's field for the column; nullptr where it has none.
  const OwnField* field(const Record& record, std::size_t at) const;

  // May a record have fields that no column is for?
  bool by_name() const { return by_name_; }
  // The name of one that this record has; "" where there is none.
  std::string_view left_out(const Record& record) const;

 private:
  Encoding encoding_ = Encoding::none;
  bool by_name_ = false;
  std::vector<std::string> names_;
  std::vector<const OutputField*> outputs_;
};

}  // namespace footpound
