// SPDX-License-Identifier: MIT
// Who lends computers, by the names that people write.
#pragma once

#include <string_view>

#include "factors/table.hpp"
#include "footpound/base/result.hpp"
#include "footpound/factors/catalog.hpp"

namespace footpound {

struct ProviderMatch {
  std::string_view id;  // of the provider whose computers they are; "" where nobody is named ("local", "N/A")
  Row row;              // of table providers; none where only regions or PUE rows know it
};

// The provider that bears the name, case, blanks, '-', '_' and accents ignored; unknown_name else.
Result<ProviderMatch> match_provider(const Catalog& catalog, std::string_view name);

// Its id alone: "google" -> "gcp", "Amazon" -> "aws". Words for nobody are an error too.
Result<std::string_view> find_provider(const Catalog& catalog, std::string_view name);

}  // namespace footpound
