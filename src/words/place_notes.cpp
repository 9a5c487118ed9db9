// SPDX-License-Identifier: MIT
#include "words/place_notes.hpp"

#include <fmt/format.h>

#include "estimate/spec.hpp"
#include "factors/tables.hpp"
#include "footpound/base/error.hpp"
#include "units/number_text.hpp"
#include "words/explain.hpp"

namespace footpound {

namespace {

// "jean-zay (Jean Zay, CNRS/IDRIS (GENCI), Orsay)"
std::string named(Row region) {
  std::string text(region.text(column(TableId::regions, "name")));
  for (const int more : {column(TableId::regions, "operator"), column(TableId::regions, "city")}) {
    if (region.has(more)) text += ", " + std::string(region.text(more));
  }
  return fmt::format("{} ({})", region.id(), text);
}

// "a state has this name too": which other place was not taken.
void add_namesakes(const Inputs& inputs, std::vector<std::string>& list) {
  if (inputs.shared_code)
    list.push_back(
        fmt::format("several providers have a region of this code; {} was taken, --provider chooses",
            inputs.region.id()));
  if (inputs.shared_name)
    list.push_back(fmt::format("a state has this name too; the country {} was taken", inputs.region.id()));
  if (inputs.also)
    list.push_back(fmt::format("{} has this name too; {} was taken", inputs.also.id(), inputs.region.id()));
}

}  // namespace

void add_place_notes(const Spec& spec, const Inputs& inputs, std::vector<std::string>& list) {
  add_namesakes(inputs, list);
  const Row region = inputs.region;
  const bool is_site = region && region.text(column(TableId::regions, "kind")) == "site";
  const std::string said = in_quotes(spec.region.value_or(""));
  if (inputs.region_words == PlaceWords::nothing) {
    list.push_back(said + " names no place");
  } else if (inputs.region_words == PlaceWords::around) {
    list.push_back(fmt::format("{} is read as {}: the tables know no such town there", said, named(region)));
  } else if (inputs.region_words == PlaceWords::read) {
    list.push_back(fmt::format("{} is read as {}", said, named(region)));
  } else if (is_site && inputs.provider_words != PlaceWords::read) {
    list.push_back(fmt::format("the place is {}", named(region)));
  }
  const std::string provider = in_quotes(spec.provider.value_or(""));
  if (inputs.provider_words == PlaceWords::nothing) {
    list.push_back(fmt::format("{} names no provider", provider));
  } else if (inputs.provider_words == PlaceWords::read) {
    list.push_back(fmt::format("provider {} is read as {}", provider,
        inputs.provider.empty() && region ? named(region) : std::string(inputs.provider)));
  }
  const Factor* const pue = inputs.find(FactorId::pue);
  if (is_site && pue != nullptr && pue->note == Note::site_pue)
    list.push_back(fmt::format(
        "its PUE {}: {}, {}", human_number(pue->number()), pue->row.method(), source_text(pue->row)));
  if (is_site && !region.note().empty()) list.emplace_back(region.note());
}

}  // namespace footpound
