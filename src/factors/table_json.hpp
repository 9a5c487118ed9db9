// SPDX-License-Identifier: MIT
// data/*.json and overlay files -> rows. Used when the program is built (tools/embed_tables)
// and when --tables is given; never at an ordinary start.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "factors/table_builder.hpp"
#include "footpound/base/result.hpp"

namespace footpound {

struct TableRows {
  TableId table;
  std::vector<std::vector<CellValue>> rows;  // each begins with its id
};

// One file: {"table": name, "schema": 1, "rows": [...]}, or a list of such. `defs` are the tables there are,
// by TableId. Unknown tables and keys, values of the wrong type, empty texts and ids stated twice are errors.
Result<std::vector<TableRows>> parse_tables(std::string_view json, std::span<const TableDef> defs);

}  // namespace footpound
