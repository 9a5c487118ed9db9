// SPDX-License-Identifier: MIT
// Sheets as JSON and NDJSON.
#include "text/json_text.hpp"
#include "write/sheet_writers.hpp"

namespace footpound {

namespace {

void append_cell(const Cell& cell, std::string& out) {
  if (const auto* number = std::get_if<double>(&cell)) {
    append_json_number(out, *number);
  } else if (const auto* flag = std::get_if<bool>(&cell)) {
    out += *flag ? "true" : "false";
  } else if (const auto* items = std::get_if<std::vector<std::string>>(&cell)) {
    out += '[';
    for (std::size_t i = 0; i < items->size(); ++i) {
      if (i > 0) out += ", ";
      append_json_string(out, (*items)[i]);
    }
    out += ']';
  } else {
    append_json_string(out, std::get<std::string>(cell));
  }
}

void append_row(const Sheet& sheet, const std::vector<Cell>& row, std::string& out) {
  out += '{';
  bool first = true;
  for (std::size_t c = 0; c < row.size(); ++c) {
    if (is_empty(row[c])) continue;
    if (!first) out += ", ";
    first = false;
    append_json_string(out, sheet.columns[c].key);
    out += ": ";
    append_cell(row[c], out);
  }
  out += '}';
}

void append_table(const Sheet& sheet, std::string& out, const FlushText& flush) {
  out += "{\"table\": ";
  append_json_string(out, sheet.name);
  out += ", \"schema\": 1, \"rows\": [";
  bool first = true;
  sheet.each_row([&](const std::vector<Cell>& row) {
    out += first ? "\n" : ",\n";
    first = false;
    append_row(sheet, row, out);
    flush(out);
  });
  out += "\n]}";
}

}  // namespace

void write_json_sheets(std::span<const Sheet> sheets, std::string& out, const FlushText& flush) {
  const bool array = sheets.size() != 1;
  if (array) out += "[\n";
  for (const Sheet& sheet : sheets) {
    if (&sheet != &sheets.front()) out += ",\n";
    append_table(sheet, out, flush);
  }
  out += array ? "\n]\n" : "\n";
}

void write_ndjson_sheets(std::span<const Sheet> sheets, std::string& out, const FlushText& flush) {
  sheets.front().each_row([&](const std::vector<Cell>& row) {
    append_row(sheets.front(), row, out);
    out += '\n';
    flush(out);
  });
}

}  // namespace footpound
