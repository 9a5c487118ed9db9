// SPDX-License-Identifier: MIT
#include "footpound/factors/catalog.hpp"
#include "factors/tables.hpp"

#include "support/catch.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"

using namespace footpound;

namespace {

constexpr int watts_column = column(TableId::memory, "w_per_gb");
constexpr int applies_column = column(TableId::memory, "applies_to");

std::string rows(const std::string& table, const std::string& rows) {
  return R"({"table": ")" + table + R"(", "rows": [)" + rows + "]}";
}

const std::string new_row =
    R"({"id": "new", "applies_to": "all", "w_per_gb": 9, "source": ["a"], "year": 2024, "method": "x"})";

std::string refusal(const std::string& text) {
  const Scratch scratch;
  Catalog catalog;
  const Result<void> done = catalog.overlay(scratch.write("over.json", text));
  INFO(text);
  REQUIRE_FALSE(done);
  const std::string said = message(done.error());
  CHECK(contains(said, "over.json"));
  return said;
}

}  // namespace

TEST_CASE("the built-in tables are there without any file") {
  const Catalog catalog;
  for (std::size_t i = 0; i < table_count; ++i) {
    const Table& table = catalog.table(static_cast<TableId>(i));
    INFO(table.def().name);
    CHECK(table.size() > 0);
    CHECK(catalog.file_of(table.row(0)).empty());
  }
  CHECK_FALSE(catalog.data_version().empty());
  CHECK(catalog.file_of(Row()).empty());
}

TEST_CASE("an overlay row replaces the fields it states and keeps the rest") {
  const Scratch scratch;
  Catalog catalog;
  const std::string before(catalog.table(TableId::memory).find("boavizta").text(applies_column));
  const std::uint32_t count = catalog.table(TableId::memory).size();
  const std::string file = scratch.write("over.json", rows("memory", R"({"id": "boavizta", "w_per_gb": 7})"));
  REQUIRE(catalog.overlay(file));
  const Row row = catalog.table(TableId::memory).find("boavizta");
  REQUIRE(row);
  CHECK(row.number(watts_column) == 7.0);
  CHECK(row.text(applies_column) == before);
  CHECK(catalog.table(TableId::memory).size() == count);
  CHECK(catalog.file_of(row) == file);
  CHECK(catalog.file_of(catalog.table(TableId::memory).find("codecarbon-v2")).empty());
  CHECK(contains(catalog.data_version(), " + " + file));
}

TEST_CASE("an unknown id is a new row, found by its names") {
  const Scratch scratch;
  Catalog catalog;
  REQUIRE(catalog.overlay(scratch.write("over.json", rows("memory", new_row))));
  CHECK(catalog.table(TableId::memory).find("new").number(watts_column) == 9.0);
}

TEST_CASE("later files win, and each row tells the file that touched it last") {
  const Scratch scratch;
  Catalog catalog;
  const std::string a =
      scratch.write("a.json", rows("memory", R"({"id": "boavizta", "w_per_gb": 1}, )" + new_row));
  const std::string b = scratch.write("b.json", rows("memory", R"({"id": "boavizta", "w_per_gb": 2})"));
  REQUIRE(catalog.overlay(a));
  REQUIRE(catalog.overlay(b));
  const Table& table = catalog.table(TableId::memory);
  CHECK(table.find("boavizta").number(watts_column) == 2.0);
  CHECK(catalog.file_of(table.find("boavizta")) == b);
  CHECK(catalog.file_of(table.find("new")) == a);
}

TEST_CASE("of a folder every *.json is laid over in the order of the names") {
  const Scratch scratch;
  scratch.write("2.json", rows("memory", R"({"id": "new", "w_per_gb": 2})"));
  scratch.write("1.json", rows("memory", new_row));
  scratch.write("3.txt", "not ours");
  Catalog catalog;
  REQUIRE(catalog.overlay(scratch.folder()));
  CHECK(catalog.table(TableId::memory).find("new").number(watts_column) == 2.0);
}

TEST_CASE("a folder without tables, and what is not there, are refused") {
  const Scratch scratch;
  Catalog catalog;
  const Result<void> empty = catalog.overlay(scratch.folder());
  REQUIRE_FALSE(empty);
  CHECK(contains(message(empty.error()), "holds no *.json"));
  const Result<void> nothing = catalog.overlay(scratch.path("nothing.json"));
  REQUIRE_FALSE(nothing);
  CHECK(contains(message(nothing.error()), "nothing.json: No such file"));
}

TEST_CASE("a new row has to have all that is required") {
  const std::string said = refusal(rows("memory", R"({"id": "new", "applies_to": "all"})"));
  CHECK(contains(said, "memory \"new\""));
  CHECK(contains(said, "lacks \"w_per_gb\""));
}

TEST_CASE("a bad file names itself, the row and the key") {
  CHECK(contains(refusal("{"), "is not JSON"));
  CHECK(contains(refusal(rows("memory", R"({"id": "boavizta", "w_per_gb": "x"})")),
      "memory \"boavizta\": \"w_per_gb\""));
  CHECK(contains(refusal(rows("grids", "")), "did you mean \"grid\"?"));
}
