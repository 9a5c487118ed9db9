// SPDX-License-Identifier: MIT
// What is guessed where nothing is stated, and how much each guess may be off: the rows of
// table spreads, found once per run. data/spreads.json says how each was obtained.
#pragma once

#include "factors/table.hpp"
#include "footpound/factors/catalog.hpp"

namespace footpound {

// A central value (0 for pure spreads) with its log standard deviation.
struct Prior {
  Row row;
  double value = 0;
  double log_sd = 0;
};

// The row has to be there: an overlay can change it, not take it away.
Prior find_prior(const Catalog& catalog, std::string_view id);
Prior find_prior_if(const Catalog& catalog, std::string_view id);  // no row where there is none

}  // namespace footpound
