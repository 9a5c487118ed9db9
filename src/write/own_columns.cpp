// SPDX-License-Identifier: MIT
#include "write/own_columns.hpp"

#include <algorithm>

#include "record/record.hpp"

namespace footpound {

OwnColumns::OwnColumns(const SourceShape* source) {
  if (source == nullptr) return;
  encoding_ = source->encoding;
  by_name_ = encoding_ == Encoding::json;
  names_ = source->header;
  for (const std::string& name : names_) outputs_.push_back(find_output(name));
}

const OwnField* OwnColumns::field(const Record& record, std::size_t at) const {
  const std::vector<OwnField>& own = record.own_fields;
  if (at < own.size() && (!by_name_ || own[at].name == names_[at])) return &own[at];
  if (!by_name_) return nullptr;
  const auto found =
      std::find_if(own.begin(), own.end(), [&](const OwnField& field) { return field.name == names_[at]; });
  return found == own.end() ? nullptr : &*found;
}

std::string_view OwnColumns::left_out(const Record& record) const {
  for (std::size_t i = 0; i < record.own_fields.size(); ++i) {
    const std::string_view name = record.own_fields[i].name;
    if (i < names_.size() && names_[i] == name) continue;
    // an output of a pass before is written anew, or was not asked for
    if (std::find(names_.begin(), names_.end(), name) == names_.end() && find_output(name) == nullptr)
      return name;
  }
  return {};
}

}  // namespace footpound
