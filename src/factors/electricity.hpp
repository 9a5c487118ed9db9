// SPDX-License-Identifier: MIT
// The carbon intensity of a place's electricity and the PUE of a datacentre there, from the
// tables, each by its ladder (docs/method.md).
#pragma once

#include <optional>

#include "factors/factor.hpp"
#include "factors/priors.hpp"
#include "footpound/base/result.hpp"
#include "footpound/factors/catalog.hpp"

namespace footpound {

// Years that a run may be of; others are mistakes.
inline constexpr int first_year = 1990;
inline constexpr int last_year = 2100;

// What an intensity counts: all of a power plant's life, or only what leaves its chimney
// (GHG Protocol Scope 2). Never mixed without a word.
enum class IntensityMethod : unsigned char { lifecycle, direct };
std::string_view name(IntensityMethod method);

struct IntensityPick {
  Factor factor;  // g CO2e per kWh
  IntensityMethod method = IntensityMethod::lifecycle;
  std::optional<int> year;  // of the row
};

// Spreads and table positions that the ladders need, found once.
class ElectricityPriors {
 public:
  explicit ElectricityPriors(const Catalog& catalog);

  Prior own_row, year_gap, scaled_direct, zone_for_region, country_for_region, country_for_zone,
      world_intensity;
  Prior site_pue, fleet_pue, world_pue, pue_year_gap;
};

// region's own row | its zone | its country | world (assumed; also without a region). Direct
// rows are scaled to lifecycle by their country's ratio. With `wanted` = direct only direct
// rows are taken; error `missing` where there is none.
Result<IntensityPick> pick_intensity(const Catalog& catalog, const ElectricityPriors& priors, Row region,
    std::optional<int> year, std::optional<IntensityMethod> wanted);

// site | provider fleet | world average (assumed).
Result<Factor> pick_pue(const Catalog& catalog, const ElectricityPriors& priors, Row region,
    std::string_view provider, std::optional<int> year);

}  // namespace footpound
