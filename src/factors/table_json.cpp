// SPDX-License-Identifier: MIT
#include "factors/table_json.hpp"

#include <cmath>
#include <set>

#include <nlohmann/json.hpp>

#include "footpound/factors/nearest.hpp"

namespace footpound {

namespace {

using nlohmann::json;

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
  if (std::isfinite(range.most)) text += " to " + bound(range.most);
  else if (std::isfinite(range.least) && !range.above) text += " up";
  return text;
}

// Texts are printed as they are, on terminals too.
bool is_text(const json& value) {
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  return !text.empty() && printable(text) == text;
}

Result<CellValue> parse_cell(const Column& column, const json& value, const std::string& where) {
  CellValue cell;
  const auto wrong = [&](std::string_view wanted) {
    return malformed(where, in_quotes(column.key) + " is " + in_quotes(value.dump()), "it has to be " + std::string(wanted));
  };
  switch (column.type) {
    case CellType::text:
      if (!is_text(value)) return wrong("a printable text that is not empty");
      cell.texts.push_back(value.get<std::string>());
      break;
    case CellType::texts:
      if (!value.is_array() || value.empty()) return wrong("a list of texts");
      for (const json& item : value) {
        if (!is_text(item)) return wrong("a list of printable texts");
        cell.texts.push_back(item.get<std::string>());
      }
      break;
    case CellType::number:
      if (!value.is_number() || !std::isfinite(value.get<double>()) || !column.range.holds(value.get<double>())) return wrong(wanted_number(column));
      cell.number = value.get<double>();
      break;
    case CellType::integer:
      if (!value.is_number_integer() || !column.range.holds(value.get<double>())) return wrong(wanted_number(column));
      cell.number = value.get<double>();
      break;
    case CellType::flag:
      if (!value.is_boolean()) return wrong("true or false");
      cell.number = value.get<bool>() ? 1 : 0;
      break;
  }
  return cell;
}

Result<std::vector<CellValue>> parse_row(const TableDef& def, const json& object, std::string where) {
  if (!object.is_object()) return malformed(where, "is not an object");
  const auto id = object.find("id");
  if (id == object.end() || !id->is_string() || id->get_ref<const std::string&>().empty()) {
    return malformed(where, "has no \"id\"");
  }
  if (!is_text(*id)) return malformed(where, "\"id\" is " + in_quotes(id->get_ref<const std::string&>()), "it has to be a printable text");
  where = std::string(def.name) + " " + in_quotes(id->get_ref<const std::string&>());

  std::vector<CellValue> cells;
  for (std::size_t c = 0; c < def.columns.size(); ++c) {
    const auto value = object.find(def.columns[c].key);
    if (value == object.end()) continue;
    Result<CellValue> cell = parse_cell(def.columns[c], *value, where);
    if (!cell) return cell.error();
    cell->column = static_cast<int>(c);
    cells.push_back(std::move(*cell));
  }
  if (cells.size() != object.size()) {
    std::vector<std::string_view> known;
    for (const Column& column : def.columns) known.push_back(column.key);
    for (const auto& [key, value] : object.items()) {
      if (find_column(def, key) < 0) return malformed(where, "unknown key " + in_quotes(key), did_you_mean(key, known));
    }
  }
  return cells;
}

Result<TableRows> parse_table(const json& object) {
  if (!object.is_object()) return malformed("", "is not a table", R"(a table is {"table": NAME, "schema": 1, "rows": [...]})");
  const auto name = object.find("table");
  if (name == object.end() || !name->is_string()) return malformed("table", "is not named");
  const auto schema = object.find("schema");
  if (schema != object.end() && *schema != 1) return malformed("schema", "is " + in_quotes(schema->dump()), "this program reads schema 1");
  const auto rows = object.find("rows");
  if (rows == object.end() || !rows->is_array()) return malformed("rows", "is missing", "give a list of row objects");

  TableRows table{};
  std::vector<std::string_view> known;
  bool found = false;
  for (std::size_t i = 0; i < table_defs().size(); ++i) {
    known.push_back(table_defs()[i].name);
    if (table_defs()[i].name == name->get_ref<const std::string&>()) {
      table.table = static_cast<TableId>(i);
      found = true;
    }
  }
  if (!found) {
    const std::string& wrong = name->get_ref<const std::string&>();
    return malformed("table", "unknown " + in_quotes(wrong), did_you_mean(wrong, known));
  }

  std::set<std::string> ids;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    Result<std::vector<CellValue>> row = parse_row(table_def(table.table), (*rows)[i], "row " + std::to_string(i + 1));
    if (!row) return row.error();
    const std::string& id = row->front().texts.front();
    if (!ids.insert(id).second) return malformed(std::string(table_def(table.table).name) + " " + in_quotes(id), "is stated twice");
    table.rows.push_back(std::move(*row));
  }
  return table;
}

}  // namespace

Result<std::vector<TableRows>> parse_tables(std::string_view text) {
  json parsed;
  // of a key that is stated twice the parser keeps the last without a word
  std::vector<std::set<std::string>> keys;
  std::string twice;
  const auto watch = [&](int, json::parse_event_t event, const json& value) {
    if (event == json::parse_event_t::object_start) keys.emplace_back();
    if (event == json::parse_event_t::object_end) keys.pop_back();
    if (event == json::parse_event_t::key && !keys.back().insert(value.get<std::string>()).second && twice.empty()) {
      twice = value.get<std::string>();
    }
    return true;
  };
  try {
    parsed = json::parse(text, watch);
  } catch (const json::parse_error& problem) {
    return malformed("", "is not JSON: byte " + std::to_string(problem.byte) + ": " + printable(problem.what()));
  } catch (const json::exception& problem) {  // a number that overflows
    return malformed("", "cannot be read: " + printable(problem.what()));
  }
  if (!twice.empty()) return malformed("", "states key " + in_quotes(twice) + " twice in one object");
  std::vector<TableRows> tables;
  if (!parsed.is_array()) parsed = json::array({std::move(parsed)});
  for (const json& object : parsed) {
    Result<TableRows> table = parse_table(object);
    if (!table) return table.error();
    tables.push_back(std::move(*table));
  }
  return tables;
}

}  // namespace footpound
