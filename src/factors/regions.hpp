// SPDX-License-Identifier: MIT
// Places: countries, states, grid subregions, cloud regions and sites, and the zone and country that
// each draws its power from.
#pragma once

#include "factors/table.hpp"
#include "footpound/base/result.hpp"
#include "footpound/factors/catalog.hpp"

namespace footpound {

struct RegionMatch {
  Row row;
  bool shared_code = false;  // several providers have the code: AWS's was taken
  bool shared_name = false;  // a country and a state have the name: the country was taken
  Row also{};                // another place of this name that was not taken: a city's row
  bool reads_words = false;  // the name is none of the row's own: a city's, a console's, a zone's
};

// By code (case ignored; "us-west1" is not "us-west-1"), by provider:code, or by name (case,
// blanks, '-', '_' and accents ignored): of a place, a site, a city, or what a console prints for a
// cloud region. Several cloud regions on one grid are that grid. `provider` may be empty. Errors:
// unknown_name with the nearest, ambiguous.
Result<RegionMatch> find_region(const Catalog& catalog, std::string_view region, std::string_view provider);

// The same errors, for who reads more words than a name.
Error unknown_region(const Catalog& catalog, std::string_view region, std::string_view provider);
Error several_regions(std::string_view region, const std::vector<Row>& rows);

// The one grid that all of them draw on; no row where they do not.
Row common_zone(const Catalog& catalog, const std::vector<Row>& clouds);

// The region it draws its power from, its state or province, and its country; no row where there is none.
Row zone_of(const Catalog& catalog, Row region);
Row state_of(const Catalog& catalog, Row region);
Row country_of(const Catalog& catalog, Row region);
bool is_whole_country(Row region);  // also aggregates such as the world
std::string_view provider_of(Row region);
Row world(const Catalog& catalog);
Row region_of_city(const Catalog& catalog, Row city);  // whose grid it draws on

}  // namespace footpound
