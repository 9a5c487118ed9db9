// SPDX-License-Identifier: MIT
// Sheets as Markdown tables to paste.
#include "text/markdown_text.hpp"
#include "write/people_columns.hpp"
#include "write/sheet_writers.hpp"

namespace footpound {

namespace {

void write_sheet(const Sheet& sheet, std::string& out, const FlushText& flush) {
  const std::vector<PeopleColumn> shown = columns_for_people(sheet);
  {
    MarkdownRow header(out);
    for (const PeopleColumn& column : shown) header.cell(markdown_text(sheet.columns[column.at].key));
  }
  {
    MarkdownRow rule(out);
    for (const PeopleColumn& column : shown) rule.cell(column.is_numeric ? "---:" : "---");
  }
  sheet.each_row([&](const std::vector<Cell>& row) {
    {
      MarkdownRow line(out);
      for (const PeopleColumn& column : shown)
        line.cell(markdown_text(raw_text(row[column.at], sheet.columns[column.at].digits)));
    }
    flush(out);
  });
  for (const std::string& note : sheet.notes) out += "\n" + markdown_text(note) + "\n";
}

}  // namespace

void write_markdown_sheets(std::span<const Sheet> sheets, std::string& out, const FlushText& flush) {
  for (const Sheet& sheet : sheets) {
    if (&sheet != &sheets.front()) out += '\n';
    if (sheets.size() > 1) out += "### " + sheet.name + "\n\n";
    write_sheet(sheet, out, flush);
  }
}

}  // namespace footpound
