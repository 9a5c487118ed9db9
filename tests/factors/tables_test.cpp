// SPDX-License-Identifier: MIT
// Every table, its schema and every row of it: a new row is tested by existing.
#include "factors/tables.hpp"

#include <cmath>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

#include "factors/hardware.hpp"
#include "factors/regions.hpp"
#include "factors/table_json.hpp"
#include "footpound/factors/catalog.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/scratch.hpp"

using namespace footpound;
using Json = nlohmann::ordered_json;

namespace {

const Catalog& built_in() {
  static const Catalog catalog;
  return catalog;
}

Json data_file(const std::string& name) {
  return Json::parse(Scratch::read_file(root_path("/data/" + name)));
}

template <class Visit>
void each_row(const Table& table, Visit visit) {
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    INFO(table.def().name << " " << table.row(i).id());
    visit(table.row(i));
  }
}

const char* json_type(CellType type) {
  switch (type) {
    case CellType::text: return "string";
    case CellType::texts: return "array";
    case CellType::number: return "number";
    case CellType::integer: return "integer";
    case CellType::flag: return "boolean";
  }
  return "";
}

// Far from what a table's row can be, though its column allows it.
bool plausible(std::string_view key, double value) {
  if (key == "log_sd") return value > 0 && value < 2;
  if (key == "rated_power_w" || key == "watts") return value < 1e5;
  if (key == "intensity_g_per_kwh") return value < 3000;
  return true;
}

Bounds range_in(const Json& schema) {
  Bounds range;
  range.above = schema.contains("exclusiveMinimum");
  range.least = schema.value(range.above ? "exclusiveMinimum" : "minimum", range.least);
  range.most = schema.value("maximum", range.most);
  return range;
}

void check_references(TableId from, std::string_view key, TableId to) {
  const Table& table = built_in().table(from);
  const int column = find_column(table.def(), key);
  REQUIRE(column >= 0);
  each_row(table, [&](Row row) {
    each_item(row.text(column), [&](std::string_view id) {
      INFO(key << ": " << id);
      CHECK(built_in().table(to).find(id));
    });
  });
}

}  // namespace

TEST_CASE("each table has its rows, its schema and its section in docs/data.md, and no file is of no table") {
  const auto names_in = [](const std::string& folder, const std::string& ending) {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(root_path(folder))) {
      const std::string name = entry.path().filename().string();
      if (name.ends_with(ending)) names.insert(name.substr(0, name.size() - ending.size()));
    }
    return names;
  };
  std::set<std::string> sections;
  std::istringstream page(Scratch::read_file(root_path("/docs/data.md")));
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("### ")) sections.insert(line.substr(4));
  }
  std::set<std::string> tables;
  for (const TableDef& def : table_defs()) tables.insert(std::string(def.name));
  CHECK(names_in("/data", ".json") == tables);
  CHECK(names_in("/data/schema", ".schema.json") == tables);
  CHECK(sections == tables);
}

TEST_CASE("tables are defined in the order of their ids, with an id first and unique keys") {
  REQUIRE(table_defs().size() == table_count);
  for (std::size_t i = 0; i < table_count; ++i) {
    const TableDef& def = table_defs()[i];
    INFO(def.name);
    CHECK(&table_def(static_cast<TableId>(i)) == &def);
    CHECK_FALSE(def.help.empty());
    CHECK(def.columns.front().key == "id");
    std::set<std::string_view> keys;
    for (const Column& column : def.columns) {
      INFO(column.key);
      CHECK(keys.insert(column.key).second);
      if (column.names_row) CHECK((column.type == CellType::text || column.type == CellType::texts));
    }
    if (def.name == "sources") continue;
    for (const char* key : {"source", "year", "method", "note"}) CHECK(keys.count(key) == 1);
  }
}

TEST_CASE("each schema lists the columns of its table: order, type, range, help and what is required") {
  for (const TableDef& def : table_defs()) {
    const std::string name(def.name);
    const Json schema = data_file("schema/" + name + ".schema.json");
    INFO(name);
    CHECK(schema["properties"]["table"]["const"] == name);
    CHECK(schema["additionalProperties"] == false);
    const Json& item = schema["properties"]["rows"]["items"];
    CHECK(item["additionalProperties"] == false);
    std::vector<std::string> keys;
    for (const auto& [key, value] : item["properties"].items()) keys.push_back(key);
    std::vector<std::string> expected;
    std::set<std::string> required;
    for (const Column& column : def.columns) {
      const std::string key(column.key);
      expected.push_back(key);
      if (column.required) required.insert(key);
      INFO(key);
      const Json property = item["properties"].value(key, Json::object());
      CHECK(property.value("type", "") == json_type(column.type));
      CHECK_FALSE(property.value("description", "").empty());
      const Bounds range = range_in(property);
      CHECK(column.range.least == range.least);
      CHECK(column.range.most == range.most);
      CHECK(column.range.above == range.above);
    }
    CHECK(keys == expected);
    CHECK(item["required"].get<std::set<std::string>>() == required);
  }
}

TEST_CASE("the program holds what data/*.json says, row by row, sorted by id") {
  for (std::size_t t = 0; t < table_count; ++t) {
    const Table& table = built_in().table(static_cast<TableId>(t));
    const Json file = data_file(std::string(table.def().name) + ".json");
    INFO(table.def().name);
    REQUIRE(parse_tables(file.dump(), table_defs()));
    REQUIRE(file["rows"].size() == table.size());
    std::string last;
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      const Json& said = file["rows"][i];
      const Row row = table.row(i);
      INFO(row.id());
      REQUIRE(said["id"] == std::string(row.id()));
      CHECK(last < said["id"].get<std::string>());
      last = said["id"].get<std::string>();
      CHECK(table.find(row.id()) == row);
      std::size_t stated = 0;
      for (std::size_t c = 0; c < table.def().columns.size(); ++c) {
        const Column& column = table.def().columns[c];
        const int index = static_cast<int>(c);
        const auto value = said.find(std::string(column.key));
        INFO(column.key);
        REQUIRE(row.has(index) == (value != said.end()));
        if (column.required) CHECK(row.has(index));
        if (!row.has(index)) continue;
        ++stated;
        switch (column.type) {
          case CellType::text: CHECK(*value == std::string(row.text(index))); break;
          case CellType::texts: {
            std::vector<std::string> items;
            each_item(row.text(index), [&](std::string_view text) { items.emplace_back(text); });
            CHECK(value->get<std::vector<std::string>>() == items);
            break;
          }
          case CellType::flag: CHECK(value->get<bool>() == row.flag(index)); break;
          case CellType::number:
          case CellType::integer: CHECK(value->get<double>() == row.number(index)); break;
        }
      }
      CHECK(stated == said.size());
    }
  }
}

TEST_CASE("every number is finite and in its range") {
  for (std::size_t t = 0; t < table_count; ++t) {
    const Table& table = built_in().table(static_cast<TableId>(t));
    each_row(table, [&](Row row) {
      for (std::size_t c = 0; c < table.def().columns.size(); ++c) {
        const Column& column = table.def().columns[c];
        if (column.type != CellType::number && column.type != CellType::integer) continue;
        const auto value = row.number(static_cast<int>(c));
        if (!value) continue;
        INFO(column.key << " " << *value);
        CHECK(std::isfinite(*value));
        CHECK(column.range.holds(*value));
        CHECK(plausible(column.key, *value));
        if (column.type == CellType::integer) CHECK(*value == std::floor(*value));
      }
    });
  }
}

TEST_CASE("every row has sources, a year and a method") {
  for (std::size_t t = 0; t < table_count; ++t) {
    const auto id = static_cast<TableId>(t);
    if (id == TableId::sources) continue;
    each_row(built_in().table(id), [&](Row row) {
      CHECK_FALSE(row.sources().empty());
      CHECK(row.year());
      CHECK_FALSE(row.method().empty());
    });
  }
}

TEST_CASE("references lead to rows") {
  std::size_t checked = 0;
  for (std::size_t t = 0; t < table_count; ++t) {
    for (const Column& column : table_defs()[t].columns) {
      if (!column.refers_to) continue;
      check_references(static_cast<TableId>(t), column.key, *column.refers_to);
      ++checked;
    }
  }
  CHECK(checked == 21 + table_count -
                       1);  // hardware, places, providers, a price; a source in each table but the sources'
}

TEST_CASE("every name of every accelerator finds its row, or is listed as standing for several") {
  const Table& table = built_in().table(TableId::accelerators);
  each_row(table, [&](Row row) {
    for (std::size_t c = 0; c < table.def().columns.size(); ++c) {
      if (!table.def().columns[c].names_row) continue;
      each_item(row.text(static_cast<int>(c)), [&](std::string_view name) {
        bool listed = false;
        built_in().table(TableId::ambiguous_names).each_named(name, [&](Row, std::string_view) {
          listed = true;
        });
        const Result<Accelerator> found = find_accelerator(built_in(), name);
        INFO(name << (found ? "" : ": " + message(found.error())));
        if (found) {
          CHECK((found->row == row || listed));
        } else {
          CHECK((listed && found.error().kind == ErrorKind::ambiguous));
        }
      });
    }
    const Result<Accelerator> by_id = find_accelerator(built_in(), row.id());
    REQUIRE(by_id);
    CHECK(by_id->row == row);
  });
}

TEST_CASE("what an ambiguous name is taken for is one of its candidates") {
  const Table& table = built_in().table(TableId::ambiguous_names);
  each_row(table, [&](Row row) {
    const std::string_view taken = row.text(find_column(table.def(), "accelerator"));
    bool among = taken.empty();
    each_item(row.text(find_column(table.def(), "candidates")),
        [&](std::string_view id) { among = among || id == taken; });
    CHECK(among);
  });
}

TEST_CASE("every name of every processor and instance finds its row or says it is one of several") {
  each_row(built_in().table(TableId::cpus), [&](Row row) {
    const Result<Cpu> by_id = find_cpu(built_in(), row.id());
    REQUIRE(by_id);
    CHECK(by_id->row == row);
    const Result<Cpu> by_name = find_cpu(built_in(), row.text(find_column(row.table().def(), "name")));
    if (by_name)
      CHECK(by_name->row == row);
    else
      CHECK(by_name.error().kind == ErrorKind::ambiguous);
  });
  each_row(built_in().table(TableId::instances), [&](Row row) {
    const Result<Instance> by_id = find_instance(built_in(), row.id());
    REQUIRE(by_id);
    CHECK(by_id->row == row);
    CHECK(by_id->accelerator_count > 0);
  });
}

TEST_CASE("every place is found by id, and by its names unless a country has them too") {
  const Table& table = built_in().table(TableId::regions);
  const int kind = find_column(table.def(), "kind");
  each_row(table, [&](Row row) {
    const Result<RegionMatch> by_id = find_region(built_in(), row.id(), "");
    REQUIRE(by_id);
    CHECK(by_id->row == row);
    if (row.text(kind) == "cloud") {
      CHECK(country_of(built_in(), row));
      const Result<RegionMatch> by_code =
          find_region(built_in(), row.text(find_column(table.def(), "code")), provider_of(row));
      REQUIRE(by_code);
      CHECK(by_code->row == row);
      return;
    }
    each_item(row.text(find_column(table.def(), "aliases")), [&](std::string_view alias) {
      INFO(alias);
      const Result<RegionMatch> found = find_region(built_in(), alias, "");
      REQUIRE(found);
      CHECK((found->row == row || found->shared_name));
    });
    const Result<RegionMatch> by_name =
        find_region(built_in(), row.text(find_column(table.def(), "name")), "");
    REQUIRE(by_name);
    CHECK((by_name->row == row || by_name->shared_name));
  });
}

TEST_CASE("grid and PUE rows are named after what they speak of") {
  const Table& grid = built_in().table(TableId::grid);
  each_row(grid, [&](Row row) {
    const std::string expected = std::string(row.text(find_column(grid.def(), "region"))) + ":" +
                                 std::to_string(*row.year()) + ":" + std::string(row.method());
    CHECK(row.id() == expected);
    CHECK((row.method() == "lifecycle" || row.method() == "direct"));
  });
  const Table& pue = built_in().table(TableId::pue);
  each_row(pue, [&](Row row) {
    const std::string_view scope = row.text(find_column(pue.def(), "scope"));
    const std::string_view of = scope == "site"    ? row.text(find_column(pue.def(), "region"))
                                : scope == "fleet" ? row.text(find_column(pue.def(), "provider"))
                                                   : "world";
    CHECK(row.id() == std::string(of) + ":" + std::to_string(*row.year()));
  });
}

TEST_CASE("an accelerator has one preferred embodied row at most, low <= value <= high") {
  std::set<std::string_view> preferred;
  const Table& table = built_in().table(TableId::embodied);
  const auto number = [&](Row row, std::string_view key) {
    return row.number(find_column(table.def(), key));
  };
  each_row(table, [&](Row row) {
    if (row.flag(find_column(table.def(), "preferred")))
      CHECK(preferred.insert(row.text(find_column(table.def(), "accelerator"))).second);
    if (number(row, "low_kgco2e")) CHECK(*number(row, "low_kgco2e") <= *number(row, "kgco2e"));
    if (number(row, "high_kgco2e")) CHECK(*number(row, "high_kgco2e") >= *number(row, "kgco2e"));
  });
}

TEST_CASE("an equivalent has its amount in kilograms or in pounds, above zero") {
  const Table& table = built_in().table(TableId::equivalents);
  each_row(table, [&](Row row) {
    const auto kg = row.number(find_column(table.def(), "kg_per_unit"));
    const auto lb = row.number(find_column(table.def(), "lb_per_unit"));
    CHECK((kg.value_or(1) > 0 && lb.value_or(1) > 0));
    CHECK((kg || lb));
  });
}
