// SPDX-License-Identifier: MIT
// The ladder of hours: given | accelerator-hours / count | end - start | from FLOPs.
#include <cmath>

#include "support/answers.hpp"
#include "support/close_to.hpp"
#include "support/text.hpp"

using namespace footpound;

namespace {

Inputs job(Said said) {
  said.insert(said.end(), {{"accelerator", "test-gpu"}, {"pue", "1"}, {"intensity_g_per_kwh", "100"}});
  return meant(said);
}

Error failed(Said said) {
  said.insert(said.end(), {{"pue", "1"}, {"intensity_g_per_kwh", "100"}});
  return refused(said);
}

}  // namespace

TEST_CASE("stated hours go first, then device-hours over devices, then end minus start, then FLOPs") {
  Said said = {{"accelerator_count", "4"}, {"flops", "1e19"}};
  CHECK(job(said)[FactorId::hours].note == Note::from_flops);
  said.insert(said.end(), {{"start", "2024-01-01T00:00:00Z"}, {"end", "2024-01-01T20:06:00Z"}});
  CHECK(job(said)[FactorId::hours].number() == close_to(20.1));
  CHECK(job(said)[FactorId::hours].note == Note::end_minus_start);
  said.push_back({"accelerator_hours", "80"});
  CHECK(job(said)[FactorId::hours].number() == close_to(20));
  CHECK(job(said)[FactorId::hours].note == Note::from_accelerator_hours);
  said.push_back({"hours", "20"});
  CHECK(job(said)[FactorId::hours].number() == 20);
  CHECK(job(said)[FactorId::hours].note == Note::none);
  CHECK(job(said)[FactorId::hours].origin == Origin::given);
}

TEST_CASE("device-hours suffice without a count, and none is assumed") {
  const Inputs inputs = job({{"accelerator_hours", "80"}});
  CHECK_FALSE(inputs.has(FactorId::hours));
  CHECK_FALSE(inputs.has(FactorId::accelerator_count));
  CHECK(in_hours(inputs.boards[0].time->total()) == 80);
}

TEST_CASE("without a count one device is assumed") {
  const Inputs inputs = job({{"hours", "10"}});
  CHECK(inputs[FactorId::accelerator_count].number() == 1);
  CHECK(inputs[FactorId::accelerator_count].origin == Origin::assumed);
  CHECK(inputs[FactorId::accelerator_count].note == Note::count_default);
}

TEST_CASE("hours from FLOPs with a stated MFU: FLOPs / (devices x peak x MFU)") {
  // 7.2e20 / (8 x 1e14 x 0.5) = 1.8e6 s = 500 h; nothing is added to what a stated MFU says
  const Inputs inputs = job({{"accelerator_count", "8"}, {"flops", "7.2e20"}, {"mfu", "50%"}});
  CHECK(inputs[FactorId::hours].number() == close_to(500));
  CHECK(inputs[FactorId::hours].origin == Origin::derived);
  CHECK(inputs[FactorId::peak].note == Note::peak_16bit);
  CHECK(inputs[FactorId::peak].number() == close_to(1e14));
  CHECK(inputs[FactorId::hours_overhead].number() == 1);
  CHECK(inputs[FactorId::hours_overhead].origin == Origin::derived);
  CHECK(inputs[FactorId::hours].log_sd == 0);
}

TEST_CASE("a stated MFU is no wall clock: restarts widen the energy upwards only") {
  // 1 kW x 20 h; published runs lost up to 1.25 x exp(z90 x 0.06)
  const Estimate result =
      estimated({{"it_power_w", "1000"}, {"accelerator", "test-gpu"}, {"accelerator_count", "1"},
          {"flops", "3.6e18"}, {"mfu", "0.5"}, {"pue", "1"}, {"intensity_g_per_kwh", "100"}});
  CHECK(in_kwh(result.energy.low()) == close_to(20));
  CHECK(in_kwh(result.energy.value) == close_to(20));
  CHECK(in_kwh(result.energy.high()) == close_to(25 * std::exp(z90 * 0.06)));
}

TEST_CASE("with a guessed MFU restarts are counted, and both doubts") {
  // 1e14 x 0.4 x 8 = 3.2e14 FLOP/s; 2.304e20 / 3.2e14 = 7.2e5 s = 200 h; x 1.25
  const Inputs inputs = job({{"accelerator_count", "8"}, {"flops", "2.304e20"}});
  CHECK(inputs[FactorId::hours].number() == close_to(250));
  CHECK(inputs[FactorId::hours].log_sd == close_to(std::hypot(0.33, 0.06)));
  CHECK(inputs[FactorId::mfu].origin == Origin::assumed);
  CHECK(inputs[FactorId::hours_overhead].number() == 1.25);
}

TEST_CASE("energy from FLOPs does not hang on the number of devices") {
  const auto energy = [](const char* count) {
    return in_kwh(estimate(job({{"accelerator_count", count}, {"flops", "1e20"}, {"workload", "general"}}))
                      .energy.value);
  };
  CHECK(energy("2") == close_to(energy("1024")));
}

TEST_CASE("FLOPs are 6 x active parameters x tokens; all parameters are active unless said") {
  CHECK(job({{"parameters", "7B"}, {"tokens", "2T"}})[FactorId::flops].number() == close_to(8.4e22));
  const Inputs sparse = job({{"parameters", "47B"}, {"active_parameters", "13B"}, {"tokens", "1T"}});
  CHECK(sparse[FactorId::flops].number() == close_to(7.8e22));
  CHECK(sparse[FactorId::flops].note == Note::from_tokens);
  CHECK(sparse[FactorId::flops].origin == Origin::derived);
  CHECK(job({{"parameters", "7B"}, {"tokens", "2T"}, {"flops", "1e20"}})[FactorId::flops].number() == 1e20);
}

TEST_CASE("attention is added where layers and context are stated") {
  // A = 3e9, L = 4, T = 2000: 6 A + T sqrt(12 L A) = 1.8e10 + 2000 x sqrt(1.44e11)
  const Inputs inputs =
      job({{"parameters", "3B"}, {"tokens", "1B"}, {"layers", "4"}, {"context_tokens", "2000"}});
  CHECK(inputs[FactorId::flops].number() == close_to((1.8e10 + 2000 * std::sqrt(1.44e11)) * 1e9));
  CHECK(inputs[FactorId::flops].note == Note::from_tokens_with_attention);
  CHECK(job({{"parameters", "3B"}, {"tokens", "1B"}, {"layers", "4"}})[FactorId::flops].note ==
        Note::from_tokens);
}

TEST_CASE(
    "a guessed MFU goes up by the attention of published runs where attention is counted, a stated one does "
    "not") {
  const Said said = {{"parameters", "3B"}, {"tokens", "1B"}, {"layers", "4"}, {"context_tokens", "2000"}};
  const Inputs inputs = job(said);
  CHECK(inputs[FactorId::mfu].number() == close_to(0.48));  // 0.4 x 1.2
  CHECK(inputs[FactorId::mfu].note == Note::mfu_prior_with_attention);
  // (1.8e10 + 2000 x sqrt(1.44e11)) x 1e9 / (1e14 x 0.48) s x 1.25
  CHECK(inputs[FactorId::hours].number() ==
        close_to((1.8e10 + 2000 * std::sqrt(1.44e11)) * 1e9 / 0.48e14 / 3600 * 1.25));
  Said stated = said;
  stated.push_back({"mfu", "0.4"});
  CHECK(job(stated)[FactorId::mfu].number() == 0.4);
}

TEST_CASE("layers and context that do nothing are marked") {
  const auto shape = [](Said said) { return job(std::move(said)).unused.shape; };
  CHECK(shape({{"parameters", "3B"}, {"tokens", "1B"}, {"layers", "4"}}) == UnusedShape::other_missing);
  CHECK(
      shape({{"parameters", "3B"}, {"tokens", "1B"}, {"context_tokens", "4"}}) == UnusedShape::other_missing);
  CHECK(shape({{"flops", "1e20"}, {"layers", "4"}, {"context_tokens", "2000"}}) == UnusedShape::flops_stated);
  CHECK(shape({{"parameters", "3B"}, {"tokens", "1B"}, {"layers", "4"}, {"context_tokens", "2000"}}) ==
        UnusedShape::none);
  CHECK(shape({{"hours", "1"}, {"layers", "4"}}) == UnusedShape::none);  // no FLOPs are needed
}

TEST_CASE("without a 16-bit rate the fp32 one is taken, said so; without any the hours are asked for") {
  const Inputs inputs =
      meant({{"accelerator", "test-fp32"}, {"flops", "1e18"}, {"pue", "1"}, {"intensity_g_per_kwh", "1"}});
  CHECK(inputs[FactorId::peak].note == Note::peak_fp32);
  CHECK(inputs[FactorId::peak].number() == close_to(1e13));
  const Error error = failed({{"accelerator", "test-peakless"}, {"flops", "1e18"}});
  CHECK(error.field == "accelerator");
  CHECK(contains(error.instead, "--hours"));
}

TEST_CASE("hours from FLOPs need a named accelerator and at least a part of one") {
  CHECK(failed({{"accelerator_power_w", "300"}, {"flops", "1e18"}}).field == "accelerator");
  CHECK(failed({{"it_power_w", "300"}, {"flops", "1e18"}}).field == "accelerator");
  CHECK(failed({{"it_power_w", "300"}, {"accelerator", "test-gpu"}, {"accelerator_count", "0"},
                   {"flops", "1e18"}})
            .field == "accelerator_count");
}

TEST_CASE("whole-job power with hours from FLOPs") {
  // 3.6e18 / (1 x 1e14 x 0.5) = 7.2e4 s = 20 h
  const Inputs inputs =
      job({{"it_power_w", "1000"}, {"accelerator_count", "1"}, {"flops", "3.6e18"}, {"mfu", "0.5"}});
  CHECK(in_kwh(estimate(inputs).energy.value) == close_to(20));
}

TEST_CASE("an end before the start is a contradiction, an end at the start no run") {
  CHECK(failed({{"it_power_w", "1"}, {"start", "2024-01-02"}, {"end", "2024-01-01"}}).kind ==
        ErrorKind::contradiction);
  CHECK(failed({{"it_power_w", "1"}, {"start", "2024-01-01"}, {"end", "2024-01-01"}}).kind ==
        ErrorKind::skipped);
}
