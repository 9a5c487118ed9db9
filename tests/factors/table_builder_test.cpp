// SPDX-License-Identifier: MIT
#include "factors/table_builder.hpp"

#include <algorithm>

#include "factors/tables.hpp"
#include "support/catch.hpp"

using namespace footpound;

namespace {

using enum CellType;
constexpr std::array test_columns = {
    Column{"id", text, true, true},
    Column{"names", texts, false, true},
    Column{"watts", number, true, false},
    Column{"cores", integer, false, false},
    Column{"best", flag, false, false},
    Column{"word", text, false, false},
};
constexpr TableDef def{"test", "", test_columns, Fold::name};

CellValue said(int column, std::string value) { return {column, 0, {std::move(value)}}; }
CellValue said(int column, std::vector<std::string> values) { return {column, 0, std::move(values)}; }
CellValue said(int column, double value) { return {column, value, {}}; }

std::vector<std::string> ids_named(const Table& table, std::string_view name) {
  std::vector<std::string> ids;
  table.each_named(name, [&](Row row, std::string_view) { ids.emplace_back(row.id()); });
  return ids;
}

}  // namespace

TEST_CASE("rows come out sorted, with the cells that were put in") {
  TableBuilder builder(def);
  builder.put({said(0, "b"), said(2, 2.5), said(3, 64.0), said(4, 1.0), said(5, "x")}, 0);
  builder.put(
      {said(0, "a"), said(1, std::vector<std::string>{"Alpha One", "A1"}), said(2, 0.0), said(4, 0.0)}, 0);
  const Table table(def, builder.finish());
  REQUIRE(table.size() == 2);
  const Row a = table.row(0);
  const Row b = table.row(1);
  CHECK(a.id() == "a");
  CHECK(a.text(1) ==
        "Alpha One\x1f"
        "A1");
  CHECK(a.number(2) == 0.0);
  CHECK_FALSE(a.has(3));
  CHECK_FALSE(a.number(3));
  CHECK(a.has(4));
  CHECK_FALSE(a.flag(4));
  CHECK(a.text(5).empty());
  CHECK(b.id() == "b");
  CHECK(b.number(2) == 2.5);
  CHECK(b.number(3) == 64.0);
  CHECK(b.flag(4));
  CHECK(b.text(5) == "x");
  CHECK_FALSE(b.has(-1));
}

TEST_CASE("rows are found by id exactly, and by every name as it folds") {
  TableBuilder builder(def);
  builder.put({said(0, "a"), said(1, std::vector<std::string>{"Alpha One", "shared"}), said(2, 1.0)}, 0);
  builder.put({said(0, "b"), said(1, std::vector<std::string>{"SHARED"}), said(2, 1.0)}, 0);
  const Table table(def, builder.finish());
  CHECK(table.find("a").id() == "a");
  CHECK_FALSE(table.find("A"));
  CHECK_FALSE(table.find(""));
  CHECK(ids_named(table, "alpha-one") == std::vector<std::string>{"a"});
  CHECK(ids_named(table, "A") == std::vector<std::string>{"a"});
  CHECK(ids_named(table, "shared").size() == 2);
  CHECK(ids_named(table, "nobody").empty());
}

TEST_CASE("a second put replaces what it states and keeps the rest") {
  TableBuilder builder(def);
  builder.put({said(0, "a"), said(2, 1.0), said(5, "old")}, 0);
  builder.put({said(0, "a"), said(2, 2.0)}, 3);
  const TableImage image = builder.finish();
  const Table table(def, image);
  REQUIRE(table.size() == 1);
  CHECK(table.row(0).number(2) == 2.0);
  CHECK(table.row(0).text(5) == "old");
  CHECK(image.files[0] == 3);
}

TEST_CASE("the required column that a row lacks is named") {
  TableBuilder builder(def);
  CHECK(builder.put({said(0, "a")}, 0) == "watts");
  CHECK(builder.put({said(0, "b"), said(2, 1.0)}, 0).empty());
  CHECK(builder.put({said(0, "a"), said(2, 0.0)}, 0).empty());
}

TEST_CASE("a table copied into a builder is the table") {
  const TableDef& real = table_def(TableId::grid);
  TableBuilder first(def);
  for (int i = 0; i < 1000; ++i) {
    first.put({said(0, "row" + std::to_string(i)),
                  said(1, std::vector<std::string>{"N" + std::to_string(i), "all"}), said(2, i * 0.5)},
        0);
  }
  const Table table(def, first.finish());
  TableBuilder second(def);
  second.copy_rows(table);
  const Table copy(def, second.finish());
  REQUIRE(copy.size() == 1000);
  for (std::uint32_t i = 0; i < copy.size(); ++i) {
    CHECK(copy.row(i).id() == table.row(i).id());
    CHECK(copy.row(i).number(2) == table.row(i).number(2));
    CHECK(copy.find(table.row(i).id()).index() == i);
    CHECK(ids_named(copy, "n" + std::string(copy.row(i).id().substr(3))).size() == 1);
  }
  CHECK(ids_named(copy, "all").size() == 1000);
  CHECK(real.name == "grid");
}

TEST_CASE("rows laid over a copy stand in their place, found by their own names alone") {
  TableBuilder first(def);
  first.put({said(0, "b"), said(1, std::vector<std::string>{"Bee", "B1"}), said(2, 1.0)}, 0);
  first.put({said(0, "d"), said(1, std::vector<std::string>{"Dee"}), said(2, 2.0)}, 0);
  const Table table(def, first.finish());
  TableBuilder second(def);
  second.copy_rows(table);
  second.put({said(0, "b"), said(1, std::vector<std::string>{"Bea"})}, 1);  // other names
  second.put({said(0, "d"), said(2, 3.0)}, 1);                              // another number
  second.put(
      {said(0, "c"), said(1, std::vector<std::string>{"Cee", "Dee"}), said(2, 4.0)}, 1);  // between the two
  second.put({said(0, "a"), said(2, 5.0)}, 1);
  const Table over(def, second.finish());
  TableBuilder third(def);
  third.copy_rows(over);
  for (const Table& each : {over, Table(def, third.finish())}) {
    REQUIRE(each.size() == 4);
    CHECK(each.row(0).id() == "a");
    CHECK(each.row(2).id() == "c");
    CHECK(ids_named(each, "bee").empty());
    CHECK(ids_named(each, "b1").empty());
    CHECK(ids_named(each, "BEA") == std::vector<std::string>{"b"});
    std::vector<std::string> dee = ids_named(each, "dee");
    std::sort(dee.begin(), dee.end());
    CHECK(dee == std::vector<std::string>{"c", "d"});
    CHECK(each.find("b").number(2) == 1.0);
    CHECK(each.find("d").number(2) == 3.0);
  }
}

TEST_CASE("an empty table finds nothing and ends") {
  TableBuilder builder(def);
  const Table table(def, builder.finish());
  CHECK(table.size() == 0);
  CHECK_FALSE(table.find("a"));
  CHECK(ids_named(table, "a").empty());
  const Table none;
  CHECK_FALSE(none.find("a"));
}
