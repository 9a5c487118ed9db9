// SPDX-License-Identifier: MIT
#include "measure/logs/headings.hpp"

#include <array>
#include <utility>
#include <vector>

#include "support/catch.hpp"

using namespace footpound;
using namespace footpound::measure;
using Role = Heading::Role;

namespace {

struct Watts {
  const char* text;
  double unit;  // 0: none is stated
  const char* id;
  std::optional<Part> part;
};

}  // namespace

TEST_CASE("headings of watts: their unit, and what they are of") {
  const std::array table = {Watts{"power.draw [W]", 1, "", {}}, Watts{"Power (mW)", 1e-3, "", {}},
      Watts{"power_mw", 1e-3, "", {}}, Watts{"Power [kW]", 1e3, "", {}}, Watts{"Power (MW)", 1e6, "", {}},
      Watts{"power_in_watts", 1, "", {}}, Watts{"watts", 1, "", {}}, Watts{"power", 0, "", {}},
      Watts{"gpu_power_w", 1, "gpu", Part::accelerator}, Watts{"GPU0 Power", 0, "gpu0", Part::accelerator},
      Watts{"system.gpu.1.powerWatts", 1, "gpu1", Part::accelerator},
      Watts{"run - system/gpu.process.2.powerWatts", 1, "gpu2", Part::accelerator},
      Watts{"GPU[3] Power (W)", 1, "gpu3", Part::accelerator}, Watts{"CPU Power", 0, "cpu", Part::cpu},
      Watts{"package-1 power_w", 1, "package-1", Part::cpu}, Watts{"dram_watts", 1, "memory", Part::memory},
      Watts{"Node power (kW)", 1e3, "node", Part::node}, Watts{"socket_power", 0, "", {}},
      Watts{"power1", 0, "1", {}}};
  for (const Watts& row : table) {
    INFO(row.text);
    const Result<Heading> heading = heading_of(row.text);
    REQUIRE(heading);
    CHECK(heading->role == Role::watts);
    CHECK(heading->unit.value_or(0) == row.unit);
    CHECK(heading->id == row.id);
    CHECK(heading->part == row.part);
  }
  CHECK(heading_of("Total Power (W)")->total);
  CHECK_FALSE(heading_of("power.draw [A]"));
  CHECK_FALSE(heading_of("POWER_MW"));
}

TEST_CASE("headings of times, with their unit") {
  const std::vector<std::pair<const char*, double>> table = {{"timestamp", 0.0}, {"Time (ms)", 1e-3},
      {"Time (min)", 60.0}, {"time_s", 1.0}, {"Timestamp (ns)", 1e-9}, {"ts_ms", 1e-3},
      {"Elapsed Time (sec)", 1.0}, {"Relative Time (Process)", 0.0}, {"_runtime", 0.0}, {"t", 0.0},
      {"datetime", 0.0}};
  for (const auto& [text, unit] : table) {
    INFO(text);
    const Result<Heading> heading = heading_of(text);
    REQUIRE(heading);
    CHECK(heading->role == Role::time);
    CHECK(heading->unit.value_or(0) == unit);
  }
}

TEST_CASE("headings of devices, nodes and names; all else is none of them") {
  for (const char* text :
      {"index", "gpu", "gpu_index", "GPU ID", "uuid", "gpu_uuid", "device", "pci.bus_id", "card"})
    CHECK(heading_of(text)->role == Role::device);
  for (const char* text : {"host", "hostname", "node"}) CHECK(heading_of(text)->role == Role::host);
  for (const char* text : {"name", "gpu_name", "Device Name"}) CHECK(heading_of(text)->role == Role::name);
  for (const char* text :
      {"power.limit [W]", "power_limit_w", "powerPercent", "gpu_util", "count", "id", "step_time",
          "gpu_energy_kwh", "tokens/W", "temperature.gpu", "54.32 W", "power.management", "uptime", ""})
    CHECK(heading_of(text)->role == Role::none);
  CHECK(bare_device("GPU0") == "gpu0");
  CHECK(bare_device("GPU 1") == "gpu1");
  for (const char* text : {"gpu", "GPU0 util", "host", "0", "cpu0", "package_0"})
    CHECK(bare_device(text).empty());
}
