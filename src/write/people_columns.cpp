// SPDX-License-Identifier: MIT
#include "write/people_columns.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace footpound {

std::vector<PeopleColumn> columns_for_people(const Sheet& sheet) {
  std::vector<PeopleColumn> all;
  std::vector<bool> filled(sheet.columns.size(), sheet.empty());
  for (std::size_t c = 0; c < sheet.columns.size(); ++c)
    all.push_back({c, true, utf8_columns(cell_text(Cell(sheet.columns[c].key)))});
  sheet.each_row([&](const std::vector<Cell>& row) {
    for (PeopleColumn& column : all) {
      const SheetColumn& described = sheet.columns[column.at];
      const Cell& cell = row[column.at];
      if (!described.for_people || is_empty(cell)) continue;
      filled[column.at] = true;
      column.is_numeric = column.is_numeric && std::holds_alternative<double>(cell);
      column.width = std::max(column.width, utf8_columns(cell_text(cell, described.digits)));
    }
  });
  std::vector<PeopleColumn> shown;
  for (const PeopleColumn& column : all) {
    if (sheet.columns[column.at].for_people && filled[column.at]) shown.push_back(column);
  }
  return shown;
}

}  // namespace footpound
