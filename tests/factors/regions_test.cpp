// SPDX-License-Identifier: MIT
#include "factors/regions.hpp"

#include "factors/providers.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

using namespace footpound;

namespace {

const Catalog& built_in() {
  static const Catalog catalog;
  return catalog;
}

RegionMatch match(std::string_view region, std::string_view provider = {}) {
  const Result<RegionMatch> found = find_region(built_in(), region, provider);
  INFO(region << (found ? "" : ": " + message(found.error())));
  REQUIRE(found);
  return *found;
}

std::string id(std::string_view region, std::string_view provider = {}) {
  return std::string(match(region, provider).row.id());
}

}  // namespace

TEST_CASE("places are found by code, name and alias, whatever the case") {
  CHECK(id("SE") == "SE");
  CHECK(id("se") == "SE");
  CHECK(id("Sweden") == "SE");
  CHECK(id("SWE") == "SE");
  CHECK(id("sweden ") == "SE");
  CHECK(id("CA-QC") == "CA-QC");
  CHECK(id("Quebec") == "CA-QC");
  CHECK(id("Qu\xC3\xA9"
           "bec") == "CA-QC");
  CHECK(id("california") == "US-CA");
  CHECK(id("World") == "X-WORLD");
  CHECK(id("united-arab-emirates") == "AE");
}

TEST_CASE("region codes ignore case and nothing else: us-west1 is Google's, us-west-1 Amazon's") {
  CHECK(id("us-west1") == "gcp:us-west1");
  CHECK(id("US-West1") == "gcp:us-west1");
  CHECK(id("us-west-1") == "aws:us-west-1");
  CHECK(id("US-WEST-1") == "aws:us-west-1");
  CHECK(id("eastus") == "azure:eastus");
  CHECK_FALSE(find_region(built_in(), "us_west_1", ""));
  CHECK_FALSE(find_region(built_in(), "uswest1", ""));
}

TEST_CASE("a city is the grid it draws on; with a provider, its region there; of several, all are named") {
  CHECK(id("council bluffs, iowa") == "gcp:us-central1");  // the region's own name
  CHECK(id("Frankfurt", "gcp") == "gcp:europe-west3");
  CHECK(id("Frankfurt") == "DE");
  CHECK(match("Frankfurt").reads_words);
  const Result<RegionMatch> several = find_region(built_in(), "Cambridge", {});
  REQUIRE_FALSE(several);
  CHECK(several.error().kind == ErrorKind::ambiguous);
  CHECK(contains(message(several.error()), "\"Cambridge, GB\""));
  CHECK(contains(message(several.error()), "\"Cambridge, US-MA\""));
  CHECK(id("Singapore") == "SG");
  CHECK_FALSE(match("Singapore").reads_words);
}

TEST_CASE("what a console prints is its region; of several on one grid it is the grid, else they are named") {
  CHECK(id("US East (Ohio)") == "aws:us-east-2");
  CHECK(id("East US 2") == "azure:eastus2");
  CHECK(id("Northern Virginia") == "aws:us-east-1");
  CHECK(id("N. Virginia") == "SRVC");  // Amazon's and Google's
  CHECK(id("N. Virginia", "gcp") == "gcp:us-east4");
  CHECK(id("US West 2", "aws") == "aws:us-west-2");
  const Result<RegionMatch> several = find_region(built_in(), "US West", {});
  REQUIRE_FALSE(several);
  CHECK(several.error().kind == ErrorKind::ambiguous);
  CHECK(contains(message(several.error()), "\"azure:westus\""));
}

TEST_CASE("a zone is its region; a zone elsewhere is none") {
  CHECK(id("europe-west4-a") == "gcp:europe-west4");
  CHECK(id("us-west-2b") == "aws:us-west-2");
  CHECK(match("us-east-1a").shared_code);
  CHECK_FALSE(find_region(built_in(), "us-west-2-lax-1a", ""));  // Los Angeles, on another grid
}

TEST_CASE("accents may be left out or added") {
  CHECK(id("Montr\xC3\xA9"
           "al") == "CA-QC");
  CHECK(id("Montreal") == "CA-QC");
  CHECK(id("Zu\xCC\x88rich") == "CH");  // decomposed
  CHECK(id("Sao Paulo") == "BR");
}

TEST_CASE("a name that a city elsewhere has too is the place, said so") {
  const RegionMatch washington = match("Washington");
  CHECK(washington.row.id() == "US-WA");
  REQUIRE(washington.also);
  CHECK(washington.also.id() == "Washington, US-DC");
  CHECK_FALSE(match("New York").also);  // the city is in the state
}

TEST_CASE("a code that several providers share is Amazon's, said so, unless the provider is stated") {
  const RegionMatch shared = match("us-east-1");
  CHECK(shared.row.id() == "aws:us-east-1");
  CHECK(shared.shared_code);
  const RegionMatch stated = match("us-east-1", "alibaba");
  CHECK(stated.row.id() == "alibaba:us-east-1");
  CHECK_FALSE(stated.shared_code);
  CHECK_FALSE(match("us-east-1", "aws").shared_code);
  CHECK_FALSE(match("us-east-2").shared_code);
}

TEST_CASE("provider:code names one region") {
  CHECK(id("alibaba:us-east-1") == "alibaba:us-east-1");
  CHECK(id("GCP:us-west1") == "gcp:us-west1");
  CHECK_FALSE(match("aws:us-east-1").shared_code);
}

TEST_CASE("a name that is a country and a state is the country, said so") {
  const RegionMatch georgia = match("Georgia");
  CHECK(georgia.row.id() == "GE");
  CHECK(georgia.shared_name);
  CHECK(id("US-GA") == "US-GA");
  CHECK_FALSE(match("Sweden").shared_name);
}

TEST_CASE("with a provider its regions are looked at, and countries still are places") {
  CHECK(id("Sweden", "aws") == "SE");
  const Result<RegionMatch> wrong = find_region(built_in(), "us-west1", "aws");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().kind == ErrorKind::unknown_name);
  CHECK(contains(message(wrong.error()), "unknown \"us-west1\" of provider \"aws\""));
  CHECK(contains(message(wrong.error()), "us-west-1"));
}

TEST_CASE("unknown places get the nearest known ones") {
  const Result<RegionMatch> wrong = find_region(built_in(), "Sweeden", "");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().kind == ErrorKind::unknown_name);
  CHECK(contains(message(wrong.error()), "did you mean \"Sweden\""));
  CHECK(contains(message(wrong.error()), "`footpound list regions` shows all"));
  for (const char* name : {" ", "-", "aws:", ":us-east-1", "zzzzzz"}) {
    INFO(name);
    CHECK_FALSE(find_region(built_in(), name, ""));
  }
}

TEST_CASE("providers go by several names") {
  for (const auto& [said, expected] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"aws", "aws"}, {"AWS", "aws"}, {"Amazon", "aws"}, {"google", "gcp"}, {"Google Cloud", "gcp"},
           {"GCP", "gcp"}, {"Microsoft Azure", "azure"}, {"OCI", "oracle"}}) {
    const Result<std::string_view> found = find_provider(built_in(), said);
    INFO(said);
    REQUIRE(found);
    CHECK(*found == expected);
  }
  const Result<std::string_view> wrong = find_provider(built_in(), "amazn");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().kind == ErrorKind::unknown_name);
  CHECK(contains(message(wrong.error()), "did you mean \"Amazon\""));
  CHECK_FALSE(find_provider(built_in(), "on-premise"));  // words for nobody
}

TEST_CASE("a region knows its zone, its country and its provider") {
  const Row virginia = match("aws:us-east-1").row;
  CHECK(zone_of(built_in(), virginia).id() == "SRVC");
  CHECK(country_of(built_in(), virginia).id() == "US");
  CHECK(provider_of(virginia) == "aws");
  const Row quebec = match("Quebec").row;
  CHECK_FALSE(zone_of(built_in(), quebec));
  CHECK(country_of(built_in(), quebec).id() == "CA");
  CHECK(provider_of(quebec).empty());
  CHECK_FALSE(is_whole_country(quebec));
  const Row sweden = match("SE").row;
  CHECK(country_of(built_in(), sweden) == sweden);
  CHECK(is_whole_country(sweden));
  CHECK(world(built_in()).id() == "X-WORLD");
}
