// SPDX-License-Identifier: MIT
// Builds the arrays behind a Table: at build time for what is compiled in, at run time for
// what `--tables` lays over it.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "footpound/factors/table.hpp"

namespace footpound {

// A cell as read, before it is packed.
struct CellValue {
  int column = 0;
  double number = 0;                // number, integer, flag
  std::vector<std::string> texts;   // one for text
};

class TableBuilder {
 public:
  explicit TableBuilder(const TableDef& def) : def_(&def) {}

  // Begins with the rows of `base` (overlay).
  void copy_rows(const Table& base);

  // Adds a row, or replaces the stated cells of the row with the same id. `file` is the
  // overlay's number + 1, 0 for what is compiled in. The first cell is the id.
  void put(const std::vector<CellValue>& cells, std::uint16_t file);

  bool knows(const std::string& id) const { return by_id_.contains(id); }
  // Key of the first required column that row `id` lacks; "" when it is whole.
  std::string_view missing_column(const std::string& id) const;

  // Sorts rows by id and makes the look-up tables. The image points into this builder.
  TableImage finish();

  // The finished arrays, for the program that writes them out as constants.
  const std::vector<std::uint64_t>& cells() const { return cells_; }
  const std::vector<TableImage::Name>& names() const { return names_; }
  const std::vector<std::uint32_t>& name_slots() const { return name_slots_; }
  const std::vector<std::uint32_t>& id_slots() const { return id_slots_; }
  const std::string& text() const { return text_; }

 private:
  std::uint64_t add_text(std::string_view text);

  const TableDef* def_;
  std::vector<std::vector<std::uint64_t>> rows_;
  std::vector<std::uint16_t> row_files_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::string text_;
  std::unordered_map<std::string, std::uint64_t> text_cells_;  // equal texts are stored once

  std::vector<std::uint64_t> cells_;
  std::vector<TableImage::Name> names_;
  std::vector<std::uint32_t> name_slots_;
  std::vector<std::uint32_t> id_slots_;
  std::vector<std::uint16_t> files_;
};

}  // namespace footpound
