// SPDX-License-Identifier: MIT
// What a stream takes over from an earlier record of the same shape is what the ladders give.
#include <cstdint>

#include "footpound/estimate/estimate.hpp"
#include "support/answers.hpp"

using namespace footpound;

namespace {

struct Shape {
  const char* what;
  std::vector<Said> records;
};

// Each list: records of one shape; names, loads and numbers differ.
const std::vector<Shape> shapes = {
    {"power stated", {{{"accelerator", "test-gpu"}, {"accelerator_count", "4"}, {"hours", "10"},
                          {"accelerator_power_w", "150"}, {"region", "US"}},
                         {{"accelerator", "test-twin"}, {"accelerator_count", "1"}, {"hours", "2"},
                             {"accelerator_power_w", "90+-5"}, {"region", "SE"}},
                         {{"accelerator", "test-gpu"}, {"accelerator_count", "3/7"}, {"hours", "7.5+-1"},
                             {"accelerator_power_w", "1"}, {"region", "FR"}}}},
    {"utilisation stated", {{{"accelerator", "test-gpu"}, {"accelerator_count", "4"}, {"hours", "10"},
                                {"utilization", "0.5"}, {"pue", "1.1"}},
                               {{"accelerator", "test-twin"}, {"accelerator_count", "8"}, {"hours", "10"},
                                   {"utilization", "1"}, {"pue", "1.2+-5%"}},
                               {{"accelerator", "test-gpu"}, {"accelerator_count", "1"}, {"hours", "3"},
                                   {"utilization", "0.25+-0.1"}, {"pue", "1"}}}},
    {"only the hardware", {{{"accelerator", "test-gpu"}, {"accelerator_count", "4"}, {"hours", "10"},
                               {"start", "2024-05-01"}, {"trials", "3"}},
                              {{"accelerator", "test-gpu"}, {"accelerator_count", "1"}, {"hours", "10"},
                                  {"start", "2022-05-01"}, {"trials", "1"}},
                              {{"accelerator", "test-twin"}, {"accelerator_count", "16"}, {"hours", "0.1"},
                                  {"start", "2024-12-31"}, {"trials", "2"}},
                              {{"accelerator", "test-gpu"}, {"accelerator_count", "2"}, {"hours", "1"},
                                  {"start", "2023-01-01"}, {"trials", "1.5"}}}},
    {"the place told in other ways",
        {{{"accelerator", "test-gpu"}, {"hours", "10"}, {"region", "FR"},
             {"market_intensity_g_per_kwh", "20"}},
            {{"accelerator", "test-gpu"}, {"hours", "11"}, {"pue", "1.3"}, {"intensity_g_per_kwh", "100"}},
            {{"accelerator", "test-gpu"}, {"hours", "12"}, {"intensity_g_per_kwh", "100"},
                {"intensity_method", "direct"}},
            {{"accelerator", "test-gpu"}, {"hours", "13"}, {"region", "US"}, {"year", "2022"}},
            {{"accelerator", "test-gpu"}, {"hours", "14"}}}},
    {"no count",
        {{{"accelerator", "test-gpu"}, {"hours", "10"}}, {{"accelerator", "test-twin"}, {"hours", "20"}}}},
    {"hours from elsewhere",
        {{{"accelerator", "test-gpu"}, {"accelerator_count", "4"}, {"accelerator_hours", "40"}},
            {{"accelerator", "test-gpu"}, {"accelerator_count", "2"}, {"accelerator_hours", "1"}}}},
};

void check_same(const Figures& ours, const Figures& full) {
  CHECK(in_kwh(ours.it_energy) == in_kwh(full.it_energy));
  CHECK(in_kwh(ours.energy) == in_kwh(full.energy));
  CHECK(in_grams(ours.co2e) == in_grams(full.co2e));
  CHECK(ours.accelerator_hours == full.accelerator_hours);
  CHECK(ours.boundary == full.boundary);
}

void check_same(const Doubts& ours, const Doubts& full) {
  CHECK(ours.energy_below == full.energy_below);
  CHECK(ours.energy_above == full.energy_above);
  CHECK(ours.co2e_below == full.co2e_below);
  CHECK(ours.co2e_above == full.co2e_above);
  CHECK(ours.assumed == full.assumed);
}

void check_same(const Inputs& ours, const Inputs& full) {
  CHECK(ours.rung == full.rung);
  CHECK(ours.boundary == full.boundary);
  CHECK(ours.host_left_out == full.host_left_out);
  CHECK(ours.region == full.region);
  CHECK(ours.year == full.year);
  CHECK(ours.intensity_year == full.intensity_year);
  CHECK(ours.intensity_method == full.intensity_method);
  REQUIRE(ours.board_kinds == full.board_kinds);
  std::vector<Factor> wanted;
  each_factor(full, [&](const Factor& factor) { wanted.push_back(factor); });
  std::size_t i = 0;
  each_factor(ours, [&](const Factor& factor) {
    REQUIRE(i < wanted.size());
    CHECK(factor.id == wanted[i].id);
    CHECK(factor.origin == wanted[i].origin);
    CHECK(factor.note == wanted[i].note);
    CHECK(factor.value == wanted[i].value);
    CHECK(factor.log_sd == wanted[i].log_sd);
    CHECK(factor.row == wanted[i].row);
    CHECK(factor.via == wanted[i].via);
    ++i;
  });
  CHECK(i == wanted.size());
  const Estimate a = estimate(ours);
  const Estimate b = estimate(full);
  CHECK(in_kwh(a.energy.value) == in_kwh(b.energy.value));
  CHECK(in_kwh(a.energy.high()) == in_kwh(b.energy.high()));
  CHECK(in_grams(a.co2e.low()) == in_grams(b.co2e.low()));
}

}  // namespace

TEST_CASE("a record like an earlier one is understood as if it stood alone") {
  for (const std::optional<Boundary> boundary :
      {std::optional<Boundary>(), std::optional(Boundary::it), std::optional(Boundary::accelerators)}) {
    Resolver stream(small_catalog(), {boundary, false, {}});
    int repeated = 0;
    for (int round = 0; round < 2; ++round) {
      for (std::size_t i = 0; i < shapes.size(); ++i) {
        for (const Said& said : shapes[i].records) {
          INFO(shapes[i].what << ", round " << round);
          const Spec spec = spec_of(said);
          const Inputs alone = meant(said, {boundary, false, {}});
          const Figures wanted = figures_of(alone, estimate(alone));
          Figures quick;
          const bool is_known = stream.repeat(spec, i + 1, quick);
          if (is_known) {
            check_same(quick, wanted);
            check_same(stream.doubts_of_repeat(spec), doubts_of(alone, estimate(alone)));
          }
          if (is_known) ++repeated;
          const Result<const Inputs*> ours = stream.resolve(spec, i + 1);
          REQUIRE(ours);
          check_same(**ours, meant(said, {boundary, false, {}}));
        }
      }
    }
    // in the second round all but the market-based one and those without hours of their own
    CHECK(repeated >= 14);
  }
}

TEST_CASE("what nothing ran of is told in a record like an earlier one too") {
  Resolver stream(small_catalog(), {});
  REQUIRE(stream.resolve(spec_of({{"accelerator", "test-gpu"}, {"hours", "1"}}), 1));
  const Result<const Inputs*> none =
      stream.resolve(spec_of({{"accelerator", "test-gpu"}, {"hours", "0"}}), 1);
  REQUIRE_FALSE(none);
  CHECK(none.error().kind == ErrorKind::skipped);
  const Result<const Inputs*> unknown =
      stream.resolve(spec_of({{"accelerator", "no such thing"}, {"hours", "1"}}), 1);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().kind == ErrorKind::unknown_name);
}
