// SPDX-License-Identifier: MIT
// Any CSV with a column of times and one or more of watts.
#include "measure/accuracies.hpp"
#include "measure/logs/watt_reader.hpp"

namespace footpound::measure {

namespace {

bool any_head(Head) { return true; }

bool looks_like_watts(Head head) {
  const std::vector<std::string> rows = rows_of(head);
  // JSON has commas too
  if (rows.empty() || rows.front().find_first_of("{[") == 0) return false;
  const Result<std::optional<WattColumns>> columns = columns_of_head(rows);
  if (columns && *columns) return true;
  const Result<WattColumns> guess = columns_of_rows(rows);
  // times and watts are there, but not clear which, or powers alone: this reader's to complain about
  return !columns || guess || guess.error().kind == ErrorKind::missing;
}

Result<void> read_watts(LogLines& lines, const LogOptions& options, LogBook& book) {
  Device like;
  like.id = "meter";
  like.part = options.part.value_or(Part::node);
  like.meter = "watts";
  like.accuracy = unknown_meter;
  return read_watt_rows(lines, options, book, like);
}

}  // namespace

extern const LogFormat watt_csv = {
    "watts", "CSV with a column of times and one or more of watts", looks_like_watts, read_watts, any_head};

}  // namespace footpound::measure
