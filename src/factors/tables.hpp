// SPDX-License-Identifier: MIT
// Every table the program has, as data/schema/tables.json declares it. docs/data.md says what a row of each
// means.
#pragma once

#include "factors/table_list.hpp"  // made when the program is built: TableId and the definitions

namespace footpound {

constexpr std::span<const TableDef> table_defs() { return declared::tables; }
constexpr const TableDef& table_def(TableId id) { return declared::tables[static_cast<std::size_t>(id)]; }

// Index of the column `key`. A wrong key does not compile.
consteval int column(TableId table, std::string_view key) {
  const int index = find_column(table_def(table), key);
  if (index < 0) throw "no such column";
  return index;
}

}  // namespace footpound
