// SPDX-License-Identifier: MIT
#include "declaration.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace footpound {

namespace {

using Json = nlohmann::ordered_json;

template <class Value>
struct Word {
  std::string_view json;
  std::string_view cpp;
  Value value;
};
template <class Value>
Word(std::string_view, std::string_view, Value) -> Word<Value>;

constexpr std::array types = {
    Word{"text", "CellType::text", CellType::text},
    Word{"texts", "CellType::texts", CellType::texts},
    Word{"number", "CellType::number", CellType::number},
    Word{"integer", "CellType::integer", CellType::integer},
    Word{"flag", "CellType::flag", CellType::flag},
};
constexpr std::array folds = {
    Word{"exact", "Fold::exact", Fold::exact},
    Word{"name", "Fold::name", Fold::name},
    Word{"hardware", "Fold::hardware", Fold::hardware},
};
constexpr std::array besides = {
    Word{"nothing", "Beside::nothing", Beside::nothing},
    Word{"rows", "Beside::rows", Beside::rows},
    Word{"series", "Beside::series", Beside::series},
};

template <class Words>
auto value_of(const Words& words, const std::string& text) {
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const auto& word) { return word.json == text; });
  if (found == words.end()) throw std::invalid_argument("\"" + text + "\" is no such word");
  return found->value;
}

template <class Words, class Value>
std::string_view cpp_of(const Words& words, Value value) {
  return std::find_if(words.begin(), words.end(), [&](const auto& word) { return word.value == value; })->cpp;
}

void allow_keys(const Json& object, std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end())
      throw std::invalid_argument("unknown key \"" + key + "\"");
  }
}

Column column_of(const Json& said, std::string_view key, std::optional<TableId> refers_to) {
  allow_keys(said, {"key", "type", "required", "from", "above", "to", "values", "refers_to", "names_row",
                       "beside", "help"});
  Column column{key, value_of(types, said.at("type")), said.value("required", false),
      said.value("names_row", false), {}, refers_to, value_of(besides, said.value("beside", "nothing"))};
  column.range.above = said.contains("above");
  column.range.least = said.value(column.range.above ? "above" : "from", column.range.least);
  column.range.most = said.value("to", column.range.most);
  if (said.at("help").get<std::string>().empty()) throw std::invalid_argument("\"help\" is empty");
  if (column.beside != Beside::nothing && !refers_to)
    throw std::invalid_argument("\"beside\" without \"refers_to\"");
  return column;
}

std::string range_text(const Bounds& range) {
  std::string text;
  if (std::isfinite(range.least)) text += fmt::format(".least = {}", range.least);
  if (std::isfinite(range.most)) text += fmt::format("{}.most = {}", text.empty() ? "" : ", ", range.most);
  if (range.above) text += ", .above = true";
  return "{" + text + "}";
}

}  // namespace

Result<Declaration> Declaration::read(std::string_view text) {
  std::string where;
  try {
    const Json json = Json::parse(text);
    const Json& tables = json.at("tables");
    const auto id_of = [&](const std::string& name) {
      for (std::size_t i = 0; i < tables.size(); ++i) {
        if (tables[i].at("table") == name) return static_cast<TableId>(i);
      }
      throw std::invalid_argument("no table \"" + name + "\"");
    };

    Declaration made;
    const auto keep = [&made](std::string said) -> std::string_view {
      return made.texts_.emplace_back(std::move(said));
    };
    for (const Json& table : tables) {
      where = table.at("table").get<std::string>();
      allow_keys(table, {"table", "help", "names", "one_of", "columns"});
      std::vector<Column>& columns = made.columns_.emplace_back();
      for (const Json& own : table.at("columns")) {
        const std::string_view key = keep(own.at("key"));
        where = fmt::format("{}: {}", table.at("table").get<std::string>(), key);
        Json said = json.at("shared").value(std::string(key), Json::object());
        said.update(own);
        std::optional<TableId> refers_to;
        if (said.contains("refers_to")) refers_to = id_of(said["refers_to"]);
        columns.push_back(column_of(said, key, refers_to));
      }
      if (columns.empty() || columns.front().key != "id")
        throw std::invalid_argument("the first column is not \"id\"");
      made.tables_.push_back(
          {keep(table.at("table")), keep(table.at("help")), columns, value_of(folds, table.at("names"))});
    }
    return made;
  } catch (const std::exception& problem) {
    return Error{ErrorKind::malformed, where, problem.what(), {}};
  }
}

std::string Declaration::header() const {
  std::string out =
      "// Made by embed_tables from data/schema/tables.json. Do not edit.\n#pragma once\n\n"
      "#include \"factors/table.hpp\"\n\nnamespace footpound {\n\nenum class TableId : unsigned char {\n";
  for (const TableDef& table : tables_) out += fmt::format("  {},\n", table.name);
  out += fmt::format(
      "}};\ninline constexpr std::size_t table_count = {};\n\nnamespace declared {{\n", tables_.size());
  for (const TableDef& table : tables_) {
    out += fmt::format("\ninline constexpr Column {}[] = {{\n", table.name);
    for (const Column& column : table.columns) {
      const std::string refers_to =
          column.refers_to
              ? fmt::format("TableId::{}", tables_[static_cast<std::size_t>(*column.refers_to)].name)
              : "{}";
      out += fmt::format("    {{\"{}\", {}, {}, {}, {}, {}, {}}},\n", column.key, cpp_of(types, column.type),
          column.required, column.names_row, range_text(column.range), refers_to,
          cpp_of(besides, column.beside));
    }
    out += "};\n";
  }
  out += "\ninline constexpr TableDef tables[] = {\n";
  for (const TableDef& table : tables_)
    out += fmt::format(
        "    {{\"{0}\", {1}, {0}, {2}}},\n", table.name, Json(table.help).dump(), cpp_of(folds, table.fold));
  return out + "};\n\n}  // namespace declared\n}  // namespace footpound\n";
}

}  // namespace footpound
