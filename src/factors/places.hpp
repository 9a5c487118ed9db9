// SPDX-License-Identifier: MIT
// Where a run was and whose computers ran it, in the words that people write: "us-central1 (Iowa)",
// "Frankfurt, Germany", "Jean Zay cluster", "Google Cloud Platform (GCP)", "private infrastructure".
#pragma once

#include <string_view>

#include "factors/table.hpp"
#include "footpound/base/result.hpp"
#include "footpound/factors/catalog.hpp"

namespace footpound {

// How words were understood, to be told.
enum class PlaceWords : unsigned char {
  named,    // a name of the row, or nothing stated
  read,     // other words for it
  around,   // a town that the tables lack: the state or country beside it was taken
  nothing,  // no place, no provider: "local", "N/A"; or a provider alone where a place is asked for
};

struct Place {
  Row region;                 // none where no place is named
  std::string_view provider;  // its id; "" where none is named
  bool shared_code = false;   // see RegionMatch
  bool shared_name = false;
  Row also{};  // likewise
  PlaceWords region_words = PlaceWords::named;
  PlaceWords provider_words = PlaceWords::named;
};

// Texts may be empty. A site named as provider is a place; so is a region beside a provider's name. Errors
// name their field: unknown_name with the nearest, ambiguous, contradiction.
Result<Place> find_place(const Catalog& catalog, std::string_view region, std::string_view provider);

}  // namespace footpound
