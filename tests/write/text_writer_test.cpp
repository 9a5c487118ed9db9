// SPDX-License-Identifier: MIT
#include "support/answers.hpp"
#include "support/text.hpp"
#include "write/output_formats.hpp"
#include "write/writers.hpp"

using namespace footpound;

namespace {

std::string written(const Answer& answer, bool explain = false, bool colour = false) {
  WriterOptions options;
  options.catalog = &small_catalog();
  options.equivalents = "strubell2019";
  options.explain = explain;
  options.colour = colour;
  const auto writer = make_text_writer(options, nullptr);
  std::string out;
  writer->begin(out);
  writer->record(Record{}, answer, out);
  writer->end(out);
  return out;
}

}  // namespace

TEST_CASE("the headline: kWh, pounds, kilograms, cars and flights") {
  const std::string out = written(answered({{"it_power_w", "12041.51"}, {"hours", "79.2"}, {"pue", "1.58"},
      {"intensity_g_per_kwh", "0.954lb/kWh"}}));
  for (const char* part : {"1,507 kWh", "1,438 lb CO2e", "652 kg CO2e", "car lifetimes",
           "flights New York - San Francisco", "PUE 1.58"}) {
    INFO(out);
    CHECK(contains(out, part));
  }
  CHECK_FALSE(contains(out, "assumed"));
  CHECK_FALSE(contains(out, "interval"));
}

TEST_CASE("what was assumed is told with what to state instead") {
  const std::string out = written(answered({{"accelerator", "test-gpu"}, {"hours", "10"}}));
  for (const char* part :
      {"assumed", "state --gpu-count", "state --pue", "state --intensity or --region", "90 % interval"}) {
    INFO(out);
    CHECK(contains(out, part));
  }
}

TEST_CASE("a host that was not counted is told, and how to add it") {
  CHECK(contains(written(answered({{"accelerator_power_w", "400"}, {"accelerator_hours", "10"}})),
      "host not counted; `--boundary it` adds it"));
  CHECK_FALSE(
      contains(written(answered({{"accelerator", "test-gpu"}, {"hours", "10"}})), "host not counted"));
}

TEST_CASE("which variant, which provider and which country were taken is told") {
  CHECK(contains(written(answered({{"accelerator", "test"}, {"hours", "10"}})),
      "Test is read as test-gpu; to tell it from others: by the board"));
  CHECK(contains(written(answered({{"it_power_w", "1"}, {"hours", "1"}, {"region", "us-east-1"}})),
      "aws:us-east-1 was taken"));
  CHECK(contains(written(answered({{"it_power_w", "1"}, {"hours", "1"}, {"region", "Georgia"}})),
      "the country GE was taken"));
}

TEST_CASE("a region says which zone's factor it used") {
  CHECK(contains(
      written(answered({{"it_power_w", "1"}, {"hours", "1"}, {"region", "testcloud:xt-2"}})), "X-T-N"));
  CHECK(contains(written(answered({{"it_power_w", "1"}, {"hours", "1"}, {"region", "X-U-Z"}})), "direct"));
}

TEST_CASE("trials: all of them, and one") {
  CHECK(contains(written(answered({{"trials", "4"}, {"it_power_w", "1000"}, {"hours", "10"}, {"pue", "1"},
                     {"intensity_g_per_kwh", "100"}})),
      "4 trials; one: 10 kWh"));
}

TEST_CASE("flag --explain shows every factor with its row, and the formula with the numbers put in") {
  const std::string out = written(
      answered({{"accelerator", "test-gpu"}, {"accelerator_count", "4"}, {"hours", "10"}, {"region", "X-T"}}),
      true);
  for (const char* part : {"row X-T:2024:lifecycle of grid", "row world:2098 of pue", "formula",
           "240 W x 40 device-hours", "energy x 400 g/kWh", "kg / 0.45359237"}) {
    INFO(out);
    CHECK(contains(out, part));
  }
}

TEST_CASE("flag --explain tells the rung, why this load was taken, and what would narrow the interval most") {
  const std::string out = written(answered({{"accelerator", "test-gpu"}, {"accelerator_count", "4"},
                                      {"hours", "10"}, {"pue", "1"}, {"intensity_g_per_kwh", "100"}}),
      true);
  // see narrow_test.cpp for the multiples
  for (const char* part : {"IT energy from\n  (power per accelerator x accelerators + host) x hours: neither",
           "as large-model training draws: several accelerators are stated",
           "state --accelerator-power with --boundary it: the interval would shrink from 0.67-1.5x to "
           "0.86-1.2x"}) {
    INFO(out);
    CHECK(contains(out, part));
  }
  // boards and host guessed as one: 500 W, +-0.1 of the log is 424 to 589 W
  const std::string node =
      written(answered({{"accelerator", "test-sxm"}, {"accelerator_count", "8"}, {"hours", "10"}}), true);
  INFO(node);
  CHECK(contains(node, "what counts is both together, 500 W, 424 to 589 W"));
}

TEST_CASE("what was stated and does nothing is told") {
  CHECK(contains(written(answered(
                     {{"accelerator", "test-gpu"}, {"parameters", "3B"}, {"tokens", "1B"}, {"layers", "4"}})),
      "attention is not counted: it takes both"));
  CHECK(contains(written(answered({{"accelerator", "test-gpu"}, {"flops", "1e20"}, {"layers", "4"}})),
      "the FLOPs are stated"));
  CHECK(contains(written(answered({{"accelerator", "test-tpu"}, {"hours", "1"}, {"workload", "general"}})),
      "the workload is not used"));
  CHECK(contains(written(answered({{"accelerator", "test-gpu"}, {"hours", "1"}, {"accelerator_count", "1"},
                     {"nodes", "2"}})),
      "more nodes than accelerators"));
}

TEST_CASE("the formula shows no digits of binary fractions; a PUE's doubt ends at 1") {
  // 3 x 0.1 kW is 0.30000000000000004 to a computer
  const std::string out = written(answered({{"it_power_w", "0.1kW"}, {"hours", "3"}, {"trials", "1"},
                                      {"pue", "1.1"}, {"intensity_g_per_kwh", "100"}}),
      true);
  INFO(out);
  CHECK_FALSE(contains(out, "0000000"));
  const Answer answer = answered({{"it_power_w", "1"}, {"hours", "1"}, {"region", "testcloud:xt-2"}});
  CHECK(interval(answer.inputs()[FactorId::pue]).low >= 1);
}

TEST_CASE("every rung of energy and hours can be explained") {
  for (const Said& said :
      {Said{{"measured_it_energy_kwh", "5"}}, Said{{"measured_accelerator_energy_kwh", "5"}},
          Said{{"it_power_w", "5"}, {"hours", "1"}}, Said{{"cpu", "test-cpu"}, {"hours", "1"}},
          Said{{"accelerator", "test-tpu"}, {"accelerator_hours", "5"}},
          Said{{"accelerator", "test-sxm"}, {"accelerator_count", "8"}, {"flops", "1e20"},
              {"embodied", "true"}},
          Said{{"accelerator", "test-gpu"}, {"hours", "1"}, {"host_power_w", "5"},
              {"market_intensity_g_per_kwh", "1"}}}) {
    const std::string out = written(answered(said), true);
    INFO(out);
    CHECK(contains(out, "IT energy  ="));
    CHECK_FALSE(contains(out, "\x1b"));
    CHECK_FALSE(contains(out, "nan"));
    CHECK_FALSE(contains(out, "inf "));
  }
}

TEST_CASE("colour changes nothing but colour; a name cannot drive the terminal") {
  const Answer answer = answered({{"name", "a\x1b[2Jb"}, {"accelerator", "test-gpu"}, {"hours", "10"}});
  const std::string plain = written(answer);
  std::string coloured = written(answer, false, true);
  CHECK(contains(coloured, "\x1b["));
  CHECK_FALSE(contains(plain, "\x1b"));
  CHECK(contains(plain, "a\\x1b[2Jb"));
  for (std::size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b'))
    coloured.erase(at, coloured.find('m', at) + 1 - at);
  CHECK(coloured == plain);
}
