// SPDX-License-Identifier: MIT
// All that bears a name among the places, sorted by how it bears it; which of them is meant is decided
// elsewhere.
#pragma once

#include <string_view>
#include <vector>

#include "factors/table.hpp"
#include "footpound/factors/catalog.hpp"

namespace footpound {

// Rows of table regions, but for cities; each once. Of `provider`, where one is stated, alone the clouds.
struct NamedPlaces {
  std::vector<Row> codes;      // by id, by a cloud's code (case ignored), by another name of a place
  std::vector<Row> names;      // places by their own name
  std::vector<Row> locations;  // clouds by where they lie
  std::vector<Row> consoles;   // clouds by what a console prints for them
  std::vector<Row> respelt;    // clouds by a code that is spelt another way: "us west 2"
  std::vector<Row> cities;     // rows of table cities

  bool empty() const {
    return codes.empty() && names.empty() && locations.empty() && consoles.empty() && respelt.empty() &&
           cities.empty();
  }
};

// Case, blanks, '-', '_' and accents are ignored, in codes only case.
NamedPlaces named_places(const Catalog& catalog, std::string_view name, std::string_view provider);

bool is_cloud(Row region);
bool is_site(Row region);

// A console's name of one word ("Iowa", "GRA7") needs its provider beside.
bool speaks_for_itself(std::string_view console_name);

// Zone "us-east-1a", "europe-west4-b" -> its region's code; "" where it is spelt otherwise.
std::string_view region_of_zone(std::string_view zone);

}  // namespace footpound
