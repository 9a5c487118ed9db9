// SPDX-License-Identifier: MIT
// Words about a place, cut into pieces that name something.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "factors/providers.hpp"
#include "factors/table.hpp"
#include "footpound/factors/catalog.hpp"

namespace footpound {

// From fine to coarse.
enum class Grain : unsigned char { cloud, site, city, part, state, country, many };

// What a piece may mean.
struct Candidate {
  Row region;
  Row city;  // none but of grains city and part
  Grain grain;
  bool loose = false;  // a cloud by the name of a place, no provider being stated: never taken before a place
};

struct Piece {
  std::string_view text;
  std::vector<Candidate> candidates;
  std::optional<ProviderMatch> provider;
};

struct PlacePieces {
  std::vector<Piece> pieces;  // that name something, in their order
  std::vector<std::string_view>
      towns;                 // that may be towns: unknown words in front of a place, between commas
  std::string_view unknown;  // the first words that nothing explains; "" where all are
  bool idle = false;         // words such as "cluster" alone, or beside
};

// `provider`: its id, where one is stated; of clouds, its alone are candidates.
PlacePieces cut_place(const Catalog& catalog, std::string_view text, std::string_view provider);

}  // namespace footpound
