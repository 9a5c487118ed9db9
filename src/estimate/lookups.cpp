// SPDX-License-Identifier: MIT
#include "estimate/lookups.hpp"

namespace footpound {

const Result<Accelerator>& TableLookups::accelerator(std::string_view name) {
  return accelerator_.emplace(find_accelerator(catalog_, name));
}

const Result<Place>& TableLookups::place(std::string_view region, std::string_view provider) {
  return place_.emplace(find_place(catalog_, region, provider));
}

const PlaceYear& TableLookups::place_year(
    const Place& place, std::optional<int> year, std::optional<IntensityMethod> wanted) {
  return place_year_.emplace(PlaceYear{pick_pue(catalog_, priors_, place.region, place.provider, year),
      pick_intensity(catalog_, priors_, place.region, year, wanted)});
}

}  // namespace footpound
