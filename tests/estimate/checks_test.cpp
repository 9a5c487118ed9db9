// SPDX-License-Identifier: MIT
#include "estimate/checks.hpp"

#include "support/answers.hpp"

using namespace footpound;

namespace {

Said placed(Said said) {
  said.insert(said.end(), {{"pue", "1"}, {"intensity_g_per_kwh", "100"}});
  return said;
}

void expect_contradiction(const Said& said, std::string_view field) {
  const Error error = refused(placed(said));
  CHECK(error.kind == ErrorKind::contradiction);
  CHECK(error.field == field);
  CHECK_FALSE(error.instead.empty());
}

}  // namespace

TEST_CASE("hours against device-hours over devices, roundings apart") {
  expect_contradiction({{"accelerator", "test-gpu"}, {"accelerator_count", "8"}, {"hours", "10"},
                           {"accelerator_hours", "100"}},
      "hours");
  meant(placed({{"accelerator", "test-gpu"}, {"accelerator_count", "8"}, {"hours", "10"},
      {"accelerator_hours", "80.7"}}));
  meant(placed({{"accelerator", "test-gpu"}, {"accelerator_count", "8"}, {"hours", "10"},
      {"accelerator_hours", "80"}}));
  // an instance of eight devices
  expect_contradiction(
      {{"instance", "test.8xlarge"}, {"hours", "10"}, {"accelerator_hours", "100"}}, "hours");
  meant(placed({{"instance", "test.8xlarge"}, {"hours", "10"}, {"accelerator_hours", "80"}}));
}

TEST_CASE("the job's power against its parts") {
  expect_contradiction({{"it_power_w", "5000"}, {"accelerator_power_w", "400"}, {"accelerator_count", "8"},
                           {"host_power_w", "800"}, {"hours", "1"}},
      "it_power_w");
  meant(placed({{"it_power_w", "4000"}, {"accelerator_power_w", "400"}, {"accelerator_count", "8"},
      {"host_power_w", "800"}, {"hours", "1"}}));
  // the whole is less than its boards
  expect_contradiction(
      {{"it_power_w", "3000"}, {"accelerator_power_w", "400"}, {"accelerator_count", "8"}, {"hours", "1"}},
      "it_power_w");
  meant(placed(
      {{"it_power_w", "5000"}, {"accelerator_power_w", "400"}, {"accelerator_count", "8"}, {"hours", "1"}}));
  // or less than its hosts
  expect_contradiction({{"it_power_w", "500"}, {"host_power_w", "800"}, {"hours", "1"}}, "it_power_w");
}

TEST_CASE("metered boards are part of the metered job") {
  expect_contradiction(
      {{"measured_it_energy_kwh", "5"}, {"measured_accelerator_energy_kwh", "6"}}, "measured_it_energy_kwh");
  meant(placed({{"measured_it_energy_kwh", "6"}, {"measured_accelerator_energy_kwh", "5"}}));
}

TEST_CASE("active parameters are some of all") {
  expect_contradiction(
      {{"accelerator", "test-gpu"}, {"parameters", "7B"}, {"active_parameters", "8B"}, {"tokens", "1B"}},
      "active_parameters");
}

TEST_CASE("an end before the start is told even where the hours are stated") {
  expect_contradiction(
      {{"it_power_w", "1"}, {"hours", "1"}, {"start", "2024-01-02"}, {"end", "2024-01-01"}}, "end");
}

TEST_CASE("hours against end - start, as finely as the times are written") {
  const auto run = [](std::string_view hours, std::string_view start, std::string_view end) {
    return placed({{"it_power_w", "1"}, {"hours", hours}, {"start", start}, {"end", end}});
  };
  expect_contradiction(run("5", "2024-01-01T00:00", "2024-01-01T10:00"), "hours");
  meant(run("10.05", "2024-01-01T00:00", "2024-01-01T10:00"));
  meant(run("0.03", "2024-01-01T10:00", "2024-01-01T10:01"));  // 1.8 minutes
  meant(run("79.2", "2024-01-01", "2024-01-04"));              // days
  expect_contradiction(run("99", "2024-01-01", "2024-01-04"), "hours");
}

TEST_CASE("metered energy against power x hours") {
  expect_contradiction(
      {{"measured_it_energy_kwh", "12"}, {"it_power_w", "1kW"}, {"hours", "10"}}, "measured_it_energy_kwh");
  meant(placed({{"measured_it_energy_kwh", "10.05"}, {"it_power_w", "1kW"}, {"hours", "10"}}));
}

TEST_CASE("FLOPs against parameters and tokens, attention and idle experts allowed for") {
  const auto run = [](std::string_view flops, std::string_view parameters) {
    return placed({{"accelerator", "test-gpu"}, {"accelerator_count", "1"}, {"tokens", "1B"},
        {parameters, "1B"}, {"flops", flops}});
  };
  // 6 x 1e9 x 1e9 = 6e18
  meant(run("17e18", "parameters"));
  expect_contradiction(run("19e18", "parameters"), "flops");
  meant(run("1e18", "parameters"));
  expect_contradiction(run("1e18", "active_parameters"), "flops");
}

TEST_CASE("FLOPs against what the devices can do in the stated hours") {
  const auto run = [](std::string_view hours, Said more = {}) {
    Said said{
        {"accelerator", "test-gpu"}, {"accelerator_count", "10"}, {"hours", hours}, {"flops", "3.6e18"}};
    said.insert(said.end(), more.begin(), more.end());
    return placed(said);
  };
  // 10 devices of 100 TFLOP/s need 3,600 s
  meant(run("1"));
  meant(run("0.6"));  // in 8 bit
  expect_contradiction(run("0.4"), "hours");
  meant(run("2.4", {{"mfu", "0.45"}}));  // 41.7 %
  expect_contradiction(run("1", {{"mfu", "0.45"}}), "hours");
  // on devices nobody counted nothing is known, nor without a 16-bit rate
  meant(placed({{"accelerator", "test-gpu"}, {"hours", "0.1"}, {"flops", "3.6e18"}}));
  meant(placed(
      {{"accelerator", "test-fp32"}, {"accelerator_count", "1"}, {"hours", "1"}, {"flops", "3.6e18"}}));
}

TEST_CASE("a count against instance x nodes") {
  const auto run = [](std::string_view count) {
    return placed(
        {{"instance", "test.8xlarge"}, {"nodes", "2"}, {"accelerator_count", count}, {"hours", "1"}});
  };
  meant(run("16"));
  expect_contradiction(run("8"), "accelerator_count");
  meant(placed({{"instance", "test.8xlarge"}, {"accelerator_count", "4"}, {"hours", "1"}}));
}

TEST_CASE("strict: the factors that were assumed, each with what to state") {
  Inputs inputs = meant(placed({{"it_power_w", "1"}, {"hours", "1"}}));
  CHECK(refuse_assumed(inputs));
  inputs.find(FactorId::pue)->origin = Origin::assumed;
  const Result<void> refused = refuse_assumed(inputs);
  REQUIRE_FALSE(refused);
  CHECK(message(refused.error()) == "--strict: would have to assume pue; state --pue");
}
