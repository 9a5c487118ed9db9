// SPDX-License-Identifier: MIT
// Our columns behind a record's own fields. Numbers, which most of them are, are gathered, so that
// the text grows once for many.
#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "record/answer.hpp"
#include "record/outputs.hpp"
#include "units/number_text.hpp"

namespace footpound {

inline constexpr std::size_t most_end = 2;  // "}\n", "\r\n"

// A column with what stands in front of its value: a delimiter, or ,"energy_kwh":
class LeadColumn {
 public:
  LeadColumn(const OutputField& field, std::string_view lead) : field_(&field), size_(lead.size()) {
    lead.copy(lead_, sizeof lead_);
  }

  const OutputField& field() const { return *field_; }
  std::string_view lead() const { return {lead_, size_}; }
  // All of the room is copied, which costs less than to ask how much of it is needed.
  char* write_lead(char* to) const {
    std::memcpy(to, lead_, sizeof lead_);
    return to + size_;
  }
  static constexpr std::size_t room = 32;  // no name of an output is longer

 private:
  const OutputField* field_;
  std::size_t size_;
  char lead_[room] = {};
};

// `append_text(field, out)` appends the values that are no number. `none` stands for a number that is
// not known; `end_text`, of `most_end` bytes or fewer, stands behind the last column.
template <class AppendText>
void append_columns(const std::vector<LeadColumn>& columns, const Answer& answer, std::string_view none,
    std::string_view end_text, std::string& out, AppendText append_text) {
  constexpr std::size_t most = LeadColumn::room + number_room;
  char text[8 * most + most_end];
  char* end = text;
  const auto flush = [&] {
    out.append(text, static_cast<std::size_t>(end - text));
    end = text;
  };
  for (const LeadColumn& column : columns) {
    if (static_cast<std::size_t>(text + 8 * most - end) < most) flush();
    end = column.write_lead(end);
    if (column.field().number != nullptr) {
      if (const std::optional<double> value = column.field().number_of(answer)) {
        end = write_number(end, *value);
      } else {
        end += none.copy(end, none.size());
      }
    } else if (column.field().of_failures) {
      end += none.copy(end, none.size());
    } else {
      flush();
      append_text(column.field(), out);
    }
  }
  if (!end_text.empty()) {
    end[0] = end_text.front();
    end[1] = end_text.back();
    end += end_text.size();
  }
  flush();
}

// The same of a record without an answer: `append_cell(field, out)` appends every value.
template <class AppendCell>
void append_columns_of_failure(const std::vector<LeadColumn>& columns, std::string_view end_text,
    std::string& out, AppendCell append_cell) {
  for (const LeadColumn& column : columns) {
    out += column.lead();
    append_cell(column.field(), out);
  }
  out += end_text;
}

}  // namespace footpound
