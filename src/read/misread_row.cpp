// SPDX-License-Identifier: MIT
#include "read/misread_row.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "text/csv_text.hpp"

namespace footpound {

namespace {

void put(Record& record, std::size_t column, std::string_view text, char delimiter) {
  std::string& cell = record.decoded.emplace_back();
  append_csv(cell, text, delimiter);
  record.own_fields[column].raw = cell;
}

}  // namespace

Error misfit_row(std::size_t cells, std::size_t columns, std::string instead) {
  return {
      ErrorKind::misfit, {}, fmt::format("has {} fields, the header {}", cells, columns), std::move(instead)};
}

Error unmatched_quotes() {
  return {ErrorKind::misfit, {}, "quotes do not match", "a quote inside a quoted field is doubled"};
}

void keep_surplus(Record& record, const UserColumns& users, std::string_view surplus, char delimiter) {
  if (users.none()) return;
  std::string text(record.own_fields[users.last].raw);
  text += delimiter;
  text += surplus;
  put(record, users.last, text, delimiter);
}

void keep_whole(Record& record, const UserColumns& users, char delimiter) {
  if (!users.none()) put(record, users.first, record.raw, delimiter);
}

}  // namespace footpound
