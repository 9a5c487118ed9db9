// SPDX-License-Identifier: MIT
// Which rows of a table are meant: --match, --country, --provider, --year.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "factors/table.hpp"
#include "footpound/factors/catalog.hpp"

namespace footpound {

struct RowFilter {
  std::string match;  // in any text of the row, or the name of its region, case ignored
  std::string country;
  std::string provider;
  std::string year;

  void add(CLI::App& app);
  bool any_place_or_year() const { return !country.empty() || !provider.empty() || !year.empty(); }

  // In the table's order. Throws RunError (usage): an unknown name, or a filter that the table has
  // no column for.
  std::vector<Row> rows(const Catalog& catalog, const Table& table) const;
};

bool matches(Row row, std::string_view part);

}  // namespace footpound
