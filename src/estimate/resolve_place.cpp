// SPDX-License-Identifier: MIT
// The ladders of the place: region, PUE, carbon intensity. Remembered by name and year.
#include "estimate/resolve_words.hpp"
#include "footpound/estimate/resolve.hpp"
#include "footpound/factors/regions.hpp"

namespace footpound {

Result<Resolver::Place*> Resolver::place_of(const Spec& spec, Inputs& inputs) {
  const std::string_view of_instance = spec.instance ? instance_provider(spec, inputs) : std::string_view();
  Result<Place>& found = place(spec.region.value_or(""), spec.provider.value_or(of_instance));
  if (!found && !of_instance.empty() && !spec.provider && found.error().field == "region") {
    Error error = found.error();
    error.what += ", whose instance is stated";
    return error;
  }
  if (!found) return found.error();
  if (!of_instance.empty() && found->provider != of_instance) {
    return Error{ErrorKind::contradiction, "provider",
        "is " + in_quotes(found->provider) + ", but instance " + in_quotes(*spec.instance) + " is of " +
            in_quotes(of_instance),
        "state one of the two"};
  }
  return &*found;
}

Result<void> Resolver::resolve_place(const Spec& spec, Inputs& inputs) {
  Place* place = spec.instance ? nullptr : known_place(spec);
  if (place == nullptr) {
    Result<Place*> found = place_of(spec, inputs);
    if (!found) return std::move(found.error());
    place = *found;
  }
  inputs.region = place->region;
  inputs.shared_code = place->shared_code;
  inputs.shared_name = place->shared_name;
  inputs.market_intensity.reset();
  if (spec.market_intensity)
    inputs.market_intensity = given(FactorId::market_intensity, *spec.market_intensity);
  if (spec.pue) inputs.pue = given(FactorId::pue, *spec.pue);
  if (spec.intensity) {
    inputs.intensity = given(FactorId::intensity, *spec.intensity);
    inputs.intensity_method = spec.intensity_method;
    inputs.intensity_year.reset();
  }
  const std::optional<int> year = year_asked(spec);
  inputs.year = year;
  if (spec.pue && spec.intensity) return {};

  if (year && (*year < first_year || *year > last_year)) {
    return Error{ErrorKind::out_of_range, spec.year ? "year" : "start",
        "lies in the year " + std::to_string(*year), "years go from 1990 to 2100; state --year"};
  }
  const PlaceYear* const known = known_year(*place, year, spec.intensity_method);
  const PlaceYear& there = known != nullptr ? *known : meet_year(*place, year, spec.intensity_method);
  if (!spec.pue) {
    if (!there.pue) return in_field(there.pue.error(), "pue");
    inputs.pue = *there.pue;
  }
  if (spec.intensity) return {};
  if (!there.intensity) return in_field(there.intensity.error(), "intensity_g_per_kwh");
  inputs.intensity = there.intensity->factor;
  inputs.intensity_method = there.intensity->method;
  inputs.intensity_year = there.intensity->year;
  return {};
}

// Whose instance it is, where the tables know both.
std::string_view Resolver::instance_provider(const Spec& spec, Inputs& inputs) const {
  constexpr int provider = column(TableDef{{}, {}, columns::instances, Fold::name}, "provider");
  if (!inputs.instance) {
    if (const Result<Instance> instance = find_instance(catalog_, *spec.instance))
      inputs.instance = instance->row;
  }
  if (!inputs.instance) return {};
  const Result<std::string_view> known = find_provider(catalog_, inputs.instance.text(provider));
  return known ? *known : std::string_view();
}

const Resolver::PlaceYear& Resolver::meet_year(
    Place& place, std::optional<int> year, std::optional<IntensityMethod> wanted) const {
  place.years.push_back(
      {asked(year, wanted), pick_pue(catalog_, electricity_, place.region, place.provider, year),
          pick_intensity(catalog_, electricity_, place.region, year, wanted)});
  return place.years.back();
}

Result<Resolver::Place>& Resolver::place(std::string_view region, std::string_view provider) {
  if (region.empty() && provider.empty()) return nowhere_;
  const PlaceKey key = place_key(region, provider);
  Result<Place>* const known = places_.find(key.text, key.provider_size);
  return known != nullptr ? *known : places_.put(key.text, key.provider_size, find_place(region, provider));
}

Result<Resolver::Place> Resolver::find_place(std::string_view region, std::string_view provider) const {
  Place found;
  if (!provider.empty()) {
    Result<std::string_view> id = find_provider(catalog_, provider);
    if (!id) return in_field(std::move(id.error()), "provider");
    found.provider = *id;
  }
  if (!region.empty()) {
    Result<RegionMatch> match = find_region(catalog_, region, found.provider);
    if (!match) return in_field(std::move(match.error()), "region");
    found.region = match->row;
    found.shared_code = match->shared_code;
    found.shared_name = match->shared_name;
  }
  return found;
}

}  // namespace footpound
