// SPDX-License-Identifier: MIT
#include "read/slurm/slurm_tres.hpp"

#include <cmath>

#include "footpound/factors/catalog.hpp"
#include "read/slurm/mig.hpp"
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
std::string devices(std::string_view text, std::string_view untyped = "", std::string_view placed = "") {
  const Tres parsed = tres(text);
  const Result<SlurmDevices> found = slurm_devices(parsed, {nullptr, untyped, placed});
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
  CHECK(slurm_seconds("3-10:00") == 3 * 86400 + 10 * 3600);  // behind days it is hours that come first
  CHECK(slurm_seconds("3-13") == 3 * 86400 + 13 * 3600);
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
  const Result<SlurmDevices> found = slurm_devices(tres("gres/gpu:a100=1,gres/npu=8"), {});
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
    const std::optional<double> part = mig_share(slice->profile, slice->device);
    REQUIRE(part);
    CHECK(*part == close_to(share));
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

TEST_CASE("devices: a slice's share is its device's matter", "[slurm]") {
  CHECK(mig_share("1g.24gb", "nvidia_rtx_pro_6000_blackwell") == 0.25);
  CHECK(mig_share("1g.24gb", "rtx-pro-5000-blackwell") == 0.5);
  CHECK(mig_share("1g.24gb", "nvidia_h100_nvl") == 1.0 / 7);
  CHECK(mig_share("2g.48gb", "rtx_pro_6000") == 0.5);
  CHECK(mig_share("1g.6gb", "") == 0.25);  // the A30's alone
  CHECK_FALSE(mig_share("1g.24gb", ""));   // a quarter of one device, a seventh of another
  CHECK_FALSE(mig_share("7g.96gb", "rtx_pro_6000"));
  CHECK(devices("gres/gpu:1g.24gb=4,gres/gpu=4", "rtx-pro-6000-server") == "rtx-pro-6000-server x 1");
  CHECK(devices("gres/gpu:1g.10gb.me=7", "h100") == "h100 x 1");
}

TEST_CASE("devices: typed and untyped shards are the same ones", "[slurm]") {
  const Catalog catalog;
  SiteMap map;
  REQUIRE_FALSE(map.read(R"({"gres": {"shard": {"accelerator": "l4", "share": 0.25},
    "1g.10gb": "h100", "npu": "ascend-910b"}})",
      catalog));
  const auto count = [&](std::string_view text) {
    const Result<SlurmDevices> found = slurm_devices(tres(text), {&map, "", ""});
    return found ? found->count() : -1;
  };
  CHECK(count("gres/shard:l4=2,gres/shard=2") == 0.5);
  CHECK(count("gres/shard=2,gres/shard:l4=2") == 0.5);
  CHECK(count("gres/shard:l4=2") == 0.5);
  CHECK(count("gres/shard:l4=2,gres/shard=3") == -1);
  // a device that the map names for a slice is that of the slice
  CHECK(count("gres/gpu:1g.10gb=7") == close_to(1));
  CHECK(count("gres/npu=8") == 8);
  CHECK(count("gres/npu=8G") == -1);
}

TEST_CASE("tres: what is no accelerator is no count", "[slurm]") {
  CHECK(devices("gres/tmpsize=10737418240,gres/gpu:a100=1,gres/lscratch=100G") == "a100 x 1");
  Tres parsed;
  CHECK_FALSE(parse_tres("gres/gpu=2G", parsed));
  CHECK_FALSE(parse_tres("gres/shard=4294967294", parsed));
}

TEST_CASE("tres: the lists of AllocGRES and ReqGRES", "[slurm]") {
  const auto list = [](std::string_view text) {
    Tres parsed;
    REQUIRE(parse_gres_list(text, parsed));
    const Result<SlurmDevices> found = slurm_devices(parsed, {nullptr, "t4", ""});
    REQUIRE(found);
    std::string out;
    for (std::size_t i = 0; i < found->group_count; ++i)
      out += std::string(found->groups[i].accelerator) + " " +
             std::to_string(static_cast<int>(found->groups[i].count)) + ";";
    return out;
  };
  CHECK(list("gpu:2") == "t4 2;");
  CHECK(list("gpu") == "t4 1;");
  CHECK(list("gpu:tesla_v100s:2") == "tesla_v100s 2;");
  CHECK(list("gres:gpu:a100:1,craynetwork:1") == "a100 1;");
  CHECK(list("gpu:a100:2(IDX:0,3)") == "a100 2;");
  CHECK(list("(null)").empty());
  CHECK(list("").empty());
}

TEST_CASE("devices: the map's accelerator of the place refines a type that it may be", "[slurm]") {
  CHECK(may_be("a100", "a100-pcie-40gb"));
  CHECK(may_be("nvidia_a100", "a100-pcie-40gb"));
  CHECK(may_be("rtx6000", "quadro-rtx-6000"));
  CHECK(may_be("tesla_v100", "tesla-v100-pcie-32gb"));
  CHECK_FALSE(may_be("a10", "a100-pcie-40gb"));
  CHECK_FALSE(may_be("h100", "a100-pcie-40gb"));
  CHECK_FALSE(may_be("a100_80gb", "a100-pcie-40gb"));
  CHECK_FALSE(may_be("a100", ""));
  CHECK_FALSE(may_be("", "a100-pcie-40gb"));
  CHECK(devices("gres/gpu:a100=2,gres/gpu=2", "", "a100-pcie-40gb") == "a100-pcie-40gb x 2");
  CHECK(devices("gres/gpu:a100_1g.5gb=7", "", "a100-pcie-40gb") == "a100-pcie-40gb x 1");
  CHECK(devices("gres/gpu:h100=2,gres/gpu=2", "", "a100-pcie-40gb") == "h100 x 2");
}
