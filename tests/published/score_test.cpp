// SPDX-License-Identifier: MIT
#include "published/score.hpp"

#include <cmath>

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
    // arithmetic: within the rounding of what is printed
    if (row.measure == "energy from power and hours (P)") CHECK(row.score.mean_error < 0.015);
  }
  CHECK(ours == 1);
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
