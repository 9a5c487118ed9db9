// SPDX-License-Identifier: MIT
// Sheets as CSV and TSV.
#include "text/csv_text.hpp"
#include "write/sheet_writers.hpp"

namespace footpound {

namespace {

void write_sheet(const Sheet& sheet, char delimiter, std::string& out, const FlushText& flush) {
  for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
    if (c > 0) out += delimiter;
    append_csv(out, sheet.columns[c].key, delimiter);
  }
  out += '\n';
  sheet.each_row([&](const std::vector<Cell>& row) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) out += delimiter;
      append_csv(out, raw_text(row[c], 0), delimiter);
    }
    out += '\n';
    flush(out);
  });
}

}  // namespace

void write_csv_sheets(std::span<const Sheet> sheets, std::string& out, const FlushText& flush) {
  write_sheet(sheets.front(), ',', out, flush);
}
void write_tsv_sheets(std::span<const Sheet> sheets, std::string& out, const FlushText& flush) {
  write_sheet(sheets.front(), '\t', out, flush);
}

}  // namespace footpound
