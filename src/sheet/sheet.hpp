// SPDX-License-Identifier: MIT
// A sheet: rows of cells under named columns. What `list`, `show`, `published` and `summarize` print is
// made of sheets; src/write/ has the formats they are written in.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace footpound {

// Nothing, a text, a number, yes or no, several texts.
using Cell = std::variant<std::monostate, std::string, double, bool, std::vector<std::string>>;

struct SheetColumn {
  std::string key;         // its name carries the unit
  bool for_people = true;  // also in text and Markdown, where there is little room
  int digits = 0;          // significant ones in text and Markdown; 0 = all, as stored
};

// Rows that would take too much room all at once: each is made, over `row`, whenever it is looked at.
struct MadeRows {
  std::size_t count = 0;
  std::function<void(std::size_t at, std::vector<Cell>& row)> make;
};

struct Sheet {
  std::string name;
  std::vector<SheetColumn> columns;
  std::vector<std::vector<Cell>> rows;
  MadeRows made;                   // behind them
  std::vector<std::string> notes;  // below the rows, in text and Markdown

  bool empty() const { return rows.empty() && made.count == 0; }
  template <class Visit>
  void each_row(Visit visit) const {
    for (const std::vector<Cell>& row : rows) visit(row);
    std::vector<Cell> row;
    for (std::size_t i = 0; i < made.count; ++i) {
      row.clear();
      made.make(i, row);
      visit(row);
    }
  }
};

bool is_empty(const Cell& cell);

// The cell's plain text, with so many significant digits; 0: all, as stored.
std::string raw_text(const Cell& cell, int digits);

// The same as people read it: control characters escaped.
std::string cell_text(const Cell& cell, int digits = 0);

}  // namespace footpound
