// SPDX-License-Identifier: MIT
#include "factors/named_places.hpp"

#include <algorithm>

#include "base/accents.hpp"
#include "base/letters.hpp"
#include "factors/regions.hpp"
#include "factors/tables.hpp"

namespace footpound {

namespace {

constexpr int kind_column = column(TableId::regions, "kind");
constexpr int code_column = column(TableId::regions, "code");
constexpr int name_column = column(TableId::regions, "name");

void add_once(std::vector<Row>& rows, Row row) {
  if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
}

NamedPlaces look_up(const Catalog& catalog, std::string_view name, std::string_view provider) {
  NamedPlaces found;
  bool is_anothers = false;  // code: "us-west1" is Google's, and none of Amazon's misspelt
  catalog.table(TableId::regions).each_named(name, [&](Row row, std::string_view written) {
    if (!is_cloud(row)) {
      add_once(written == row.text(name_column) ? found.names : found.codes, row);
      return;
    }
    if (!provider.empty() && provider_of(row) != provider) {
      is_anothers = is_anothers || same_without_case(row.text(code_column), name);
      return;
    }
    if (same_without_case(row.text(code_column), name) || same_without_case(row.id(), name)) {
      add_once(found.codes, row);
    } else if (written == row.text(name_column)) {
      add_once(found.locations, row);
    } else if (written == row.text(code_column)) {
      add_once(found.respelt, row);
    } else if (written != row.id()) {
      add_once(found.consoles, row);
    }
  });
  catalog.table(TableId::cities).each_named(name, [&](Row row, std::string_view) {
    add_once(found.cities, row);
  });
  if (is_anothers) found.respelt.clear();
  for (std::vector<Row>* rows : {&found.codes, &found.names, &found.locations, &found.consoles})
    keep_latest_layer(*rows);
  return found;
}

bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

NamedPlaces named_places(const Catalog& catalog, std::string_view name, std::string_view provider) {
  NamedPlaces found = look_up(catalog, name, provider);
  if (found.empty() && !is_ascii(name)) found = look_up(catalog, without_accents(name), provider);
  return found;
}

bool is_cloud(Row region) { return region.text(kind_column) == "cloud"; }
bool is_site(Row region) { return region.text(kind_column) == "site"; }

bool speaks_for_itself(std::string_view console_name) {
  return console_name.find_first_of(" -") != std::string_view::npos;
}

std::string_view region_of_zone(std::string_view zone) {
  if (zone.size() < 4 || !is_letter(zone.back())) return {};
  zone.remove_suffix(1);
  if (zone.back() == '-') zone.remove_suffix(1);
  return is_digit(zone.back()) ? zone : std::string_view();
}

}  // namespace footpound
