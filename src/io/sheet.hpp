// SPDX-License-Identifier: MIT
// A sheet: rows of cells under named columns, and the formats it is written in. What `list`,
// `show` and `published` print is made of sheets.
#pragma once

#include <span>
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

struct Sheet {
  std::string name;
  std::vector<SheetColumn> columns;
  std::vector<std::vector<Cell>> rows;
  std::vector<std::string> notes;  // below the rows, in text and Markdown
};

// JSON has the shape of data/*.json, so that a sheet of table rows loads again as `--tables`;
// an empty cell has no key there.
struct SheetFormat {
  std::string_view name;
  std::string_view help;
  void (*write)(const Sheet& sheet, std::string& out);
};
std::span<const SheetFormat> sheet_formats();
const SheetFormat* find_sheet_format(std::string_view name);

// A cell as people read it; control characters escaped.
std::string cell_text(const Cell& cell, int digits = 0);

}  // namespace footpound
