// SPDX-License-Identifier: MIT
// Walks places.tsv: what people write for a place and for a provider, and what it is.
#include "factors/places.hpp"

#include <array>
#include <sstream>

#include "factors/electricity.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"
#include "units/number_text.hpp"

using namespace footpound;

namespace {

const Catalog& built_in() {
  static const Catalog catalog;
  return catalog;
}

Place place(std::string_view region, std::string_view provider = {}) {
  const Result<Place> found = find_place(built_in(), region, provider);
  INFO(provider << " | " << region << (found ? "" : ": " + message(found.error())));
  REQUIRE(found);
  return *found;
}

std::string refusal(std::string_view region, std::string_view provider = {}) {
  const Result<Place> found = find_place(built_in(), region, provider);
  INFO(provider << " | " << region);
  REQUIRE_FALSE(found);
  return message(found.error());
}

}  // namespace

TEST_CASE("what people write for places and providers") {
  static const ElectricityPriors priors(built_in());
  std::istringstream lines(Scratch::read_file(root_path("/tests/factors/places.tsv")));
  std::string line;
  std::size_t walked = 0;
  while (std::getline(lines, line)) {
    if (line.empty() || line.front() == '#') continue;
    std::array<std::string, 5> cells;  // region, provider; id, PUE, provider's id
    std::istringstream parts(line);
    for (std::string& cell : cells) std::getline(parts, cell, '\t');
    INFO(line);
    ++walked;
    const Result<Place> found = find_place(built_in(), cells[0], cells[1]);
    if (cells[2].starts_with("refused: ")) {
      REQUIRE_FALSE(found);
      CHECK(contains(message(found.error()), cells[2].substr(9)));
      continue;
    }
    INFO((found ? std::string() : message(found.error())));
    REQUIRE(found);
    CHECK((found->region ? found->region.id() : "-") == cells[2]);
    const Result<Factor> pue = pick_pue(built_in(), priors, found->region, found->provider, std::nullopt);
    REQUIRE(pue);
    CHECK((pue->origin == Origin::assumed ? "-" : human_number(pue->number())) == cells[3]);
    CHECK((found->provider.empty() ? "-" : found->provider) == cells[4]);
  }
  CHECK(walked > 250);
}

TEST_CASE("words that are no name of the row are told") {
  CHECK(place("Sweden").region_words == PlaceWords::named);
  CHECK(place("us-east-1").region_words == PlaceWords::named);
  CHECK(place("Frankfurt, Germany").region_words == PlaceWords::read);
  CHECK(place("Grenoble, France").region_words == PlaceWords::around);
  CHECK(place("N/A").region_words == PlaceWords::nothing);
  CHECK(place("Kaggle").region_words == PlaceWords::nothing);
  CHECK(place("", "AWS").provider_words == PlaceWords::named);
  CHECK(place("", "Amazon Web Services").provider_words == PlaceWords::named);
  CHECK(place("", "Google Colab").provider_words == PlaceWords::read);
  CHECK(place("", "Jean Zay cluster").provider_words == PlaceWords::read);
  CHECK(place("", "on-premise").provider_words == PlaceWords::nothing);
}

TEST_CASE("a code is taken from its provider alone") {
  CHECK(contains(refusal("eu-west-1", "gcp"), "it is a region of \"alibaba\" and \"aws\""));
  CHECK(contains(refusal("us-east-1", "Lambda Labs"), "unknown \"us-east-1\" of provider \"lambda\""));
  CHECK(contains(refusal("us-west1", "aws"), "did you mean \"us-west-1\""));
  CHECK(place("us-east-1").shared_code);
  CHECK(place("us-east-1 cluster").shared_code);
  CHECK_FALSE(place("AWS us-east-1").shared_code);
}

TEST_CASE("misspelt places and providers get the near ones") {
  CHECK(contains(refusal("Frankfrut"), "did you mean \"Frankfurt\""));
  CHECK(contains(refusal("East US 22"), "\"East US 2\""));
  CHECK(contains(refusal("Perlmuter"), "did you mean \"Perlmutter\""));
  CHECK(contains(refusal("", "Gogle Cloud"), "did you mean \"Google Cloud\""));
  CHECK(contains(refusal("", "France"), "state --region"));
}

TEST_CASE("no words crash the reader") {
  for (const std::string_view text :
      {"", " ", ",", "()", "((", "- -", "/", "a,,b", "\xFF\xFE, France", ":::", "in", "[]"}) {
    INFO(text);
    (void)find_place(built_in(), text, text);
  }
  std::string many;
  for (int i = 0; i < 20; ++i) many += "Paris, ";
  CHECK(place(many).region.id() == "FR");
  for (int i = 0; i < 5000; ++i) many += "Paris, ";
  CHECK_FALSE(find_place(built_in(), many, many));
}
