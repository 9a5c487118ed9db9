// SPDX-License-Identifier: MIT
#include "sheet/sheet.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "footpound/base/error.hpp"
#include "text/csv_text.hpp"
#include "text/json_text.hpp"
#include "text/markdown_text.hpp"
#include "units/number_text.hpp"

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

using Flush = SheetFormat::Flush;

// A column that people see.
struct ShownColumn {
  std::size_t at;
  bool is_numeric = true;
  std::size_t width = 0;  // of its widest text
};

std::vector<ShownColumn> columns_for_people(const Sheet& sheet) {
  std::vector<ShownColumn> all;
  std::vector<bool> filled(sheet.columns.size(), sheet.empty());
  for (std::size_t c = 0; c < sheet.columns.size(); ++c)
    all.push_back({c, true, utf8_columns(cell_text(Cell(sheet.columns[c].key)))});
  sheet.each_row([&](const std::vector<Cell>& row) {
    for (ShownColumn& column : all) {
      const SheetColumn& described = sheet.columns[column.at];
      const Cell& cell = row[column.at];
      if (!described.for_people || is_empty(cell)) continue;
      filled[column.at] = true;
      column.is_numeric = column.is_numeric && std::holds_alternative<double>(cell);
      column.width = std::max(column.width, utf8_columns(cell_text(cell, described.digits)));
    }
  });
  std::vector<ShownColumn> shown;
  for (const ShownColumn& column : all) {
    if (sheet.columns[column.at].for_people && filled[column.at]) shown.push_back(column);
  }
  return shown;
}

void write_text(const Sheet& sheet, std::string& out, const Flush& flush) {
  const std::vector<ShownColumn> shown = columns_for_people(sheet);
  std::string line;
  const auto add_cell = [&](const ShownColumn& column, const std::string& text) {
    if (&column != &shown.front()) line += "  ";
    const std::string blanks(column.width - utf8_columns(text), ' ');
    line += column.is_numeric ? blanks + text : text + blanks;
  };
  const auto end_line = [&] {
    out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    line.clear();
  };
  for (const ShownColumn& column : shown) add_cell(column, cell_text(Cell(sheet.columns[column.at].key)));
  end_line();
  sheet.each_row([&](const std::vector<Cell>& row) {
    for (const ShownColumn& column : shown)
      add_cell(column, cell_text(row[column.at], sheet.columns[column.at].digits));
    end_line();
    flush(out);
  });
  if (!sheet.notes.empty()) out += '\n';
  for (const std::string& note : sheet.notes) out += printable(note) + '\n';
}

void write_markdown(const Sheet& sheet, std::string& out, const Flush& flush) {
  const std::vector<ShownColumn> shown = columns_for_people(sheet);
  {
    MarkdownRow header(out);
    for (const ShownColumn& column : shown) header.cell(markdown_text(sheet.columns[column.at].key));
  }
  {
    MarkdownRow rule(out);
    for (const ShownColumn& column : shown) rule.cell(column.is_numeric ? "---:" : "---");
  }
  sheet.each_row([&](const std::vector<Cell>& row) {
    {
      MarkdownRow line(out);
      for (const ShownColumn& column : shown)
        line.cell(markdown_text(raw_text(row[column.at], sheet.columns[column.at].digits)));
    }
    flush(out);
  });
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

void write_json(const Sheet& sheet, std::string& out, const Flush& flush) {
  out += "{\"table\": ";
  append_json_string(out, sheet.name);
  out += ", \"schema\": 1, \"rows\": [";
  bool first = true;
  sheet.each_row([&](const std::vector<Cell>& row) {
    out += first ? "\n" : ",\n";
    first = false;
    append_json_row(sheet, row, out);
    flush(out);
  });
  out += "\n]}\n";
}

void write_ndjson(const Sheet& sheet, std::string& out, const Flush& flush) {
  sheet.each_row([&](const std::vector<Cell>& row) {
    append_json_row(sheet, row, out);
    out += '\n';
    flush(out);
  });
}

void write_delimited(const Sheet& sheet, char delimiter, std::string& out, const Flush& flush) {
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

constexpr std::array formats = {
    SheetFormat{"text", "for people", write_text},
    SheetFormat{"json", "one object of the shape of data/*.json", write_json},
    SheetFormat{"ndjson", "one JSON object a row", write_ndjson},
    SheetFormat{"csv", "comma-separated",
        [](const Sheet& sheet, std::string& out, const Flush& flush) {
          write_delimited(sheet, ',', out, flush);
        }},
    SheetFormat{"tsv", "tab-separated",
        [](const Sheet& sheet, std::string& out, const Flush& flush) {
          write_delimited(sheet, '\t', out, flush);
        }},
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
