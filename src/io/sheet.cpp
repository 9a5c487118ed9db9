// SPDX-License-Identifier: MIT
#include "io/sheet.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "footpound/base/error.hpp"
#include "footpound/units/number_text.hpp"
#include "io/csv_text.hpp"
#include "io/json_text.hpp"
#include "io/markdown_text.hpp"

namespace footpound {

namespace {

bool is_empty(const Cell& cell) { return std::holds_alternative<std::monostate>(cell); }

std::string joined(const std::vector<std::string>& items, std::string_view between) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += between;
    text += item;
  }
  return text;
}

// The cell's plain text, unescaped.
std::string raw_text(const Cell& cell, int digits) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<double>(&cell))
    return digits > 0 ? human_number(*number, digits) : number_text(*number);
  if (const auto* flag = std::get_if<bool>(&cell)) return *flag ? "true" : "false";
  if (const auto* items = std::get_if<std::vector<std::string>>(&cell)) return joined(*items, "; ");
  return {};
}

std::vector<std::size_t> columns_for_people(const Sheet& sheet) {
  std::vector<std::size_t> shown;
  for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
    const bool filled =
        std::any_of(sheet.rows.begin(), sheet.rows.end(), [&](const auto& row) { return !is_empty(row[c]); });
    if (sheet.columns[c].for_people && (filled || sheet.rows.empty())) shown.push_back(c);
  }
  return shown;
}

bool is_numeric(const Sheet& sheet, std::size_t column) {
  return std::all_of(sheet.rows.begin(), sheet.rows.end(),
      [&](const auto& row) { return is_empty(row[column]) || std::holds_alternative<double>(row[column]); });
}

void write_text(const Sheet& sheet, std::string& out) {
  const std::vector<std::size_t> shown = columns_for_people(sheet);
  std::vector<std::vector<std::string>> lines(1);
  for (const std::size_t c : shown) lines.front().push_back(sheet.columns[c].key);
  for (const auto& row : sheet.rows) {
    std::vector<std::string>& line = lines.emplace_back();
    for (const std::size_t c : shown) line.push_back(cell_text(row[c], sheet.columns[c].digits));
  }
  std::vector<std::size_t> width(shown.size());
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) width[i] = std::max(width[i], utf8_columns(line[i]));
  }
  for (const auto& line : lines) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (i > 0) text += "  ";
      const std::string blanks(width[i] - utf8_columns(line[i]), ' ');
      text += is_numeric(sheet, shown[i]) ? blanks + line[i] : line[i] + blanks;
    }
    out += text.substr(0, text.find_last_not_of(' ') + 1) + '\n';
  }
  if (!sheet.notes.empty()) out += '\n';
  for (const std::string& note : sheet.notes) out += printable(note) + '\n';
}

void write_markdown(const Sheet& sheet, std::string& out) {
  const std::vector<std::size_t> shown = columns_for_people(sheet);
  {
    MarkdownRow header(out);
    for (const std::size_t c : shown) header.cell(markdown_text(sheet.columns[c].key));
  }
  {
    MarkdownRow rule(out);
    for (const std::size_t c : shown) rule.cell(is_numeric(sheet, c) ? "---:" : "---");
  }
  for (const auto& row : sheet.rows) {
    MarkdownRow line(out);
    for (const std::size_t c : shown) line.cell(markdown_text(raw_text(row[c], sheet.columns[c].digits)));
  }
  for (const std::string& note : sheet.notes) out += "\n" + markdown_text(note) + "\n";
}

void append_json_cell(const Cell& cell, std::string& out) {
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

void append_json_row(const Sheet& sheet, const std::vector<Cell>& row, std::string& out) {
  out += '{';
  bool first = true;
  for (std::size_t c = 0; c < row.size(); ++c) {
    if (is_empty(row[c])) continue;
    if (!first) out += ", ";
    first = false;
    append_json_string(out, sheet.columns[c].key);
    out += ": ";
    append_json_cell(row[c], out);
  }
  out += '}';
}

void write_json(const Sheet& sheet, std::string& out) {
  out += "{\"table\": ";
  append_json_string(out, sheet.name);
  out += ", \"schema\": 1, \"rows\": [\n";
  for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
    append_json_row(sheet, sheet.rows[i], out);
    out += i + 1 < sheet.rows.size() ? ",\n" : "\n";
  }
  out += "]}\n";
}

void write_ndjson(const Sheet& sheet, std::string& out) {
  for (const auto& row : sheet.rows) {
    append_json_row(sheet, row, out);
    out += '\n';
  }
}

void write_delimited(const Sheet& sheet, char delimiter, std::string& out) {
  for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
    if (c > 0) out += delimiter;
    append_csv(out, sheet.columns[c].key, delimiter);
  }
  out += '\n';
  for (const auto& row : sheet.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) out += delimiter;
      append_csv(out, raw_text(row[c], 0), delimiter);
    }
    out += '\n';
  }
}

constexpr std::array formats = {
    SheetFormat{"text", "for people", write_text},
    SheetFormat{"json", "one object of the shape of data/*.json", write_json},
    SheetFormat{"ndjson", "one JSON object a row", write_ndjson},
    SheetFormat{"csv", "comma-separated",
        [](const Sheet& sheet, std::string& out) { write_delimited(sheet, ',', out); }},
    SheetFormat{"tsv", "tab-separated",
        [](const Sheet& sheet, std::string& out) { write_delimited(sheet, '\t', out); }},
    SheetFormat{"markdown", "a table to paste", write_markdown},
};

}  // namespace

std::span<const SheetFormat> sheet_formats() { return formats; }

const SheetFormat* find_sheet_format(std::string_view name) {
  const auto found = std::find_if(
      formats.begin(), formats.end(), [&](const SheetFormat& format) { return format.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

std::string cell_text(const Cell& cell, int digits) { return printable(raw_text(cell, digits)); }

}  // namespace footpound
