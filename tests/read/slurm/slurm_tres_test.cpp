// SPDX-License-Identifier: MIT
#include "read/slurm/slurm_tres.hpp"

#include <cmath>

#include "read/slurm/slurm_devices.hpp"
#include "support/close_to.hpp"

using namespace footpound;

namespace {

Tres tres(std::string_view text) {
  Tres parsed;
  const Result<void> done = parse_tres(text, parsed);
  REQUIRE(done);
  return parsed;
}

// "a100 x 4 + v100 x 2", or the error.
std::string devices(std::string_view text, std::string_view untyped = "") {
  const Tres parsed = tres(text);
  const Result<SlurmDevices> found = slurm_devices(parsed, nullptr, untyped);
  if (!found) return message(found.error());
  std::string out;
  for (std::size_t i = 0; i < found->group_count; ++i) {
    char count[32];
    std::snprintf(count, sizeof count, "%g", found->groups[i].count);
    out += (i > 0 ? " + " : "") + std::string(found->groups[i].accelerator) + " x " + count;
  }
  return out;
}

}  // namespace

TEST_CASE("tres: counts, memory in powers of 1024, energy", "[slurm]") {
  const Tres all =
      tres("billing=448,cpu=448,energy=5283400000,gres/gpu=32,gres/gpu:h100=32,mem=4000G,node=4");
  CHECK(all.cpus == 448);
  CHECK(all.nodes == 4);
  CHECK(all.joules == 5283400000);
  CHECK(*all.memory_bytes == 4000.0 * 1073741824);
  REQUIRE(all.gres_count == 2);
  CHECK(all.gres[1].name == "gpu:h100");
  CHECK(*tres("mem=4096000M").memory_bytes == 4096000.0 * 1048576);
  CHECK(*tres("mem=62.50G").memory_bytes == 62.5 * 1073741824);
  CHECK(*tres("mem=2T").memory_bytes == 2.0 * 1099511627776);
  CHECK(*tres("mem=512").memory_bytes == 512.0 * 1048576);  // MiB where there is no letter
  CHECK_FALSE(tres("mem=?").memory_bytes);
  CHECK_FALSE(tres("cpu=4294967294").cpus);  // the marker NO_VAL
  CHECK(std::isinf(*tres("energy=NONE").joules));
}

TEST_CASE("tres: joules and times as sacct writes them", "[slurm]") {
  CHECK(*slurm_joules("335.41M") == close_to(335.41e6));
  CHECK(*slurm_joules("335412345") == 335412345);
  CHECK(std::isinf(*slurm_joules("16.78?")));
  CHECK_FALSE(slurm_joules(""));
  CHECK(slurm_seconds("2-03:04:05") == 2 * 86400 + 3 * 3600 + 4 * 60 + 5);
  CHECK(slurm_seconds("05:59:07") == 21547);
  CHECK(slurm_seconds("04:05") == 245);
  CHECK(slurm_seconds("7") == 7);
  CHECK(slurm_seconds("00:08.842") == 8.842);
  for (const char* none : {"", "-5", "1:2:3:4", "a", "1::2", "2-", "1e999", "inf"})
    CHECK_FALSE(slurm_seconds(none));
}

TEST_CASE("devices: typed and untyped GPUs are the same ones", "[slurm]") {
  CHECK(devices("gres/gpu:a100=4,gres/gpu=4") == "a100 x 4");
  CHECK(devices("gres/gpu=4,gres/gpu:a100=4") == "a100 x 4");
  CHECK(devices("gres/gpu:a100=4") == "a100 x 4");
  CHECK(devices("gres/gpu=4", "h100") == "h100 x 4");
  CHECK(devices("gres/gpu:a100=4,gres/gpu:v100=2,gres/gpu=6") == "a100 x 4 + v100 x 2");
  CHECK(devices("cpu=2,mem=2G,node=1").empty());
  CHECK(devices("gres/gpu=0").empty());
}

TEST_CASE("devices: what is not known fails", "[slurm]") {
  CHECK(devices("gres/gpu=4") ==
        "has 4 GPUs of no type; name it by partition or node in --map FILE, or with --gpu");
  CHECK(devices("gres/gpu=1").find("has 1 GPU of no type") == 0);
  CHECK(devices("gres/gpu:a100=2,gres/gpu=4", "a100").find("has 4 GPUs, of which only 2 have a type") == 0);
  CHECK(devices("gres/gpu:a100=4,gres/gpu=2") == "has 4 GPUs by type, but 2 in all");
  CHECK(devices("gres/gpu:a=1,gres/gpu:b=1,gres/gpu:c=1,gres/gpu:d=1,gres/gpu:e=1") ==
        "holds more than 4 kinds of accelerators");
  CHECK(devices("gres/shard=2").find("gres/shard=2 are parts of a GPU of unknown size") == 0);
  CHECK(devices("gres/mps=50").find("gres/mps=50 are parts of a GPU of unknown size") == 0);
}

TEST_CASE("devices: GPU memory and utilisation are no counts", "[slurm]") {
  CHECK(devices("gres/gpu:a100=2,gres/gpu=2,gres/gpumem=81559M,gres/gpuutil=93") == "a100 x 2");
}

TEST_CASE("devices: other gres are left out, and told", "[slurm]") {
  const Result<SlurmDevices> found = slurm_devices(tres("gres/gpu:a100=1,gres/npu=8"), nullptr, "");
  REQUIRE(found);
  CHECK(found->uncounted_gres);
  CHECK(found->group_count == 1);
}

TEST_CASE("devices: slices of a multi-instance GPU are sevenths", "[slurm]") {
  const auto mig = [](std::string_view type, std::string_view device, double share) {
    INFO(type);
    const std::optional<MigSlice> slice = parse_mig(type);
    REQUIRE(slice);
    CHECK(slice->device == device);
    CHECK(slice->share == close_to(share));
  };
  mig("a100_1g.5gb", "a100", 1.0 / 7);
  mig("nvidia_a100-sxm4-80gb_3g.40gb", "nvidia_a100-sxm4-80gb", 3.0 / 7);
  mig("h100-7g.80gb", "h100", 1);
  mig("1g.10gb", "", 1.0 / 7);
  mig("a100_1g.5gb+me", "a100", 1.0 / 7);
  mig("a30_2g.12gb", "a30", 0.5);  // four slices
  for (const char* none :
      {"a100", "rtx4090", "1g", "g.5gb", "8g.80gb", "0g.5gb", "a1001g.5gb", "1c.3g.20gb", "1g.gb"})
    CHECK_FALSE(parse_mig(none));

  CHECK(devices("gres/gpu:a100_1g.5gb=1,gres/gpu=1") == "a100 x 0.142857");
  CHECK(devices("gres/gpu:a100_1g.5gb=7,gres/gpu=7") == "a100 x 1");
  CHECK(devices("gres/gpu:a100=1,gres/gpu:a100_3g.20gb=7,gres/gpu=8") == "a100 x 4");  // 1 + 3
  CHECK(devices("gres/gpu:1g.10gb=7", "h100") == "h100 x 1");
  CHECK(devices("gres/gpu:1g.10gb=7").find("gres/gpu:1g.10gb is a slice of an unknown device") == 0);
}
