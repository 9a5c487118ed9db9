// SPDX-License-Identifier: MIT
#include "estimate/checks.hpp"

#include "support/answers.hpp"

using namespace footpound;

namespace {

Said placed(Said said) {
  said.insert(said.end(), {{"pue", "1"}, {"intensity_g_per_kwh", "100"}});
  return said;
}

void check_contradiction(const Said& said, std::string_view field) {
  const Error error = refused(placed(said));
  CHECK(error.kind == ErrorKind::contradiction);
  CHECK(error.field == field);
  CHECK_FALSE(error.instead.empty());
}

}  // namespace

TEST_CASE("hours against device-hours over devices, roundings apart") {
  check_contradiction({{"accelerator", "test-gpu"}, {"accelerator_count", "8"}, {"hours", "10"}, {"accelerator_hours", "100"}}, "hours");
  meant(placed({{"accelerator", "test-gpu"}, {"accelerator_count", "8"}, {"hours", "10"}, {"accelerator_hours", "80.7"}}));
  meant(placed({{"accelerator", "test-gpu"}, {"accelerator_count", "8"}, {"hours", "10"}, {"accelerator_hours", "80"}}));
}

TEST_CASE("the job's power against its parts") {
  check_contradiction({{"it_power_w", "5000"}, {"accelerator_power_w", "400"}, {"accelerator_count", "8"}, {"host_power_w", "800"}, {"hours", "1"}}, "it_power_w");
  meant(placed({{"it_power_w", "4000"}, {"accelerator_power_w", "400"}, {"accelerator_count", "8"}, {"host_power_w", "800"}, {"hours", "1"}}));
  // the whole is less than its boards
  check_contradiction({{"it_power_w", "3000"}, {"accelerator_power_w", "400"}, {"accelerator_count", "8"}, {"hours", "1"}}, "it_power_w");
  meant(placed({{"it_power_w", "5000"}, {"accelerator_power_w", "400"}, {"accelerator_count", "8"}, {"hours", "1"}}));
  // or less than its hosts
  check_contradiction({{"it_power_w", "500"}, {"host_power_w", "800"}, {"hours", "1"}}, "it_power_w");
}

TEST_CASE("metered boards are part of the metered job") {
  check_contradiction({{"measured_it_energy_kwh", "5"}, {"measured_accelerator_energy_kwh", "6"}}, "measured_it_energy_kwh");
  meant(placed({{"measured_it_energy_kwh", "6"}, {"measured_accelerator_energy_kwh", "5"}}));
}

TEST_CASE("active parameters are some of all") {
  check_contradiction({{"accelerator", "test-gpu"}, {"parameters", "7B"}, {"active_parameters", "8B"}, {"tokens", "1B"}}, "active_parameters");
}

TEST_CASE("an end before the start is told even where the hours are stated") {
  check_contradiction({{"it_power_w", "1"}, {"hours", "1"}, {"start", "2024-01-02"}, {"end", "2024-01-01"}}, "end");
}

TEST_CASE("strict: the factors that were assumed, each with what to state") {
  Inputs inputs = meant(placed({{"it_power_w", "1"}, {"hours", "1"}}));
  CHECK(refuse_assumed(inputs));
  inputs.pue.id = FactorId::pue;
  inputs.pue.origin = Origin::assumed;
  const Result<void> refused = refuse_assumed(inputs);
  REQUIRE_FALSE(refused);
  CHECK(message(refused.error()) == "--strict: would have to assume pue; state --pue");
}
