// SPDX-License-Identifier: MIT
// With the round numbers of support/small_catalog.cpp.
#include "estimate/narrow.hpp"

#include <cmath>

#include "support/answers.hpp"
#include "support/close_to.hpp"
#include "support/text.hpp"
#include "words/narrow_text.hpp"

using namespace footpound;

namespace {

const Said sure_place = {{"pue", "1"}, {"intensity_g_per_kwh", "100"}};

Narrowing narrowed(Said said, ResolveOptions options = {}) {
  said.insert(said.end(), sure_place.begin(), sure_place.end());
  const std::optional<Narrowing> found = narrow_most(meant(said, options));
  REQUIRE(found);
  return *found;
}

}  // namespace

TEST_CASE("narrow: nothing guessed, nothing to state") {
  Said said = {{"it_power_w", "1000"}, {"hours", "10"}};
  said.insert(said.end(), sure_place.begin(), sure_place.end());
  CHECK_FALSE(narrow_most(meant(said)));
  // a spread of the user's own is no guess
  Said spread = {{"it_power_w", "1000+-10%"}, {"hours", "10"}};
  spread.insert(spread.end(), sure_place.begin(), sure_place.end());
  CHECK_FALSE(narrow_most(meant(spread)));
}

TEST_CASE("narrow: the board's power, where board and host were guessed apart") {
  // test-gpu, large: boards 240 W +- 0.3, host 75 W +- 0.4 of the log. Now:
  // sqrt((240 x 0.3)^2 + (75 x 0.4)^2) / 315 = sqrt(5184 + 900) / 315 = 78 / 315
  const Narrowing narrow =
      narrowed({{"accelerator", "test-gpu"}, {"accelerator_count", "4"}, {"hours", "10"}});
  CHECK(narrow.factor == FactorId::accelerator_power);
  CHECK(narrow.flag == "--accelerator-power with --boundary it");
  CHECK(narrow.now.high == close_to(std::exp(z90 * 78 / 315)));
  CHECK(narrow.now.low == close_to(std::exp(-z90 * 78 / 315)));
  // with the boards stated the host's doubt is left: 30 / 315
  CHECK(narrow.then.high == close_to(std::exp(z90 * 30 / 315)));
  CHECK(narrow.then.low == close_to(std::exp(-z90 * 30 / 315)));
  // exp(+-0.4073) = 0.67 and 1.5; exp(+-0.1567) = 0.855 and 1.17
  CHECK(
      narrow_text(narrow) ==
      "state --accelerator-power with --boundary it: the interval would shrink from 0.67-1.5x to 0.86-1.2x");
}

TEST_CASE("narrow: boards alone") {
  // 0.3 and nothing else
  const Narrowing narrow =
      narrowed({{"accelerator", "test-gpu"}, {"accelerator_count", "4"}, {"hours", "10"}},
          {Boundary::accelerators, false, {}});
  CHECK(narrow.flag == "--accelerator-power");
  CHECK(narrow.now.high == close_to(std::exp(z90 * 0.3)));
  CHECK(narrow.then.high == 1);
}

TEST_CASE(
    "narrow: of a node guessed as one, stating one part leaves more doubt than the guess had; the whole does "
    "not") {
  // test-sxm, large: 320 + 180 = 500 W +- 0.1. Boards stated: 180 x 0.4 / 500 = 0.144; host stated: 320 x 0.3
  // / 500 = 0.192
  const Narrowing narrow =
      narrowed({{"accelerator", "test-sxm"}, {"accelerator_count", "8"}, {"hours", "10"}});
  CHECK(narrow.factor == FactorId::it_power);
  CHECK(narrow.flag == "--it-power");
  CHECK(narrow.now.high == close_to(std::exp(z90 * 0.1)));
  CHECK(narrow.then.high == 1);
}

TEST_CASE("narrow: hours end the doubt of MFU, overhead and FLOPs together") {
  // time: hypot(0.33, 0.06); power: 0.3; both in quadrature
  const Narrowing narrow =
      narrowed({{"accelerator", "test-gpu"}, {"accelerator_count", "8"}, {"flops", "1e20"}},
          {Boundary::accelerators, false, {}});
  CHECK(narrow.factor == FactorId::hours);
  CHECK(narrow.flag == "--hours");
  CHECK(narrow.now.high == close_to(std::exp(z90 * std::sqrt(0.33 * 0.33 + 0.06 * 0.06 + 0.3 * 0.3))));
  CHECK(narrow.then.high == close_to(std::exp(z90 * 0.3)));
  // one device was assumed: hours would leave the count open
  CHECK(
      narrowed({{"accelerator", "test-gpu"}, {"flops", "1e20"}}, {Boundary::accelerators, false, {}}).flag ==
      "--accelerator-hours");
}

TEST_CASE("narrow: PUE and place, whichever is wider") {
  // no region: the world's intensity, 0.9; the world's PUE 0.3, below not under 1: log 1.5 / z90
  const std::optional<Narrowing> narrow = narrow_most(meant({{"it_power_w", "1000"}, {"hours", "10"}}));
  REQUIRE(narrow);
  CHECK(narrow->factor == FactorId::intensity);
  CHECK(narrow->flag == "--intensity or --region");
  CHECK(narrow->now.high == close_to(std::exp(z90 * std::hypot(0.9, 0.3))));
  CHECK(narrow->then.high == close_to(std::exp(z90 * 0.3)));
  CHECK(narrow->then.low == close_to(1 / 1.5));
  CHECK(
      narrow_most(meant({{"it_power_w", "1000"}, {"hours", "10"}, {"intensity_g_per_kwh", "100"}}))->factor ==
      FactorId::pue);
}
