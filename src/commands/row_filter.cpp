// SPDX-License-Identifier: MIT
#include "commands/row_filter.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/letters.hpp"
#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "factors/providers.hpp"
#include "factors/regions.hpp"
#include "factors/tables.hpp"
#include "footpound/base/error.hpp"
#include "sheet/table_sheet.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

using Test = std::function<bool(Row)>;

[[noreturn]] void refuse(std::string_view flag, const Table& table) {
  throw usage(std::string(flag) + ": table " + std::string(table.def().name) +
              " does not say; --match searches all texts");
}

// Tests on a row's place: the table's own column, or that of the region it speaks of.
Test by_place(const Catalog& catalog, const Table& table, std::string_view flag, std::string_view key,
    const std::function<bool(Row region)>& of_region, std::string_view id) {
  const bool is_regions = table.def().name == "regions";
  const int own = find_column(table.def(), key);
  const int region = find_column(table.def(), "region");
  if (!is_regions && own < 0 && region < 0) refuse(flag, table);
  const Table& regions = catalog.table(TableId::regions);
  return [=, &regions](Row row) {
    if (is_regions) return of_region(row);
    if (own >= 0 && row.text(own) == id) return true;
    const Row place = region < 0 ? Row() : regions.find(row.text(region));
    return place && of_region(place);
  };
}

Test by_country(const Catalog& catalog, const Table& table, const std::string& country) {
  const Result<RegionMatch> found = find_region(catalog, country, {});
  if (!found) {
    Error error = found.error();
    error.field = "--country";
    throw usage(message(error));
  }
  const Row place = is_whole_country(found->row) ? found->row : country_of(catalog, found->row);
  if (place != found->row)
    throw usage("--country: " + in_quotes(country) + " is no country; --match finds it");
  return by_place(
      catalog, table, "--country", "country",
      [&catalog, place](Row region) { return region == place || country_of(catalog, region) == place; },
      place.id());
}

Test by_provider(const Catalog& catalog, const Table& table, const std::string& provider) {
  const Result<std::string_view> found = find_provider(catalog, provider);
  if (!found) {
    Error error = found.error();
    error.field = "--provider";
    throw usage(message(error));
  }
  const std::string_view id = *found;
  return by_place(
      catalog, table, "--provider", "provider", [id](Row region) { return provider_of(region) == id; }, id);
}

Test by_year(const Table& table, const std::string& text) {
  double year = 0;
  if (!parse_number(text, year) || year != std::floor(year))
    throw usage("--year: " + in_quotes(text) + " is not a year; write four digits, 2026");
  if (find_column(table.def(), "year") < 0) refuse("--year", table);
  return [year](Row row) { return row.year() && *row.year() == year; };
}

}  // namespace

bool matches(Row row, std::string_view part) {
  bool found = part.empty();
  each_text(row, [&](std::string_view text) { found = found || contains_without_case(text, part); });
  return found;
}

void RowFilter::add(CLI::App& app) {
  app.add_option("--match", match,
         "rows with this in one of their texts or in the name of their region, case ignored")
      ->type_name("TEXT")
      ->group("Rows");
  app.add_option("--country", country, "rows of a country")->type_name("NAME")->group("Rows");
  app.add_option("--provider", provider, "rows of an operator (aws, gcp, azure ...)")
      ->type_name("NAME")
      ->group("Rows");
  app.add_option("--year", year, "rows of a year")->type_name("YEAR")->group("Rows");
}

std::vector<Row> RowFilter::rows(const Catalog& catalog, const Table& table) const {
  std::vector<Test> tests;
  if (!match.empty()) {
    const int region = find_column(table.def(), "region");
    const Table& regions = catalog.table(TableId::regions);
    tests.emplace_back([this, region, &regions](Row row) {
      if (matches(row, match)) return true;
      const Row place = region < 0 ? Row() : regions.find(row.text(region));
      return place && contains_without_case(place.text(find_column(regions.def(), "name")), match);
    });
  }
  if (!country.empty()) tests.push_back(by_country(catalog, table, country));
  if (!provider.empty()) tests.push_back(by_provider(catalog, table, provider));
  if (!year.empty()) tests.push_back(by_year(table, year));
  std::vector<Row> found;
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const Row row = table.row(i);
    if (std::all_of(tests.begin(), tests.end(), [&](const Test& test) { return test(row); }))
      found.push_back(row);
  }
  return found;
}

}  // namespace footpound
