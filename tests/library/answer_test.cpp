// SPDX-License-Identifier: MIT
#include "footpound/answer.hpp"

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <thread>
#include <utility>

#include "support/close_to.hpp"
#include "support/small_catalog.hpp"

using namespace footpound;

namespace {

RunSpec stating(std::initializer_list<std::pair<const char*, const char*>> statements) {
  RunSpec spec;
  for (const auto& [field, text] : statements) REQUIRE(spec.set(field, text));
  return spec;
}

const RunFactor& factor(const RunAnswer& answer, std::string_view name) {
  const auto found = std::find_if(answer.factors.begin(), answer.factors.end(),
      [&](const RunFactor& factor) { return factor.name == name; });
  REQUIRE(found != answer.factors.end());
  return *found;
}

}  // namespace

// Eight boards at 80 % of 300 W (a large model: several), and for each a host of 25 % of 300 W:
// 8 x 315 W x 10 h = 25.2 kWh; PUE 1.5 of the world: 37.8 kWh; Testland's 400 g/kWh of 2024: 15.12 kg.
TEST_CASE("library: an answer has figures with their intervals, and what each number rests on") {
  const RunSpec spec =
      stating({{"name", "mine"}, {"gpu", "test-gpu"}, {"gpus", "8"}, {"hours", "10"}, {"region", "X-T"}});
  const Result<RunAnswer> answer = footpound::answer(small_catalog(), spec);
  REQUIRE(answer);
  CHECK(answer->name == "mine");
  CHECK(answer->boundary == Boundary::it);
  CHECK(in_kwh(answer->it_energy.value) == close_to(25.2));
  CHECK(in_kwh(answer->energy.value) == close_to(37.8));
  CHECK(in_kilograms(answer->co2e.value) == close_to(15.12));
  CHECK(answer->energy.low < answer->energy.value);
  CHECK(answer->energy.high > answer->energy.value);
  CHECK_FALSE(answer->market_co2e);
  CHECK_FALSE(answer->embodied_co2e);
  CHECK_FALSE(answer->cost_usd);

  const RunFactor& hours = factor(*answer, "hours");
  CHECK(hours.origin == Origin::given);
  CHECK(hours.unit == "h");
  CHECK(hours.value.low == 10);
  CHECK(hours.value.high == 10);
  CHECK(hours.sources.empty());
  CHECK(factor(*answer, "pue").origin == Origin::assumed);
  CHECK(factor(*answer, "pue").row == "world:2098");
  const RunFactor& intensity = factor(*answer, "intensity_g_per_kwh");
  CHECK(intensity.origin == Origin::table);
  CHECK(intensity.value.value == 400);
  CHECK(intensity.row == "X-T:2024:lifecycle");
  CHECK(intensity.year == 2024);
  CHECK(intensity.note == "X-T's own figure of 2024");
  REQUIRE(intensity.sources.size() == 1);
  CHECK(intensity.sources[0].id == "footpound-fit");
  CHECK_FALSE(intensity.sources[0].title.empty());
}

TEST_CASE("library: what is stated beside is answered beside") {
  // 12 kWh x 1.5 x 100 g = 1.8 kg; two boards for two hours at 3 USD = 12 USD
  const RunSpec spec = stating({{"measured_it_energy_kwh", "12"}, {"pue", "1.5"},
      {"intensity_g_per_kwh", "200"}, {"market_intensity_g_per_kwh", "100"}, {"gpu", "test-gpu"},
      {"gpus", "2"}, {"hours", "2"}, {"price_usd_per_hour", "3"}, {"embodied", "true"}});
  const Result<RunAnswer> answer = footpound::answer(small_catalog(), spec);
  REQUIRE(answer);
  CHECK(in_kilograms(*answer->market_co2e) == close_to(1.8));
  CHECK(answer->cost_usd->value == close_to(12));
  CHECK(in_grams(*answer->embodied_co2e) > 0);
}

TEST_CASE("library: rules bound the answer, and refuse what is assumed") {
  const RunSpec spec = stating({{"gpu", "test-gpu"}, {"gpus", "8"}, {"hours", "10"}, {"region", "X-T"}});
  // boards alone: 8 x 240 W x 10 h = 19.2 kWh
  const Result<RunAnswer> boards = answer(small_catalog(), spec, {.boundary = Boundary::accelerators});
  REQUIRE(boards);
  CHECK(boards->boundary == Boundary::accelerators);
  CHECK(in_kwh(boards->it_energy.value) == close_to(19.2));
  CHECK(message(answer(small_catalog(), spec, {.strict = true}).error()) ==
        "--strict: would have to assume pue; state --pue");
  CHECK(message(answer(small_catalog(), spec, {.prices = "none such"}).error()).substr(0, 35) ==
        "prices: unknown \"none such\"; known ");
}

TEST_CASE("library: errors name the field as it was stated, and keep nothing of catalog or spec") {
  auto catalog = std::make_unique<Catalog>();
  Error error;
  {
    const RunSpec spec = stating({{"gpu", "Tesla V1000"}, {"hours", "10"}});
    error = answer(*catalog, spec).error();
  }
  catalog.reset();
  CHECK(error.kind == ErrorKind::unknown_name);
  CHECK(error.field == "gpu");
  CHECK_FALSE(error.late);
  CHECK(error.what.find("\"Tesla V1000\"") != std::string::npos);
  CHECK(error.instead.find("did you mean") != std::string::npos);
  CHECK(answer(small_catalog(), {}).error().kind == ErrorKind::missing);
  // no hours are no run in a stream; by themselves they are a failure
  CHECK(answer(small_catalog(), stating({{"gpu", "test-gpu"}, {"hours", "0"}})).error().kind ==
        ErrorKind::missing);
}

TEST_CASE("library: an answer outlives its catalog and its spec") {
  Result<RunAnswer> kept = Error{};
  {
    const Catalog catalog;
    kept = answer(catalog, stating({{"name", "a name of more than a few letters"}, {"it_power_w", "12kW"},
                               {"hours", "79.2"}, {"region", "France"}}));
  }
  REQUIRE(kept);
  CHECK(kept->name == "a name of more than a few letters");
  CHECK(factor(*kept, "intensity_g_per_kwh").row.substr(0, 3) == "FR:");
}

TEST_CASE("library: threads share a catalog, and get what one alone does") {
  const Catalog catalog;
  const std::vector<RunSpec> specs = {
      stating({{"gpu", "A100"}, {"gpus", "8"}, {"hours", "10"}, {"region", "Sweden"}}),
      stating({{"gpu", "H100"}, {"gpus", "64"}, {"parameters", "7B"}, {"tokens", "1T"}}),
      stating({{"gpu", "no such board"}, {"hours", "1"}})};
  const auto text = [&](std::size_t i) {
    const Result<std::string> json = answer_json(catalog, specs[i % specs.size()]);
    return json ? *json : message(json.error());
  };
  std::vector<std::string> alone;
  for (std::size_t i = 0; i < specs.size(); ++i) alone.push_back(text(i));
  std::array<std::vector<std::string>, 2> together;
  std::vector<std::thread> threads;
  for (std::vector<std::string>& own : together) {
    threads.emplace_back([&] {
      for (std::size_t i = 0; i < 30; ++i) own.push_back(text(i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::vector<std::string>& own : together) {
    for (std::size_t i = 0; i < own.size(); ++i) CHECK(own[i] == alone[i % specs.size()]);
  }
}
