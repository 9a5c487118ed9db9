// SPDX-License-Identifier: MIT
// Tables of factors. A table is a grid of cells under one definition (its columns); the same
// type holds what is compiled in and what `--tables` lays over it, so that listing, look-up,
// overlay and provenance are written once. Typed views of rows: accelerators.hpp, regions.hpp ...
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace footpound {

enum class CellType : unsigned char { text, texts, number, integer, flag };

enum class TableId : unsigned char;  // tables.hpp

// What a number may be.
struct Bounds {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  bool above = false;  // `least` itself is outside

  constexpr bool holds(double value) const {
    return value <= most && (above ? value > least : value >= least);
  }
};

// What `show` puts beside a row because of a column that names rows of another table.
enum class Beside : unsigned char {
  nothing,
  rows,    // the rows that the column names, and the rows that name this one by it
  series,  // also those that name the same: other years, other readings of one board
};

// Declared in data/schema/tables.json, which has the help of each too.
struct Column {
  std::string_view key;  // as in data/*.json; its name carries the unit
  CellType type;
  bool required;
  bool names_row;                      // its text is a name by which the row is found
  Bounds range{};                      // of numbers
  std::optional<TableId> refers_to{};  // the table whose ids it holds
  Beside beside = Beside::nothing;
};

// How two names are compared; weaker folds accept all that stronger ones do.
enum class Fold : unsigned char {
  exact,
  name,      // without case, blanks, '-', '_', "(r)", "(tm)"
  hardware,  // as name, and without vendor words ("NVIDIA", "Tesla", "AMD Instinct" ...)
};

struct TableDef {
  std::string_view name;
  std::string_view help;
  std::span<const Column> columns;  // the first is always "id"
  Fold fold;                        // of its names
};

// A table's contents as plain arrays: constant data in the program, or owned by a TableBuilder.
struct TableImage {
  struct Name {
    std::uint32_t offset, size;  // the name as written, in `text`
    std::uint32_t row;
    std::uint32_t hash;  // low half of its Folded::hash()
  };
  const std::uint64_t* cells = nullptr;       // rows x columns; no_cell where not stated
  const char* text = nullptr;                 // what text cells (offset << 32 | size) point into
  const Name* names = nullptr;                // row by row
  const std::uint32_t* name_slots = nullptr;  // open addressing: index into names + 1, 0 = free
  const std::uint32_t* id_slots = nullptr;    // index of row + 1
  const std::uint16_t* files = nullptr;       // per row: 0 = compiled in, else overlay file + 1
  std::uint32_t rows = 0;
  std::uint32_t name_count = 0;
  std::uint32_t name_slot_mask = 0;
  std::uint32_t id_slot_mask = 0;
};

inline constexpr std::uint64_t no_cell = ~std::uint64_t{0};
inline constexpr char list_separator = '\x1f';  // between the items of a `texts` cell

// What remains of a name when it is folded: equal, with an equal hash, for names that fold alike.
class Folded {
 public:
  Folded(std::string_view name, Fold fold);
  Folded(const Folded&) = delete;
  Folded& operator=(const Folded&) = delete;

  std::string_view text() const { return text_; }
  std::uint64_t hash() const { return hash_; }

 private:
  std::string_view text_;  // of the name itself where nothing is folded
  std::uint64_t hash_;
  std::array<char, 64> few_;  // where it has room
  std::string many_;
};
bool folds_alike(std::string_view a, std::string_view b, Fold fold);

class Table;

// One row of one table; cheap to copy. A default Row is "no row".
class Row {
 public:
  Row() = default;
  Row(const Table* table, std::uint32_t index) : table_(table), index_(index) {}

  explicit operator bool() const { return table_ != nullptr; }
  friend bool operator==(const Row&, const Row&) = default;

  const Table& table() const { return *table_; }
  std::uint32_t index() const { return index_; }
  std::string_view id() const { return text(0); }

  bool has(int column) const;
  std::string_view text(int column) const;         // "" where not stated
  std::optional<double> number(int column) const;  // integers and numbers
  bool flag(int column) const;                     // false where not stated

  // 0 = compiled in, else the number of the overlay that stated it last
  unsigned layer() const;

  // the columns every table has
  std::string_view sources() const;  // ids separated by list_separator
  std::optional<int> year() const;
  std::string_view method() const;
  std::string_view note() const;

 private:
  const Table* table_ = nullptr;
  std::uint32_t index_ = 0;
};

class Table {
 public:
  Table() = default;
  Table(const TableDef& def, const TableImage& image) : def_(&def), image_(image) {}

  const TableDef& def() const { return *def_; }
  const TableImage& image() const { return image_; }
  std::uint32_t size() const { return image_.rows; }
  Row row(std::uint32_t index) const { return Row(this, index); }

  // The row with exactly this id, or no row.
  Row find(std::string_view id) const;

  // Calls `visit(row, name as written)` for each name that folds to the same as `name`.
  template <class Visit>
  void each_named(std::string_view name, Visit visit) const {
    each_named(Folded(name, def_->fold), visit);
  }
  // The name in this table's fold: one that several tables are asked for is folded once.
  template <class Visit>
  void each_named(const Folded& name, Visit visit) const;

  std::uint64_t cell(std::uint32_t row, int column) const {
    return image_.cells[std::size_t{row} * def_->columns.size() + static_cast<std::size_t>(column)];
  }
  std::string_view text_at(std::uint64_t cell) const {
    return {image_.text + (cell >> 32), static_cast<std::uint32_t>(cell)};
  }

 private:
  const TableDef* def_ = nullptr;
  TableImage image_;
};

// Index of the column `key`; -1 where the table has none.
constexpr int find_column(const TableDef& def, std::string_view key) {
  for (std::size_t i = 0; i < def.columns.size(); ++i) {
    if (def.columns[i].key == key) return static_cast<int>(i);
  }
  return -1;
}

// The items of a `texts` cell.
template <class Visit>
void each_item(std::string_view list, Visit visit) {
  while (!list.empty()) {
    const std::size_t end = list.find(list_separator);
    visit(list.substr(0, end));
    if (end == std::string_view::npos) return;
    list.remove_prefix(end + 1);
  }
}

// What an overlay names is its own: where several rows have a name, only those of the latest
// layer count.
void keep_latest_layer(std::vector<Row>& rows);

template <class Visit>
void Table::each_named(const Folded& name, Visit visit) const {
  if (image_.names == nullptr) return;
  std::uint64_t slot = name.hash() & image_.name_slot_mask;
  for (;; slot = (slot + 1) & image_.name_slot_mask) {
    const std::uint32_t entry = image_.name_slots[slot];
    if (entry == 0) return;
    const TableImage::Name& found = image_.names[entry - 1];
    if (found.hash != static_cast<std::uint32_t>(name.hash())) continue;
    const std::string_view written(image_.text + found.offset, found.size);
    if (Folded(written, def_->fold).text() == name.text()) visit(Row(this, found.row), written);
  }
}

}  // namespace footpound
