// SPDX-License-Identifier: MIT
// The ladders of the place: region, PUE, carbon intensity.
#include "estimate/resolve.hpp"
#include "estimate/resolve_words.hpp"
#include "factors/providers.hpp"
#include "factors/tables.hpp"

namespace footpound {

Result<Place> Resolver::find_place(const Spec& spec, Inputs& inputs) {
  const std::string_view of_instance = spec.instance ? instance_provider(spec, inputs) : std::string_view();
  const Result<Place>& found = lookups_.place(spec.region.value_or(""), spec.provider.value_or(of_instance));
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
  return *found;
}

Result<void> Resolver::resolve_place(const Spec& spec, Inputs& inputs) {
  const Result<Place> place = find_place(spec, inputs);
  if (!place) return place.error();
  inputs.region = place->region;
  inputs.shared_code = place->shared_code;
  inputs.shared_name = place->shared_name;
  inputs.provider = place->provider;
  inputs.also = place->also;
  inputs.region_words = place->region_words;
  inputs.provider_words = place->provider_words;
  if (spec.market_intensity) inputs.put(given(FactorId::market_intensity, *spec.market_intensity));
  if (spec.pue) inputs.put(given(FactorId::pue, *spec.pue));
  if (spec.intensity) {
    inputs.put(given(FactorId::intensity, *spec.intensity));
    inputs.intensity_method = spec.intensity_method;
  }
  const std::optional<int> year = spec.year || !spec.start ? spec.year : std::optional(year_of(*spec.start));
  inputs.year = year;
  if (spec.pue && spec.intensity) return {};

  if (year && (*year < first_year || *year > last_year)) {
    return Error{ErrorKind::out_of_range, spec.year ? "year" : "start",
        "lies in the year " + std::to_string(*year), "years go from 1990 to 2100; state --year"};
  }
  const PlaceYear& there = lookups_.place_year(*place, year, spec.intensity_method);
  if (!spec.pue) {
    if (!there.pue) return in_field(there.pue.error(), "pue");
    inputs.put(*there.pue);
  }
  if (spec.intensity) return {};
  if (!there.intensity) return in_field(there.intensity.error(), "intensity_g_per_kwh");
  inputs.put(there.intensity->factor);
  inputs.intensity_method = there.intensity->method;
  inputs.intensity_year = there.intensity->year;
  return {};
}

// Whose instance it is, where the tables know both.
std::string_view Resolver::instance_provider(const Spec& spec, Inputs& inputs) const {
  constexpr int provider = column(TableId::instances, "provider");
  if (!inputs.instance) {
    if (const Result<Instance> instance = find_instance(catalog_, *spec.instance))
      inputs.instance = instance->row;
  }
  if (!inputs.instance) return {};
  const Result<std::string_view> known = find_provider(catalog_, inputs.instance.text(provider));
  return known ? *known : std::string_view();
}

}  // namespace footpound
