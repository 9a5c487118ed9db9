// SPDX-License-Identifier: MIT
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include "commands/row_filter.hpp"
#include "factors/tables.hpp"
#include "footpound/factors/catalog.hpp"
#include "sheet/table_sheet.hpp"
#include "support/catch.hpp"
#include "support/formats.hpp"
#include "support/paths.hpp"

using namespace footpound;

namespace {

std::vector<Row> all_rows(const Table& table) {
  std::vector<Row> rows;
  for (std::uint32_t i = 0; i < table.size(); ++i) rows.push_back(table.row(i));
  return rows;
}

std::string json_of(const Table& table) { return written_sheet("json", sheet_of(table, all_rows(table))); }

RowFilter filter(
    std::string match, std::string country = {}, std::string provider = {}, std::string year = {}) {
  RowFilter made;
  made.match = std::move(match);
  made.country = std::move(country);
  made.provider = std::move(provider);
  made.year = std::move(year);
  return made;
}

}  // namespace

TEST_CASE("list: what is printed as JSON loads again as --tables and changes nothing, table by table") {
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("footpound-list-" + std::to_string(getpid()) + ".json");
  const Catalog built_in;
  for (std::size_t i = 0; i < table_count; ++i) {
    const Table& table = built_in.table(static_cast<TableId>(i));
    INFO(table.def().name);
    const std::string printed = json_of(table);
    std::ofstream(file, std::ios::binary) << printed;
    Catalog overlaid;
    const Result<void> done = overlaid.overlay(file.string());
    INFO((done ? std::string() : message(done.error())));
    REQUIRE(done);
    CHECK(json_of(overlaid.table(static_cast<TableId>(i))) == printed);
  }
  std::filesystem::remove(file);
}

TEST_CASE("list: a table printed as JSON is the file it was made from") {
  const Catalog catalog;
  for (const TableId id : {TableId::accelerators, TableId::grid, TableId::instances, TableId::regions}) {
    std::ifstream file(root_path("/data/" + std::string(table_def(id).name) + ".json"), std::ios::binary);
    CHECK(json_of(catalog.table(id)) == std::string(std::istreambuf_iterator<char>(file), {}));
  }
}

TEST_CASE("list: --match looks into every text, case ignored") {
  const Catalog catalog;
  CHECK(filter("no text says this").rows(catalog, catalog.table(TableId::sources)).empty());
  const std::vector<Row> papers = filter("strubell2019").rows(catalog, catalog.table(TableId::equivalents));
  CHECK(papers.size() == 4);  // the four consumptions of the paper's Table 1
  CHECK(filter("STRUBELL2019").rows(catalog, catalog.table(TableId::equivalents)).size() == 4);
}

TEST_CASE("list: --country takes the rows of its places, also by the region they speak of") {
  const Catalog catalog;
  const Table& grid = catalog.table(TableId::grid);
  const std::vector<Row> rows = filter("", "France", "", "2024").rows(catalog, grid);
  REQUIRE(rows.size() >= 2);
  for (const Row row : rows) {
    CHECK(row.year() == 2024);
    const std::string_view region = row.text(find_column(grid.def(), "region"));
    CHECK((region == "FR" || catalog.table(TableId::regions)
                                     .find(region)
                                     .text(find_column(table_def(TableId::regions), "country")) == "FR"));
  }
}

TEST_CASE("list: --provider knows operators by their names") {
  const Catalog catalog;
  const Table& pue = catalog.table(TableId::pue);
  const std::vector<Row> by_name = filter("", "", "Google").rows(catalog, pue);
  CHECK(by_name == filter("", "", "gcp").rows(catalog, pue));
  CHECK(!by_name.empty());
}

TEST_CASE("list: a filter that a table cannot answer is refused, not ignored") {
  const Catalog catalog;
  const Table& cpus = catalog.table(TableId::cpus);
  CHECK_THROWS_WITH(
      filter("", "FR").rows(catalog, cpus), "--country: table cpus does not say; --match searches all texts");
  CHECK_THROWS_WITH(filter("", "", "aws").rows(catalog, cpus),
      "--provider: table cpus does not say; --match searches all texts");
  CHECK_THROWS_WITH(filter("", "", "", "20x6").rows(catalog, cpus),
      "--year: \"20x6\" is not a year; write four digits, 2026");
}
