// SPDX-License-Identifier: MIT
#include "estimate/estimate.hpp"

#include <cmath>
#include <string>

#include "support/answers.hpp"
#include "support/close_to.hpp"
#include "units/amount.hpp"

using namespace footpound;

namespace {

// The log spread that "+-p%" states, and how far above the middle a spread's end lies.
double spread(double percent) { return std::asinh(percent / 100) / z90; }
double above(double log_sd) { return std::exp(z90 * log_sd); }

const Said place = {{"pue", "1"}, {"intensity_g_per_kwh", "100"}};

Said placed(Said said) {
  said.insert(said.end(), place.begin(), place.end());
  return said;
}

}  // namespace

TEST_CASE("the P100 rows of Strubell et al. (2019), table 3: power, hours, kWh and pounds as printed") {
  struct Row {
    const char* power;
    const char* hours;
    double kwh;
    double pounds;
  };
  // as printed, rounded: 27 kWh and 26 lb, 201 and 192, 275 and 262, 656,347 and 626,155
  for (const Row& row : {Row{"1415.78", "12", 27, 26}, Row{"1515.43", "84", 201, 192},
           Row{"517.66", "336", 275, 262}, Row{"1515.43", "274120", 656347, 626155}}) {
    const Estimate e = estimated({{"it_power_w", row.power}, {"hours", row.hours}, {"pue", "1.58"},
        {"intensity_g_per_kwh", "0.954lb/kWh"}});
    INFO(row.power << " W, " << row.hours << " h");
    CHECK(std::round(in_kwh(e.energy.value)) == row.kwh);
    CHECK(std::round(in_pounds(e.co2e.value)) == row.pounds);
  }
}

TEST_CASE("BERT on 64 V100s, in full double precision") {
  const Estimate e = estimated({{"it_power_w", "12041.51W"}, {"hours", "79.2"}, {"pue", "1.58"},
      {"intensity_g_per_kwh", "0.954lb/kWh"}});
  // 12041.51 x 79.2 = 953687.592 Wh; x 1.58 / 1000 = 1506.82639536 kWh; x 0.954 = 1437.51238117344 lb
  CHECK(in_kwh(e.it_energy.value) == close_to(953.687592));
  CHECK(in_kwh(e.energy.value) == close_to(1506.82639536));
  CHECK(in_pounds(e.co2e.value) == close_to(1437.51238117344));
  CHECK(in_kilograms(e.co2e.value) == close_to(1437.51238117344 * 0.45359237));
  CHECK(in_kwh(e.overhead) == close_to(1506.82639536 - 953.687592));
  CHECK(in_kwh(e.energy.low()) == in_kwh(e.energy.high()));
}

TEST_CASE("a car's lifetime is 126,000 lb and a flight there and back 1,984 lb") {
  CHECK(car_lifetimes(pounds(626155)) == close_to(626155.0 / 126000));
  CHECK(flights_ny_sf(pounds(1984)) == close_to(1));
}

TEST_CASE("accelerator-hours at a stated power: nothing is added to what is stated") {
  const Answer answer = answered({{"accelerator_hours", "1022362"}, {"accelerator_power_w", "400W"},
      {"pue", "1.1"}, {"intensity_g_per_kwh", "385"}});
  // 1022362 x 400 / 1000 = 408944.8; x 1.1 = 449839.28 kWh; x 0.385 = 173188.1228 kg
  CHECK(in_kwh(answer.estimate().energy.value) == close_to(449839.28));
  CHECK(in_kilograms(answer.estimate().co2e.value) == close_to(173188.1228));
  CHECK(answer.inputs().host_left_out);
  CHECK_FALSE(answer.estimate().host_energy);
}

TEST_CASE("results are proportional to trials, hours, power, PUE and intensity") {
  const auto run = [](const char* trials, const char* hours, const char* power, const char* pue,
                       const char* intensity) {
    return in_grams(estimated({{"trials", trials}, {"hours", hours}, {"it_power_w", power}, {"pue", pue},
                                  {"intensity_g_per_kwh", intensity}})
                        .co2e.value);
  };
  const double one = run("1", "7", "1300", "1.1", "385");
  CHECK(one == close_to(7 * 1.3 * 1.1 * 385));
  CHECK(run("3.5", "7", "1300", "1.1", "385") == close_to(3.5 * one));
  CHECK(run("1", "21", "1300", "1.1", "385") == close_to(3 * one));
  CHECK(run("1", "7", "2600", "1.1", "385") == close_to(2 * one));
  CHECK(run("1", "7", "1300", "2.2", "385") == close_to(2 * one));
  CHECK(run("1", "7", "1300", "1.1", "770") == close_to(2 * one));
  CHECK(run("1", "7", "1300", "1.1", "0") == 0);
}

TEST_CASE("trials multiply measured energy too; power stays that of one trial") {
  const Estimate e = estimated(placed({{"trials", "4"}, {"measured_it_energy_kwh", "10"}}));
  CHECK(in_kwh(e.it_energy.value) == close_to(40));
  CHECK(in_kilograms(e.co2e.value) == close_to(4));
  CHECK(in_watts(*estimated({{"trials", "4"}, {"it_power_w", "300"}, {"hours", "5"}}).it_power) == 300);
}

TEST_CASE("spreads of factors add in quadrature") {
  const Estimate e = estimated({{"it_power_w", "1000+-10%"}, {"hours", "10+-5%"}, {"pue", "2+-3%"},
      {"intensity_g_per_kwh", "400+-20%"}, {"trials", "2+-4%"}});
  const double it = std::sqrt(std::pow(spread(10), 2) + std::pow(spread(5), 2) + std::pow(spread(4), 2));
  const double energy = std::hypot(it, spread(3));
  const double co2e = std::hypot(energy, spread(20));
  CHECK(in_kwh(e.it_energy.high()) == close_to(20 * above(it)));
  CHECK(in_kwh(e.energy.high()) == close_to(40 * above(energy)));
  CHECK(in_kwh(e.energy.low()) == close_to(40 / above(energy)));
  CHECK(in_kilograms(e.co2e.high()) == close_to(16 * above(co2e)));
  CHECK(in_kilograms(e.co2e.low()) == close_to(16 / above(co2e)));
}

TEST_CASE("of terms that add up, the absolute variances do") {
  // boards 8 x 400 W x 10 h = 32 kWh +-10 %, host 800 W x 10 h = 8 kWh +-30 %
  const Estimate e = estimated(placed({{"accelerator_power_w", "400+-10%"}, {"accelerator_count", "8"},
      {"host_power_w", "800+-30%"}, {"hours", "10"}}));
  CHECK(in_kwh(*e.accelerator_energy) == close_to(32));
  CHECK(in_kwh(*e.host_energy) == close_to(8));
  const double log_sd = std::hypot(32 * spread(10), 8 * spread(30)) / 40;
  CHECK(in_kwh(e.energy.high()) == close_to(40 * above(log_sd)));
  CHECK(in_kwh(e.energy.low()) == close_to(40 / above(log_sd)));
}

TEST_CASE("boards and host guessed as one node have one spread; guessed apart, their variances add") {
  // 8 x (320 + 180) W x 10 h = 40 kWh, node-share 0.1
  const Estimate node =
      estimated(placed({{"accelerator", "test-sxm"}, {"accelerator_count", "8"}, {"hours", "10"}}));
  CHECK(in_kwh(node.it_energy.value) == close_to(40));
  CHECK(in_kwh(*node.accelerator_energy) == close_to(25.6));
  CHECK(in_kwh(node.it_energy.high()) == close_to(40 * above(0.1)));
  // 4 x 240 W x 10 h = 9.6 kWh, sd 0.3; 4 x 75 W x 10 h = 3 kWh, sd 0.4
  const Estimate parts =
      estimated(placed({{"accelerator", "test-gpu"}, {"accelerator_count", "4"}, {"hours", "10"}}));
  CHECK(in_kwh(parts.it_energy.value) == close_to(12.6));
  CHECK(in_kwh(parts.it_energy.high()) == close_to(12.6 * above(std::hypot(9.6 * 0.3, 3 * 0.4) / 12.6)));
}

TEST_CASE("of terms that add up, the doubt is the same however small they are") {
  // 32 and 8 kWh as above, times a power of ten
  const double log_sd = std::hypot(32 * spread(10), 8 * spread(30)) / 40;
  for (const std::string power : {"e-100", "e-150", "e-160", "e-200", "e-300"}) {
    INFO(power);
    const std::string count = "8" + power;
    const std::string host = "800" + power + "W+-30%";
    const Estimate e = estimated(placed({{"accelerator_power_w", "400+-10%"}, {"accelerator_count", count},
        {"host_power_w", host}, {"hours", "10"}}));
    CHECK(e.energy.log_variance_above == close_to(log_sd * log_sd));
  }
}

TEST_CASE("doubt about the hours is the host's alone where the boards' energy was metered") {
  // 1000 kWh metered; host 100 W x 10 h = 1 kWh, hours +-50 %
  const Estimate e = estimated(
      placed({{"measured_accelerator_energy_kwh", "1000"}, {"host_power_w", "100"}, {"hours", "10+-50%"}}));
  CHECK(in_kwh(e.it_energy.value) == close_to(1001));
  CHECK(in_kwh(e.it_energy.high()) == close_to(1001 * above(spread(50) / 1001)));
}

TEST_CASE("no interval goes below a PUE of 1") {
  const Estimate e = estimated(
      {{"it_power_w", "1000"}, {"hours", "10"}, {"pue", "1.1+-50%"}, {"intensity_g_per_kwh", "100"}});
  CHECK(in_kwh(e.energy.low()) == close_to(10));
  CHECK(in_kwh(e.energy.high()) == close_to(11 * above(spread(50))));
  const Estimate tight =
      estimated({{"it_power_w", "1000"}, {"hours", "10"}, {"pue", "1+-5%"}, {"intensity_g_per_kwh", "100"}});
  CHECK(in_kwh(tight.energy.low()) == 10);
  Factor pue(FactorId::pue, Pue(1.05));
  pue.log_sd = 1;
  CHECK(interval(pue).low == close_to(1));
  CHECK(interval(pue).high == close_to(1.05 * above(1)));
}

TEST_CASE("low <= value <= high whatever was guessed, and the parts make the whole") {
  const char* accelerator =
      GENERATE("test-gpu", "test-sxm", "test-tpu", "test-soc", "test-small", "test-metered");
  const char* region = GENERATE("X-T", "X-T-N", "X-U-Z", "testcloud:xt-2", "X-B");
  const char* count = GENERATE("1", "64", "1/7");
  const Estimate e = estimated(
      {{"accelerator", accelerator}, {"accelerator_count", count}, {"hours", "10"}, {"region", region}});
  CHECK(in_kwh(e.energy.low()) <= in_kwh(e.energy.value));
  CHECK(in_kwh(e.energy.value) <= in_kwh(e.energy.high()));
  CHECK(in_grams(e.co2e.low()) <= in_grams(e.co2e.value));
  CHECK(in_grams(e.co2e.value) <= in_grams(e.co2e.high()));
  CHECK(in_kwh(e.energy.low()) >= in_kwh(e.it_energy.low()));
  CHECK(in_kwh(*e.accelerator_energy + e.host_energy.value_or(Energy{})) ==
        close_to(in_kwh(e.it_energy.value)));
}

TEST_CASE("market-based CO2e and embodied emissions stand beside, never inside") {
  const Said said = placed({{"accelerator", "test-gpu"}, {"accelerator_count", "2"},
      {"accelerator_power_w", "500"}, {"hours", "8760"}});
  const Estimate plain = estimated(said);
  Said more = said;
  more.insert(more.end(), {{"market_intensity_g_per_kwh", "10"}, {"embodied", "true"}, {"trials", "3"}});
  const Estimate e = estimated(more);
  CHECK_FALSE(plain.market_co2e);
  CHECK_FALSE(plain.embodied_co2e);
  CHECK(in_grams(e.co2e.value) == close_to(3 * in_grams(plain.co2e.value)));
  // 2 x 0.5 kW x 8760 h x 3 trials = 26280 kWh x 10 g
  CHECK(in_kilograms(*e.market_co2e) == close_to(262.8));
  // 150 kg x 2 x 8760 h / (5 a x 8760 h) x 3 trials
  CHECK(in_kilograms(*e.embodied_co2e) == close_to(180));
}

TEST_CASE("a doubtful value is symmetric in the logarithm, or as its two spreads say") {
  const Doubtful<double> even{10, 0.25, 0.25};  // variances: 0.5 squared
  CHECK(even.low() * even.high() == close_to(100));
  CHECK(std::log(even.high() / 10) == close_to(z90 * 0.5));
  const Doubtful<double> uneven{10, 0, 0.25};
  CHECK(uneven.low() == 10);
  CHECK(uneven.high() == even.high());
}
