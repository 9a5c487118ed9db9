// SPDX-License-Identifier: MIT
// The ladder of design section 4, on the small world of support/small_catalog.cpp.
#include "factors/electricity.hpp"
#include "factors/tables.hpp"

#include <cmath>

#include "factors/regions.hpp"
#include "support/catch.hpp"
#include "support/close_to.hpp"
#include "support/scratch.hpp"
#include "support/small_catalog.hpp"

using namespace footpound;

namespace {

constexpr auto direct = IntensityMethod::direct;
constexpr auto lifecycle = IntensityMethod::lifecycle;

Row place(std::string_view id) {
  const Row row = small_catalog().table(TableId::regions).find(id);
  REQUIRE((row || id.empty()));
  return row;
}

Result<IntensityPick> pick(
    std::string_view region, std::optional<int> year = {}, std::optional<IntensityMethod> wanted = {}) {
  return pick_intensity(small_catalog(), ElectricityPriors(small_catalog()), place(region), year, wanted);
}

Factor pue(std::string_view region, std::string_view provider = {}, std::optional<int> year = {}) {
  return *pick_pue(small_catalog(), ElectricityPriors(small_catalog()), place(region), provider, year);
}

double root_sum(double a, double b, double c = 0) { return std::sqrt(a * a + b * b + c * c); }

}  // namespace

TEST_CASE("a place's own row of its newest year comes first") {
  const IntensityPick own = *pick("X-T");
  CHECK(own.factor.number() == 400);
  CHECK(own.method == lifecycle);
  CHECK(own.year == 2024);
  CHECK(own.factor.origin == Origin::table);
  CHECK(own.factor.note == Note::own_row);
  CHECK(own.factor.row.id() == "X-T:2024:lifecycle");
  CHECK(own.factor.log_sd == 0.03);
  CHECK_FALSE(own.factor.other_year);
  CHECK(pick("testcloud:xt-4")->factor.number() == 250);
}

TEST_CASE("the year itself, else the nearest earlier, else the nearest later, each said and doubted") {
  CHECK(pick("X-T", 2020)->factor.number() == 500);
  CHECK_FALSE(pick("X-T", 2020)->factor.other_year);
  const IntensityPick earlier = *pick("X-T", 2023);  // 2020 lies 3 years back, 2024 one ahead
  CHECK(earlier.factor.number() == 500);
  CHECK(earlier.factor.other_year);
  CHECK(earlier.factor.log_sd == close_to(root_sum(0.03, 0.1 * std::sqrt(3))));
  const IntensityPick later = *pick("X-T", 2016);
  CHECK(later.factor.number() == 600);
  CHECK(later.year == 2018);
  CHECK(later.factor.log_sd == close_to(root_sum(0.03, 0.1 * std::sqrt(2))));
  CHECK(pick("X-T", 2050)->factor.number() == 400);
}

TEST_CASE("within a year lifecycle goes before direct, and direct only where it is asked for") {
  CHECK(pick("X-T", 2018)->factor.number() == 600);
  const IntensityPick asked = *pick("X-T", 2018, direct);
  CHECK(asked.factor.number() == 480);
  CHECK(asked.method == direct);
  CHECK(asked.factor.note == Note::own_row);
  CHECK(pick("X-T", {}, direct)->factor.number() == 320);
  CHECK(pick("X-T", 2018, lifecycle)->factor.number() == 600);
}

TEST_CASE("a direct row is scaled by its country's lifecycle/direct ratio of the nearest year") {
  // 2024: 400 / 320 = 1.25; 80 x 1.25 = 100
  const IntensityPick north = *pick("X-T-N");
  CHECK(north.factor.number() == close_to(100));
  CHECK(north.method == lifecycle);
  CHECK(north.factor.origin == Origin::derived);
  CHECK(north.factor.note == Note::scaled_direct);
  CHECK(north.factor.row.id() == "X-T-N:2024:direct");
  CHECK(north.factor.note_row.id() == "X-T:2024:lifecycle");
  CHECK(north.factor.log_sd == close_to(root_sum(0.03, 0.07)));
  // asked for direct, it stays
  CHECK(pick("X-T-N", {}, direct)->factor.number() == 80);
}

TEST_CASE("the ratio is of the row's year, not of the year asked for") {
  Catalog catalog;
  lay(catalog, "regions",
      R"({"id": "X-V", "kind": "country", "name": "Vland", @, "year": 2026}, {"id": "X-V-P", "kind": "subdivision", "name": "V Province", "country": "X-V", @, "year": 2026})");
  const auto row = [](const char* id, const char* region, int year, const char* method, double value) {
    return std::string(R"({"id": ")") + id + R"(", "region": ")" + region + R"(", "intensity_g_per_kwh": )" +
           std::to_string(value) + R"(, "source": ["footpound-fit"], "year": )" + std::to_string(year) +
           R"(, "method": ")" + method + "\"}";
  };
  lay(catalog, "grid",
      row("1", "X-V", 2010, "lifecycle", 300) + "," + row("2", "X-V", 2010, "direct", 100) + "," +
          row("3", "X-V", 2020, "lifecycle", 300) + "," + row("4", "X-V", 2020, "direct", 200) + "," +
          row("5", "X-V-P", 2019, "direct", 10));
  const IntensityPick scaled = *pick_intensity(
      catalog, ElectricityPriors(catalog), catalog.table(TableId::regions).find("X-V-P"), 2010, std::nullopt);
  CHECK(scaled.factor.number() == close_to(15));  // 300 / 200 of 2020, nearest to the row's 2019
}

TEST_CASE("a region without a row takes its zone's") {
  const IntensityPick national = *pick("testcloud:xt-1");
  CHECK(national.factor.number() == 400);
  CHECK(national.factor.origin == Origin::derived);
  CHECK(national.factor.note == Note::zone_row);
  CHECK(national.factor.log_sd == close_to(root_sum(0.03, 0.25)));
  const IntensityPick part = *pick("testcloud:xt-2");
  CHECK(part.factor.number() == close_to(100));
  CHECK(part.factor.note == Note::zone_scaled_direct);
  CHECK(part.factor.log_sd == close_to(root_sum(0.03, 0.5, 0.07)));
}

TEST_CASE("a place without row and zone takes its country's") {
  const IntensityPick south = *pick("X-T-S");
  CHECK(south.factor.number() == 400);
  CHECK(south.factor.note == Note::country_row);
  CHECK(south.factor.origin == Origin::derived);
  CHECK(south.factor.log_sd == close_to(root_sum(0.03, 0.55)));
  CHECK(pick("testcloud:xt-3")->factor.note == Note::country_row);
  CHECK(pick("testcloud:xt-3")->factor.number() == 400);
}

TEST_CASE("without a ratio a part of a country keeps its direct value, zero too, and says so") {
  for (const char* id : {"X-U-Z", "testcloud:xu-1"}) {
    const IntensityPick zero = *pick(id);
    INFO(id);
    CHECK(zero.factor.number() == 0);
    CHECK(zero.method == direct);
    CHECK(zero.factor.note == Note::direct_kept);
  }
}

TEST_CASE("without a ratio a place that draws on a whole country takes that country's lifecycle row") {
  const IntensityPick unscaled = *pick("testcloud:xu-2");
  CHECK(unscaled.factor.number() == 200);
  CHECK(unscaled.method == lifecycle);
  CHECK(unscaled.factor.note == Note::country_for_direct);
  CHECK(unscaled.factor.note_row.id() == "testcloud:xu-2:2024:direct");
  CHECK(unscaled.factor.origin == Origin::derived);
}

TEST_CASE("a country with a direct row alone keeps it, said so: there is nothing to put in its place") {
  const IntensityPick only = *pick("X-D");
  CHECK(only.factor.number() == 70);
  CHECK(only.method == direct);
  CHECK(only.factor.note == Note::direct_kept);
}

TEST_CASE("where nothing is known of a place, or none is stated, the world's average is assumed") {
  for (const char* id : {"X-B", "testcloud:xb-1", ""}) {
    const IntensityPick world = *pick(id);
    INFO(id);
    CHECK(world.factor.number() == 450);
    CHECK(world.factor.origin == Origin::assumed);
    CHECK(world.factor.note == (*id == '\0' ? Note::world_without_region : Note::world_row));
    CHECK(world.factor.log_sd == 0.9);
  }
}

TEST_CASE("direct is refused where no rung has it: never mixed without a word") {
  for (const char* id : {"X-B", "X-T-S", ""}) {
    const Result<IntensityPick> none = pick(id, {}, direct);
    INFO(id);
    if (std::string_view(id) == "X-T-S") {
      REQUIRE(none);  // its country has one
      CHECK(none->factor.number() == 320);
      continue;
    }
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == ErrorKind::missing);
    CHECK_FALSE(none.error().instead.empty());
  }
  CHECK(pick("X-U-Z", {}, direct)->factor.number() == 0);
}

TEST_CASE("PUE: the site, else the provider's fleet, else the world (assumed), each by its year") {
  const Factor site = pue("testcloud:xt-1");
  CHECK(site.number() == 1.1);
  CHECK(site.origin == Origin::table);
  CHECK(site.note == Note::site_pue);
  CHECK(site.log_sd == 0.01);
  const Factor aged = pue("testcloud:xt-1", {}, 2026);
  CHECK(aged.other_year);
  CHECK(aged.log_sd == close_to(root_sum(0.01, 0.02 * 2)));  // sqrt(4 years) x 0.02

  const Factor fleet = pue("testcloud:xt-2");
  CHECK(fleet.number() == 1.2);
  CHECK(fleet.origin == Origin::derived);
  CHECK(fleet.note == Note::fleet_pue);
  CHECK(fleet.log_sd == 0.08);
  CHECK(pue("testcloud:xt-2", {}, 2023).number() == 1.25);  // the earlier 2022, not the later 2024
  CHECK(pue("X-T", "testcloud").number() == 1.2);
  CHECK(pue("", "testcloud").note == Note::fleet_pue);

  const Factor world = pue("X-T");
  CHECK(world.number() == 1.5);
  CHECK(world.origin == Origin::assumed);
  CHECK(world.note == Note::world_pue);
  CHECK(world.log_sd == 0.3);
  CHECK(pue("").note == Note::world_pue);
}

TEST_CASE("the real tables: Sweden, France and Quebec are small and not zero; Quebec is no mean of Canada") {
  const Catalog catalog;
  const ElectricityPriors priors(catalog);
  const auto value = [&](const char* id) {
    return pick_intensity(catalog, priors, catalog.table(TableId::regions).find(id), {}, {})->factor.number();
  };
  for (const char* id : {"SE", "FR", "CA-QC"}) {
    INFO(id);
    CHECK(value(id) > 0);
    CHECK(value(id) < 80);
  }
  CHECK(value("CA-QC") < value("CA") / 5);
}

TEST_CASE("without a world average of PUE nothing is assumed, and nothing is 0") {
  Catalog catalog;
  constexpr int scope = column(TableId::pue, "scope");
  const Table& shipped = catalog.table(TableId::pue);
  std::string rows;
  for (std::uint32_t i = 0; i < shipped.size(); ++i) {
    if (shipped.row(i).text(scope) != "world") continue;
    rows += (rows.empty() ? "" : ", ") + (R"({"id": ")" + std::string(shipped.row(i).id())) +
            R"(", "scope": "fleet", "provider": "nobody"})";
  }
  REQUIRE_FALSE(rows.empty());
  const Scratch scratch;
  REQUIRE(
      catalog.overlay(scratch.write("pue.json", R"({"table": "pue", "schema": 1, "rows": [)" + rows + "]}")));
  const Result<Factor> nowhere = pick_pue(catalog, ElectricityPriors(catalog), Row(), {}, std::nullopt);
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().what == "the tables hold no world average");
  CHECK(nowhere.error().instead == "state --pue");
}
