// SPDX-License-Identifier: MIT
#include "estimate/lookups.hpp"

#include "estimate/resolve_words.hpp"
#include "factors/regions.hpp"

namespace footpound {

namespace {

Result<Place> find_place(const Catalog& catalog, std::string_view region, std::string_view provider) {
  Place found;
  if (!provider.empty()) {
    Result<std::string_view> id = find_provider(catalog, provider);
    if (!id) return in_field(std::move(id.error()), "provider");
    found.provider = *id;
  }
  if (!region.empty()) {
    Result<RegionMatch> match = find_region(catalog, region, found.provider);
    if (!match) return in_field(std::move(match.error()), "region");
    found.region = match->row;
    found.shared_code = match->shared_code;
    found.shared_name = match->shared_name;
  }
  return found;
}

}  // namespace

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
