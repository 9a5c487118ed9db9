// SPDX-License-Identifier: MIT
// The table of output formats: a row has all that the commands know of one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "write/sheet_writers.hpp"
#include "write/writer.hpp"

namespace footpound {

struct OutputFormat {
  std::string_view name;
  std::string_view help;
  MakeRecordWriter* answers = nullptr;  // none: no answers are written in it
  WriteSheets* sheets = nullptr;        // none: no sheets are

  // of answers
  bool one_run = false;           // speaks of one run, which a stream and several specs are not
  bool has_header = false;        // one for all records, which a stream's own fields stand under
  bool takes_columns = false;     // --columns chooses what is written
  bool explains = false;          // has room for --explain
  bool needs_own_fields = false;  // even where the record came in the same encoding
  bool has_fence = false;         // lines around it that --no-fence leaves out
  bool one_document = false;      // of no records too; one run by itself has all there is to say

  // of sheets
  bool several_sheets = false;  // has room for more than one
  bool totals_only = false;     // of `summarize`; no table of facts makes sense in it
  bool for_people = false;      // a summary, with bars, rather than all there is
};

std::span<const OutputFormat> output_formats();
const OutputFormat* find_output_format(std::string_view name);

// Of runs, and of sheets, where nothing else is asked for.
inline constexpr std::string_view default_output_format = "text";

// The names of the formats that `has` holds of, in the table's order.
template <class Has>
std::vector<std::string_view> output_format_names(Has has) {
  std::vector<std::string_view> names;
  for (const OutputFormat& format : output_formats()) {
    if (has(format)) names.push_back(format.name);
  }
  return names;
}

}  // namespace footpound
