// SPDX-License-Identifier: MIT
#include "measure/steady_part.hpp"

#include <random>
#include <vector>

#include "fakes.hpp"
#include "measure/power_profile.hpp"
#include "support/catch.hpp"

using namespace footpound;
using namespace footpound::measure;

using Powers = std::vector<std::optional<Power>>;

TEST_CASE("the mean power of a cell is its energy over its covered time") {
  PowerProfile profile(seconds_of(0), seconds_of(1), 1);
  profile.add(0, seconds_of(0), seconds_of(0.5), joules(50));
  profile.add(0, seconds_of(0.5), seconds_of(1), joules(150));
  profile.add(0, seconds_of(1), seconds_of(1.4), joules(40));
  const std::size_t devices[] = {0};
  const Powers powers = profile.powers(devices);
  REQUIRE(powers.size() == 2);
  CHECK(close_to(in_watts(*powers[0]), 200));
  // covered for less than half
  CHECK_FALSE(powers[1]);
}

TEST_CASE("a span over a border is shared between cells") {
  PowerProfile profile(seconds_of(0), seconds_of(2), 1);
  profile.add(0, seconds_of(1), seconds_of(2), joules(100));
  profile.add(0, seconds_of(2), seconds_of(3), joules(300));
  profile.add(0, seconds_of(3.5), seconds_of(4.5), joules(100));
  const std::size_t devices[] = {0};
  const Powers powers = profile.powers(devices);
  CHECK(close_to(in_watts(*powers[0]), 100));
  // 300 J and the half of 100 J in 1.5 s
  CHECK(close_to(in_watts(*powers[1]), 350 / 1.5));
}

TEST_CASE("a year of samples takes no more memory than a minute, and keeps the energy") {
  PowerProfile profile(seconds_of(0), seconds_of(1), 1);
  for (int i = 0; i < 20000; ++i) {
    profile.add(0, seconds_of(0.5) * i, seconds_of(0.5) * (i + 1), joules(100));
  }
  const std::size_t devices[] = {0};
  const Powers powers = profile.powers(devices);
  CHECK(powers.size() <= 256);
  // 10 000 s at 200 W; cells of 64 s
  CHECK(profile.cell() == std::chrono::seconds(64));
  for (const auto& power : powers) CHECK(close_to(in_watts(power.value_or(watts(200))), 200, 1e-9));
}

TEST_CASE("two devices are added cell by cell, and missing in one is missing") {
  PowerProfile profile(seconds_of(0), seconds_of(2), 2);
  profile.add(0, seconds_of(0), seconds_of(1), joules(100));
  profile.add(0, seconds_of(2), seconds_of(3), joules(100));
  profile.add(1, seconds_of(0), seconds_of(1), joules(50));
  const std::size_t devices[] = {0, 1};
  const Powers powers = profile.powers(devices);
  CHECK(close_to(in_watts(*powers[0]), 150));
  CHECK_FALSE(powers[1]);
}

TEST_CASE("warm-up is cut off, steady power is not") {
  Powers powers(100, watts(300));
  for (std::size_t i = 0; i < powers.size(); ++i) powers[i] = watts(300 + (i % 2 == 0 ? 1.0 : -1.0));
  CHECK(end_of_warm_up(powers) == 0);
  for (std::size_t i = 0; i < 20; ++i) powers[i] = watts(60);
  CHECK(end_of_warm_up(powers) == 20);
}

TEST_CASE("the interval of the mean by batches, derived by hand") {
  // 8 samples: 2 batches of 4, means 100 and 104; variance 8, error sqrt(8 / 2) = 2, t(1) = 6.314
  Powers powers;
  for (const double w : {99.0, 101.0, 99.0, 101.0, 103.0, 105.0, 103.0, 105.0}) powers.emplace_back(watts(w));
  const SteadyPart part = steady_part(powers, 0);
  CHECK(part.batches == 2);
  CHECK(close_to(in_watts(part.mean), 102));
  CHECK(close_to(in_watts(*part.half_width), 6.314 * 2));
}

TEST_CASE("one sample gives a mean without an interval, none gives neither") {
  CHECK_FALSE(steady_part(Powers{watts(100)}, 0).half_width);
  CHECK(in_watts(steady_part(Powers{}, 0).mean) == 0);
  CHECK(in_watts(steady_part(Powers{watts(100)}, 5).mean) == 0);
}

TEST_CASE("batches see that neighbouring samples resemble each other") {
  // AR(1) with 0.9: the error of the mean is sqrt((1 + 0.9) / (1 - 0.9)) = 4.4 times that of
  // independent samples, and the interval must hold the true mean about nine times in ten, in
  // short series too
  const auto [samples, least] = GENERATE(std::pair{256, 0.88}, std::pair{30, 0.80}, std::pair{8, 0.75});
  std::mt19937 random(7);
  std::normal_distribution<double> noise(0, 1);
  int held = 0;
  constexpr int runs = 400;
  for (int run = 0; run < runs; ++run) {
    double x = 0;
    Powers powers;
    for (int i = 0; i < 50; ++i) x = 0.9 * x + noise(random);
    for (int i = 0; i < samples; ++i) {
      x = 0.9 * x + noise(random);
      powers.emplace_back(watts(300 + x));
    }
    const SteadyPart part = steady_part(powers, 0);
    if (std::abs(in_watts(part.mean) - 300) <= in_watts(*part.half_width)) ++held;
  }
  CHECK(held >= runs * least);
  CHECK(held <= runs * 0.97);
}
