// SPDX-License-Identifier: MIT
#include "estimate/estimate.hpp"
#include "estimate/resolve.hpp"
#include "estimate/spec.hpp"
#include "factors/prices.hpp"
#include "factors/tables.hpp"
#include "support/catch.hpp"
#include "support/close_to.hpp"

using namespace footpound;

namespace {

const Catalog& catalog() {
  static const Catalog built_in;
  return built_in;
}

Result<Estimate> answer(const Spec& spec, std::string_view prices = {}) {
  ResolveOptions options;
  options.prices = prices;
  Inputs inputs;
  if (Result<void> done = Resolver(catalog(), options).resolve(spec, inputs); !done) return done.error();
  return estimate(inputs);
}

// The paper's row of BERT, at the hours that fit it.
Spec bert() {
  Spec spec;
  spec.it_power = Stated<Power>{watts(12041.51), 0};
  spec.hours = Stated<Duration>{hours(79.2), 0};
  spec.accelerator = "V100";
  spec.accelerator_count = Stated<double>{64, 0};
  spec.pue = Stated<Pue>{Pue(1.58), 0};
  spec.intensity = Stated<Intensity>{grams_per_kwh(400), 0};
  return spec;
}

}  // namespace

TEST_CASE("cost: none where none is asked for") { CHECK(!answer(bert())->cost_usd); }

TEST_CASE("cost: device-hours x the stated price, all trials") {
  Spec spec = bert();
  spec.price_usd_per_hour = Stated<double>{2, 0};
  spec.trials = Stated<double>{3, 0};
  const Result<Estimate> result = answer(spec);
  REQUIRE(result);
  CHECK(result->cost_usd->value == close_to(64 * 79.2 * 2 * 3));
  CHECK(result->cost_usd->low == result->cost_usd->high);
}

TEST_CASE("cost: the price list of the paper gives the paper's range") {
  const Result<Estimate> result = answer(bert(), "strubell2019");
  REQUIRE(result);
  CHECK(result->cost_usd->low == close_to(64 * 79.2 * 0.74));    // 3,751
  CHECK(result->cost_usd->value == close_to(64 * 79.2 * 2.48));  // 12,571
}

TEST_CASE("cost: what is stated is not overruled by a list") {
  Spec spec = bert();
  spec.price_usd_per_hour = Stated<double>{1, 0};
  CHECK(answer(spec, "strubell2019")->cost_usd->value == close_to(64 * 79.2));
}

TEST_CASE("cost: a TPU device of a list is four chips") {
  const Result<Price> price =
      find_price(catalog(), "strubell2019", catalog().table(TableId::accelerators).find("tpu-v3"), {}, {});
  REQUIRE(price);
  CHECK(price->preemptible == close_to(2.40 / 4));
  CHECK(price->on_demand == close_to(8.00 / 4));
}

TEST_CASE("cost: an instance's price is shared by its devices") {
  Spec spec;
  spec.instance = "aws:p4d.24xlarge";
  spec.hours = Stated<Duration>{hours(10), 0};
  const Result<Estimate> result = answer(spec, "aws-2023-11");
  REQUIRE(result);
  CHECK(result->cost_usd->value == close_to(32.7726 * 10));
}

TEST_CASE(
    "cost: without device-hours, and without a price in the list, it is an error that says what to state") {
  Spec metered;
  metered.measured_it_energy = Stated<Energy>{kilowatt_hours(5), 0};
  metered.price_usd_per_hour = Stated<double>{2, 0};
  CHECK(message(answer(metered).error()) ==
        "accelerator_count: is not stated; a price is per device and hour: state --gpu-count and --hours, or "
        "--accelerator-hours");
  Spec spec = bert();
  spec.accelerator = "tpu-v4";
  CHECK(answer(spec, "strubell2019").error().what == "list \"strubell2019\" has no price for \"tpu-v4\"");
}

TEST_CASE("instance: it says what and how many, and contradicts another accelerator") {
  Spec spec;
  spec.instance = "aws:p4d.24xlarge";
  spec.hours = Stated<Duration>{hours(1), 0};
  Inputs inputs;
  Resolver resolver(catalog(), {});
  REQUIRE(resolver.resolve(spec, inputs));
  CHECK(inputs[FactorId::accelerator_count].number() == 8);
  CHECK(inputs.boards[0].accelerator().id() == "a100-sxm4-40gb");

  spec.accelerator = "A100";  // of several: the instance's
  REQUIRE(resolver.resolve(spec, inputs));
  CHECK(inputs[FactorId::accelerator_count].number() == 8);
  CHECK(inputs.boards[0].accelerator().id() == "a100-sxm4-40gb");

  spec.accelerator = "H100-SXM5-80GB";
  const Result<void> done = resolver.resolve(spec, inputs);
  REQUIRE(!done);
  CHECK(done.error().kind == ErrorKind::contradiction);
}
