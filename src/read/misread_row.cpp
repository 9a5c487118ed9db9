// SPDX-License-Identifier: MIT
#include "read/misread_row.hpp"

#include <string>

#include "text/csv_text.hpp"

namespace footpound {

namespace {

void put(Record& record, std::size_t column, std::string_view text, char delimiter) {
  std::string& cell = record.undone.emplace_back();
  append_csv(cell, text, delimiter);
  record.own[column].raw = cell;
}

}  // namespace

void keep_surplus(Record& record, const UserColumns& users, std::string_view surplus, char delimiter) {
  if (users.none()) return;
  std::string text(record.own[users.last].raw);
  text += delimiter;
  text += surplus;
  put(record, users.last, text, delimiter);
}

void keep_whole(Record& record, const UserColumns& users, char delimiter) {
  if (!users.none()) put(record, users.first, record.raw, delimiter);
}

}  // namespace footpound
