// SPDX-License-Identifier: MIT
// Places: countries, states, grid subregions and cloud regions, and the zone and country that
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
};

// By code (case ignored; "us-west1" is not "us-west-1"), by provider:code, or by name (case,
// blanks, '-', '_' ignored). `provider` may be empty. Errors: unknown_name with the nearest,
// ambiguous.
Result<RegionMatch> find_region(const Catalog& catalog, std::string_view region, std::string_view provider);

// "google" -> "gcp", "Amazon" -> "aws"; unknown_name where no table has the provider.
Result<std::string_view> find_provider(const Catalog& catalog, std::string_view provider);

// The region it draws its power from, and its country; no row where there is none.
Row zone_of(const Catalog& catalog, Row region);
Row country_of(const Catalog& catalog, Row region);
bool is_whole_country(Row region);  // also aggregates such as the world
std::string_view provider_of(Row region);
Row world(const Catalog& catalog);

}  // namespace footpound
