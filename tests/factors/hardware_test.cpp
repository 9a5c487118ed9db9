// SPDX-License-Identifier: MIT
#include "factors/hardware.hpp"
#include "factors/tables.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/close_to.hpp"
#include "support/small_catalog.hpp"
#include "support/text.hpp"
#include "units/amount.hpp"

using namespace footpound;

namespace {

const Catalog& built_in() {
  static const Catalog catalog;
  return catalog;
}

std::string found(std::string_view name) {
  const Result<Accelerator> accelerator = find_accelerator(built_in(), name);
  INFO(name << (accelerator ? "" : ": " + message(accelerator.error())));
  REQUIRE(accelerator);
  return std::string(accelerator->row.id());
}

Error refusal(const Catalog& catalog, std::string_view name) {
  const Result<Accelerator> accelerator = find_accelerator(catalog, name);
  INFO(name);
  REQUIRE_FALSE(accelerator);
  return accelerator.error();
}

}  // namespace

TEST_CASE("accelerators are found as drivers, schedulers and people print them") {
  const std::vector<std::pair<std::string_view, std::string_view>> names = {
      {"NVIDIA H100 80GB HBM3", "h100-sxm5-80gb"}, {"nvidia_h100_80gb_hbm3", "h100-sxm5-80gb"},
      {"NVIDIA H100 PCIe", "h100-pcie-80gb"}, {"NVIDIA A100-SXM4-80GB", "a100-sxm4-80gb"},
      {"nvidia_a100-sxm4-80gb", "a100-sxm4-80gb"}, {"NVIDIA A100-PCIE-40GB", "a100-pcie-40gb"},
      {"Tesla V100-SXM2-16GB", "tesla-v100-sxm2-16gb"}, {"Tesla-V100-SXM2-16GB", "tesla-v100-sxm2-16gb"},
      {"tesla_v100-sxm2-32gb", "tesla-v100-sxm2-32gb"}, {"Tesla P100-PCIE-16GB", "tesla-p100-pcie-16gb"},
      {"AMD Instinct MI300X", "mi300x"}, {"mi300x", "mi300x"}, {"TPUv4", "tpu-v4"},
      {"Google TPU v4", "tpu-v4"}, {"  h100-sxm5-80gb ", "h100-sxm5-80gb"}};
  for (const auto& [name, id] : names) {
    INFO(name);
    CHECK(found(name) == id);
  }
}

TEST_CASE("a name that stands for several is taken as the table says, and says so") {
  for (const auto& [name, id] :
      std::vector<std::pair<std::string_view, std::string_view>>{{"a100", "a100-sxm4-40gb"},
          {"NVIDIA A100", "a100-sxm4-40gb"}, {"H100", "h100-sxm5-80gb"}, {"v100", "tesla-v100-sxm2-16gb"}}) {
    const Result<Accelerator> accelerator = find_accelerator(built_in(), name);
    INFO(name);
    REQUIRE(accelerator);
    CHECK(accelerator->row.id() == id);
    CHECK(accelerator->ambiguity);
  }
  CHECK_FALSE(find_accelerator(built_in(), "a100-sxm4-40gb")->ambiguity);
  const Result<Accelerator> test = find_accelerator(small_catalog(), "TEST");
  REQUIRE(test);
  CHECK(test->row.id() == "test-gpu");
  CHECK(test->ambiguity.id() == "Test");
}

TEST_CASE("a name that stands for several without a usual one is refused with the choice and how to tell") {
  const Error error = refusal(small_catalog(), "test-either");
  CHECK(error.kind == ErrorKind::ambiguous);
  CHECK(error.instead == "say which: \"test-gpu\" or \"test-sxm\" (by the board)");
  CHECK(refusal(built_in(), "TPU").kind == ErrorKind::ambiguous);
  CHECK(refusal(built_in(), "titan x").kind == ErrorKind::ambiguous);
}

TEST_CASE("an unknown name gets the nearest three and where all are listed") {
  const Error error = refusal(small_catalog(), "test-gpo");
  CHECK(error.kind == ErrorKind::unknown_name);
  CHECK(contains(message(error), "unknown \"test-gpo\"; did you mean \"test-gpu\""));
  CHECK(contains(message(error), "`footpound list accelerators` shows all"));
  CHECK(contains(message(refusal(built_in(), "A1000000")), "\"A1000000\""));
}

TEST_CASE("vendor words alone and nothing are no accelerator") {
  for (const char* name : {"", " ", "NVIDIA", "Tesla", "GPU", "-", "zzzzzzzz"}) {
    INFO(name);
    const Error error = refusal(built_in(), name);
    CHECK((error.kind == ErrorKind::unknown_name || error.kind == ErrorKind::ambiguous));
  }
}

TEST_CASE("figures are per counted device") {
  const Accelerator twin = *find_accelerator(small_catalog(), "test-twin");
  // 600 W and 400 TFLOP/s a board of two
  CHECK(in_watts(*twin.rated_power) == 300);
  CHECK(*twin.peak_16bit_flops == close_to(200e12));
  CHECK_FALSE(twin.peak_fp32_flops);
  const Accelerator gpu = *find_accelerator(small_catalog(), "TG1");
  CHECK(in_watts(*gpu.rated_power) == 300);
  CHECK(*gpu.peak_fp32_flops == close_to(10e12));
  CHECK_FALSE(find_accelerator(small_catalog(), "test-unrated")->rated_power);
}

TEST_CASE("processors are found without marks, core counts and clock rates") {
  const Result<Cpu> cpu = find_cpu(small_catalog(), "Test CPU @ 2.40GHz");
  REQUIRE(cpu);
  CHECK(in_watts(cpu->rated_power) == 200);
  CHECK(cpu->cores == 50);
  const Result<Cpu> epyc = find_cpu(built_in(), "AMD EPYC 7742 64-Core Processor");
  REQUIRE(epyc);
  CHECK(epyc->cores == 64);
  CHECK(in_watts(epyc->rated_power) == 225);
  CHECK(find_cpu(built_in(), "Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz"));
  const Result<Cpu> unknown = find_cpu(built_in(), "EPYC 77422");
  REQUIRE_FALSE(unknown);
  CHECK(contains(message(unknown.error()), "`footpound list cpus`"));
}

TEST_CASE("processors are found as systems and people print them, with how many there are") {
  struct Printed {
    std::string_view text;
    std::string_view id;
    double count;
  };
  for (const Printed& printed :
      std::vector<Printed>{{"12th Gen Intel(R) Core(TM) i7-12700K", "core-i7-12700k", 0},
          {"AMD Ryzen 5 2400G with Radeon Vega Graphics", "ryzen-5-2400g", 0},
          {"2x Intel Xeon Gold 6148", "xeon-gold-6148", 2},
          {"2 x AMD EPYC 7742 64-Core Processor", "epyc-7742", 2},
          {"Dual Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz", "xeon-gold-6148", 2},
          {"AMD EPYC 7742 (64 cores)", "epyc-7742", 0}, {"AMD EPYC 7742 x2", "epyc-7742", 2},
          {"Intel Xeon E5-2650 x 2", "xeon-e5-2650", 2}, {"2 AMD EPYC 7742 CPUs", "epyc-7742", 2},
          {"Intel(R) Xeon(R) CPU E5-2699 v4 @ 2.20GHz", "xeon-e5-2699-v4", 0}}) {
    const Result<Cpu> cpu = find_cpu(built_in(), printed.text);
    INFO(printed.text << (cpu ? "" : ": " + message(cpu.error())));
    REQUIRE(cpu);
    CHECK(cpu->row.id() == printed.id);
    CHECK(cpu->count_said == printed.count);
  }
  // a laptop's, which is not in the tables
  CHECK(
      contains(message(find_cpu(built_in(), "12th Gen Intel(R) Core(TM) i7-1260P").error()), "--host-power"));
  CHECK_FALSE(find_cpu(built_in(), "Intel(R) Xeon(R) CPU @ 2.20GHz"));
}

TEST_CASE("an instance is so many of one accelerator") {
  const Result<Instance> instance = find_instance(small_catalog(), "TEST.8xlarge");
  REQUIRE(instance);
  CHECK(instance->accelerator.id() == "test-sxm");
  CHECK(instance->accelerator_count == 8);
  CHECK(find_instance(small_catalog(), "aws:test.8xlarge"));
  CHECK_FALSE(find_instance(small_catalog(), "test.9xlarge999"));
}

TEST_CASE("of several embodied rows the preferred one is taken, its extremes as the 90 % interval") {
  const Row gpu = small_catalog().table(TableId::accelerators).find("test-gpu");
  const Row row = embodied_row(small_catalog(), gpu);
  REQUIRE(row);
  const Factor factor = embodied_factor(row);
  CHECK(factor.number() == 150);
  // exp(2 z90 sd) = 225 / 100
  CHECK(std::exp(2 * z90 * factor.log_sd) == close_to(2.25));
  CHECK(factor.origin == Origin::table);
  CHECK_FALSE(embodied_row(small_catalog(), small_catalog().table(TableId::accelerators).find("test-fast")));
  CHECK(embodied_factor(
            embodied_row(small_catalog(), small_catalog().table(TableId::accelerators).find("test-sxm")))
            .log_sd == 0);
}
