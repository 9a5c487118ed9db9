// SPDX-License-Identifier: MIT
#include "factors/table_json.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "factors/json_rows.hpp"
#include "factors/nearest.hpp"

namespace footpound {

namespace {

using Kind = JsonCell::Kind;

Error malformed(std::string where, std::string what, std::string instead = {}) {
  return Error{ErrorKind::malformed, std::move(where), std::move(what), std::move(instead)};
}

std::string did_you_mean(std::string_view wrong, const std::vector<std::string_view>& known) {
  const std::vector<std::string_view> near = nearest(wrong, known, 1);
  return near.empty() ? std::string() : "did you mean " + in_quotes(near.front()) + "?";
}

// "a number from 1 to 5", "a number above 0"
std::string wanted_number(const Column& column) {
  const Bounds& range = column.range;
  const auto bound = [](double whole) { return std::to_string(static_cast<int>(whole)); };
  std::string text = column.type == CellType::integer ? "a whole number" : "a number";
  if (std::isfinite(range.least)) text += (range.above ? " above " : " from ") + bound(range.least);
  if (std::isfinite(range.most))
    text += " to " + bound(range.most);
  else if (std::isfinite(range.least) && !range.above)
    text += " up";
  return text;
}

// Texts are printed as they are, on terminals too.
bool are_printable(const std::vector<std::string>& texts) {
  return std::all_of(texts.begin(), texts.end(),
      [](const std::string& text) { return !text.empty() && printable(text) == text; });
}

// What the column has to hold, where the cell is something else; "" where it is that.
std::string wanted_instead(const Column& column, const JsonCell& cell) {
  const bool is_number =
      cell.kind == Kind::integer || (cell.kind == Kind::number && column.type == CellType::number);
  switch (column.type) {
    case CellType::text:
      return cell.kind == Kind::text && are_printable(cell.texts) ? "" : "a printable text that is not empty";
    case CellType::texts:
      return cell.kind == Kind::texts && !cell.texts.empty() && are_printable(cell.texts)
                 ? ""
                 : "a list of printable texts";
    case CellType::number:
    case CellType::integer: return is_number && column.range.holds(cell.number) ? "" : wanted_number(column);
    case CellType::flag: return cell.kind == Kind::flag ? "" : "true or false";
  }
  return {};
}

Result<std::vector<CellValue>> parse_row(const TableDef& def, JsonRow& row, std::string where) {
  if (!row) return malformed(where, "is not an object");
  const JsonCell* const id = find_cell(*row, "id");
  if (id == nullptr || id->kind != Kind::text || id->texts.front().empty())
    return malformed(where, "has no \"id\"");
  if (!are_printable(id->texts))
    return malformed(where, "\"id\" is " + in_quotes(id->texts.front()), "it has to be a printable text");
  where = std::string(def.name) + " " + in_quotes(id->texts.front());

  std::vector<CellValue> cells;
  cells.reserve(row->size());
  for (JsonCell& cell : *row) {
    const int column = find_column(def, cell.key);
    if (column < 0) {
      std::vector<std::string_view> known;
      for (const Column& each : def.columns) known.push_back(each.key);
      return malformed(where, "unknown key " + in_quotes(cell.key), did_you_mean(cell.key, known));
    }
    const std::string wanted = wanted_instead(def.columns[static_cast<std::size_t>(column)], cell);
    if (!wanted.empty())
      return malformed(
          where, in_quotes(cell.key) + " is " + in_quotes(as_written(cell)), "it has to be " + wanted);
    cells.push_back({column, cell.number, std::move(cell.texts)});
  }
  std::sort(
      cells.begin(), cells.end(), [](const CellValue& a, const CellValue& b) { return a.column < b.column; });
  return cells;
}

Result<TableRows> parse_table(JsonTable& written, std::span<const TableDef> defs) {
  if (!written.head)
    return malformed("", "is not a table", R"(a table is {"table": NAME, "schema": 1, "rows": [...]})");
  const JsonCell* const name = find_cell(*written.head, "table");
  if (name == nullptr || name->kind != Kind::text) return malformed("table", "is not named");
  const JsonCell* const schema = find_cell(*written.head, "schema");
  const bool is_schema =
      schema == nullptr ||
      ((schema->kind == Kind::integer || schema->kind == Kind::number) && schema->number == 1);
  if (!is_schema)
    return malformed("schema", "is " + in_quotes(as_written(*schema)), "this program reads schema 1");
  if (!written.rows) return malformed("rows", "is missing", "give a list of row objects");

  std::vector<std::string_view> known;
  for (const TableDef& def : defs) known.push_back(def.name);
  const std::string& stated = name->texts.front();
  const auto found = std::find(known.begin(), known.end(), stated);
  if (found == known.end())
    return malformed("table", "unknown " + in_quotes(stated), did_you_mean(stated, known));

  const TableDef& def = defs[static_cast<std::size_t>(found - known.begin())];
  TableRows table{static_cast<TableId>(found - known.begin()), {}};
  std::set<std::string> ids;
  for (std::size_t i = 0; i < written.rows->size(); ++i) {
    Result<std::vector<CellValue>> row = parse_row(def, (*written.rows)[i], "row " + std::to_string(i + 1));
    if (!row) return row.error();
    const std::string& id = row->front().texts.front();
    if (!ids.insert(id).second)
      return malformed(std::string(def.name) + " " + in_quotes(id), "is stated twice");
    table.rows.push_back(std::move(*row));
  }
  return table;
}

}  // namespace

Result<std::vector<TableRows>> parse_tables(std::string_view text, std::span<const TableDef> defs) {
  Result<std::vector<JsonTable>> written = read_json_tables(text);
  if (!written) return written.error();
  std::vector<TableRows> tables;
  for (JsonTable& each : *written) {
    Result<TableRows> table = parse_table(each, defs);
    if (!table) return table.error();
    tables.push_back(std::move(*table));
  }
  return tables;
}

}  // namespace footpound
