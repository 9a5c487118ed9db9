// SPDX-License-Identifier: MIT
// Builds the arrays behind a Table: at build time for what is compiled in, at run time for
// what `--tables` lays over it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_map.hpp"
#include "factors/table.hpp"

namespace footpound {

// A cell as read, before it is packed.
struct CellValue {
  int column = 0;
  double number = 0;               // number, integer, flag
  std::vector<std::string> texts;  // one for text
};

class TableBuilder {
 public:
  explicit TableBuilder(const TableDef& def) : def_(&def) {}

  // Begins with the rows of `base` (overlay), which has to live until finish().
  void copy_rows(const Table& base);

  // Adds a row, or replaces the stated cells of the row with the same id. `file` is the
  // overlay's number + 1, 0 for what is compiled in. The first cell is the id. Returns the key of the
  // first required column that the row lacks still; "" when it is whole.
  std::string_view put(const std::vector<CellValue>& cells, std::uint16_t file);

  // Sorts rows by id and makes the look-up tables. The image points into this builder.
  TableImage finish();

  // The finished arrays, for the program that writes them out as constants.
  const std::vector<std::uint64_t>& cells() const { return cells_; }
  const std::vector<TableImage::Name>& names() const { return names_; }
  const std::vector<std::uint32_t>& name_slots() const { return name_slots_; }
  const std::vector<std::uint32_t>& id_slots() const { return id_slots_; }
  const std::string& text() const { return text_; }

 private:
  static constexpr std::uint32_t renamed = ~std::uint32_t{0};

  // Where a row comes from.
  struct Origin {
    std::uint16_t file;
    std::uint32_t first_name, name_count;  // its names in the table it was copied from; `renamed`: read anew
  };

  std::size_t row_of(std::string_view id);  // made where there is none
  std::uint64_t add_text(std::string_view text);
  std::uint64_t pack(const CellValue& cell);
  std::string_view text_of(std::uint64_t cell) const {
    return std::string_view(text_).substr(cell >> 32, static_cast<std::uint32_t>(cell));
  }
  std::string_view id_of(std::size_t row) const { return text_of(rows_[row * def_->columns.size()]); }
  void add_names(std::size_t from);  // of the row that is the last so far

  const TableDef* def_;
  // as they come
  std::vector<std::uint64_t> rows_;  // cells, row by row
  std::vector<Origin> origins_;
  TextMap<std::uint32_t> new_ids_;  // of the rows that are not copied
  const Table* base_ = nullptr;
  std::uint32_t copied_ = 0;  // of the rows, the first; they are sorted
  const TableImage::Name* copied_names_ = nullptr;
  std::string text_;
  TextMap<std::uint64_t> text_cells_;  // equal texts are stored once, but for those copied

  // finished
  std::vector<std::uint64_t> cells_;
  std::vector<TableImage::Name> names_;
  std::vector<std::uint32_t> name_slots_;
  std::vector<std::uint32_t> id_slots_;
  std::vector<std::uint16_t> files_;
};

}  // namespace footpound
