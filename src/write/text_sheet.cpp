// SPDX-License-Identifier: MIT
// Sheets for people: aligned columns.
#include "base/utf8.hpp"
#include "footpound/base/error.hpp"
#include "write/people_columns.hpp"
#include "write/sheet_writers.hpp"

namespace footpound {

namespace {

void write_sheet(const Sheet& sheet, std::string& out, const FlushText& flush) {
  const std::vector<PeopleColumn> shown = columns_for_people(sheet);
  std::string line;
  const auto add_cell = [&](const PeopleColumn& column, const std::string& text) {
    if (&column != &shown.front()) line += "  ";
    const std::string blanks(column.width - utf8_columns(text), ' ');
    line += column.is_numeric ? blanks + text : text + blanks;
  };
  const auto end_line = [&] {
    out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    line.clear();
  };
  for (const PeopleColumn& column : shown) add_cell(column, cell_text(Cell(sheet.columns[column.at].key)));
  end_line();
  sheet.each_row([&](const std::vector<Cell>& row) {
    for (const PeopleColumn& column : shown)
      add_cell(column, cell_text(row[column.at], sheet.columns[column.at].digits));
    end_line();
    flush(out);
  });
  if (!sheet.notes.empty()) out += '\n';
  for (const std::string& note : sheet.notes) out += printable(note) + '\n';
}

}  // namespace

void write_text_sheets(std::span<const Sheet> sheets, std::string& out, const FlushText& flush) {
  for (const Sheet& sheet : sheets) {
    if (&sheet != &sheets.front()) out += '\n';
    if (sheets.size() > 1) out += sheet.name + "\n";
    write_sheet(sheet, out, flush);
  }
}

}  // namespace footpound
