// SPDX-License-Identifier: MIT
// Rows of a table as a sheet.
#pragma once

#include <vector>

#include "factors/table.hpp"
#include "sheet/sheet.hpp"

namespace footpound {

// All columns are in it; text shows the few that fit a line.
Sheet sheet_of(const Table& table, const std::vector<Row>& rows);

Cell cell_of(Row row, int column);

// Calls `visit(text)` for each text in the row, those of lists one by one.
template <class Visit>
void each_text(Row row, Visit visit) {
  const auto& columns = row.table().def().columns;
  for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
    const CellType type = columns[static_cast<std::size_t>(c)].type;
    if (type == CellType::text || type == CellType::texts) each_item(row.text(c), visit);
  }
}

}  // namespace footpound
