// SPDX-License-Identifier: MIT
#include "published/score.hpp"
#include "factors/tables.hpp"

#include <algorithm>
#include <cmath>

#include "estimate/estimate.hpp"
#include "estimate/resolve.hpp"
#include "estimate/spec.hpp"

#include "support/catch.hpp"
#include "support/close_to.hpp"

using namespace footpound;

TEST_CASE("score: errors, factor, coverage and width of three guesses") {
  // ours / published: 1.1, 0.8, 2; intervals hold the first two
  const std::vector<Guess> guesses = {{100, {55, 110, 220}}, {100, {40, 80, 160}}, {100, {150, 200, 300}}};
  const Score score = score_of(guesses);
  CHECK(score.n == 3);
  CHECK(score.median_error == close_to(0.2));
  CHECK(score.mean_error == close_to((0.1 + 0.2 + 1.0) / 3));
  const double squares = std::pow(std::log(1.1), 2) + std::pow(std::log(0.8), 2) + std::pow(std::log(2.0), 2);
  CHECK(score.rms_factor == close_to(std::exp(std::sqrt(squares / 3))));
  CHECK(*score.coverage == close_to(2.0 / 3));
  CHECK(*score.mean_log_width == close_to((std::log(4.0) + std::log(4.0) + std::log(2.0)) / 3));
}

TEST_CASE("score: a guess without an interval has no coverage") {
  const Score score = score_of({{100, {120, 120, 120}}});
  CHECK(score.median_error == close_to(0.2));
  CHECK(!score.coverage);
  CHECK(!score.mean_log_width);
}

TEST_CASE("score: only runs that prove something are scored, and beside the baselines") {
  const std::vector<ScoreRow> rows = score_runs(Catalog());
  std::size_t ours = 0;
  for (const ScoreRow& row : rows) {
    INFO(row.measure << " / " << row.kind << " / " << row.method);
    CHECK(row.score.n > 0);
    if (row.kind != "all") continue;
    if (row.measure == "energy from hardware and hours (H)") {
      CHECK(row.score.n == 37);  // as docs/accuracy.md counts them
      ours += row.method == "footpound";
    }
    if (row.measure == "hours from FLOPs and hardware (F-hours)") CHECK(row.score.n == 27);
    if (row.measure == "hours from FLOPs and hardware (F-hours)" && row.method != "footpound")
      CHECK(row.method == "one MFU for all");
    // arithmetic: within the rounding of what is printed
    if (row.measure == "energy from power and hours (P)") CHECK(row.score.mean_error < 0.015);
  }
  CHECK(ours == 1);
}

TEST_CASE("score: the ten hours-only runs that are not circular stand apart") {
  std::size_t found = 0;
  for (const ScoreRow& row : score_runs(Catalog())) {
    if (row.kind != "F-hours, not circular") continue;
    ++found;
    CHECK(row.score.n == 10);
  }
  CHECK(found == 2);  // ours and one baseline
}

namespace {

// Half a unit of the last printed digit, as a share of the number: 7500 -> 50 / 7500.
double print_rounding(double value) {
  double unit = 1e12;
  while (std::abs(std::round(value / unit) * unit - value) > 1e-9 * value) unit /= 10;
  return unit / 2 / value;
}

}  // namespace

TEST_CASE("comparison: each run's arithmetic comes out within the rounding of what is printed") {
  const Catalog catalog;
  Recomputer recomputer(catalog);
  const Table& runs = catalog.table(TableId::runs);
  std::size_t rows = 0;
  for (std::uint32_t i = 0; i < runs.size(); ++i) {
    const Row run = runs.row(i);
    for (const Comparison& each : recomputer.compare(run)) {
      if (each.basis != Basis::power_and_hours || !usable_for(run, "P")) continue;
      ++rows;
      INFO(run.id());
      const double hours = run_number(run, "hours").value_or(*run_number(run, "accelerator_hours"));
      const double pue = run_number(run, "pue").value_or(1);
      const double rounding =
          print_rounding(each.published) + print_rounding(*run_number(run, "accelerator_power_w")) +
          print_rounding(hours) + (each.boards_alone || pue == 1 ? 0 : print_rounding(pue));
      CHECK(std::abs(each.deviation()) <= std::min(rounding, 0.01));
    }
  }
  CHECK(rows == 30);
}

TEST_CASE("comparison: LLMCarbon's five come out from FLOPs, achieved throughput and measured power") {
  // GPT-3, by hand: 3.14e23 FLOP / 24.6e12 FLOP/s = 1.2764e10 s = 3,545,619 V100-hours; x 330 W x PUE 1.1 =
  // 1,287,060 kWh of 1,287,000
  const Catalog catalog;
  Resolver resolver(catalog, ResolveOptions{Boundary::accelerators, false, {}});
  std::size_t runs = 0;
  for (const char* id : {"patterson-t5-11b", "patterson-gpt3-175b", "patterson-gshard-600b",
           "patterson-switch-1500b", "llmcarbon-xlm"}) {
    INFO(id);
    const Row run = catalog.table(TableId::runs).find(id);
    REQUIRE(run);
    const Accelerator device = *find_accelerator(catalog, run_text(run, "accelerator"));
    Spec spec;
    spec.accelerator = run_text(run, "accelerator");
    spec.accelerator_count = Stated<double>{*run_number(run, "accelerator_count"), 0};
    spec.accelerator_power = Stated<Power>{watts(*run_number(run, "accelerator_power_w")), 0};
    spec.flops = Stated<double>{*run_number(run, "flops"), 0};
    spec.mfu = Stated<double>{
        *run_number(run, "achieved_tflops_per_accelerator") * 1e12 / *device.peak_16bit_flops, 0};
    spec.pue = Stated<Pue>{Pue(*run_number(run, "pue")), 0};
    spec.intensity = Stated<Intensity>{grams_per_kwh(100), 0};
    Inputs inputs;
    REQUIRE(resolver.resolve(spec, inputs));
    CHECK(std::abs(in_kwh(estimate(inputs).energy.value) / *run_number(run, "energy_kwh") - 1) < 0.015);
    ++runs;
  }
  CHECK(runs == 5);
}

TEST_CASE("comparison: the Evolved Transformer search comes out as Patterson et al. print it") {
  const Catalog catalog;
  const Row run = catalog.table(TableId::runs).find("patterson-et-nas");
  REQUIRE(run);
  for (const Comparison& each : Recomputer(catalog).compare(run)) {
    if (each.basis != Basis::power_and_hours) continue;
    // 32,640 chip-hours x 208 W x PUE 1.1 = 7,468.032 kWh; printed as 7.5 MWh
    CHECK(each.ours.value == close_to(7468.032));
    CHECK(each.published == 7500);
    CHECK(!each.guessed());
  }
}
