// SPDX-License-Identifier: MIT
// Energy counters of CPU packages and their memory (Intel, and AMD Zen without memory), as the
// kernel's powercap tree shows them. Packages and dram are counted; core and uncore lie inside a
// package, psys holds the packages, and intel-rapl-mmio shows a package a second time.
#include <fmt/format.h>

#include "measure/accuracies.hpp"
#include "measure/sysfs.hpp"
#include "measure/sysfs_meter.hpp"

namespace footpound::measure {

namespace {

constexpr std::string_view remedy =
    "since Linux 5.10 only root may read it: run as root, or have an administrator give a group "
    "the right to read it (a udev rule)";

bool begins(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

// "package-0", "package-0-die-1" -> its number and the rest: "0", "0-die-1"
std::string after_dash(const std::string& name) { return name.substr(name.find('-') + 1); }

void add_zone(std::vector<SysfsDevice>& out, const std::string& zone, const std::string& id, Part part) {
  Device device;
  device.id = printable(id);
  device.part = part;
  device.meter = "rapl";
  device.accuracy = part == Part::cpu ? rapl_package : rapl_memory;
  device.counter = CounterRule{joules(1e-6), 0, ceiling(part)};
  // without a range a smaller count is a reset, which is the careful reading
  if (const Result<std::uint64_t> range = read_number_of(zone + "/max_energy_range_uj")) {
    device.counter.range = *range;
  }
  out.push_back(SysfsDevice{std::move(device), zone + "/energy_uj", true});
}

void add_package(std::vector<SysfsDevice>& out, const std::string& zone) {
  const Result<std::string> name = read_line_of(zone + "/name");
  if (!name || !begins(*name, "package-")) return;
  add_zone(out, zone, *name, Part::cpu);
  const Result<std::vector<std::string>> inner = entries_of(zone, "intel-rapl:");
  if (!inner) return;
  for (const std::string& entry : *inner) {
    const std::string inner_zone = fmt::format("{}/{}", zone, entry);
    const Result<std::string> inner_name = read_line_of(inner_zone + "/name");
    if (inner_name && *inner_name == "dram") {
      add_zone(out, inner_zone, "dram-" + after_dash(*name), Part::memory);
    }
  }
}

}  // namespace

Result<Opened> open_rapl(const Places& places, std::span<const Part>) {
  const std::string root = places.sysfs_root + "/class/powercap";
  const Result<std::vector<std::string>> zones = entries_of(root, "intel-rapl:");
  if (!zones) {
    return Error{ErrorKind::missing, zones.error().field, zones.error().what,
        "this kernel or virtual machine shows no energy counters"};
  }
  std::vector<SysfsDevice> sources;
  for (const std::string& zone : *zones) {
    // "intel-rapl:0" is a top zone, "intel-rapl:0:1" (a link beside it) an inner one
    if (zone.find(':') == zone.rfind(':')) add_package(sources, fmt::format("{}/{}", root, zone));
  }
  if (sources.empty()) {
    return Error{ErrorKind::missing, printable(root), "holds no package zone",
        "this kernel or virtual machine shows no energy counters"};
  }
  Result<Opened> opened = open_sysfs_meter(std::move(sources));
  if (!opened && opened.error().kind == ErrorKind::refused) opened.error().instead = remedy;
  return opened;
}

}  // namespace footpound::measure
