// SPDX-License-Identifier: MIT
#include "measure/meter.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "measure/nvml_meter.hpp"
#include "measure/sysfs_meter.hpp"
#include "units/number_text.hpp"

namespace footpound::measure {

namespace {

constexpr std::array meter_table = {
    MeterRow{"nvml", "NVIDIA GPUs: energy counter, or power on boards before Volta", open_nvml},
    MeterRow{"amdgpu", "AMD GPUs: board power from the kernel's hwmon tree", open_amdgpu},
    MeterRow{"rapl", "CPU packages and memory: energy counters of the kernel's powercap tree", open_rapl},
    MeterRow{"hwmon", "other power sensors of the kernel's hwmon tree", open_hwmon},
};

// "2 accelerators: gpu0 NVIDIA H100, gpu1 NVIDIA H100"
std::string what_it_reads(const Meter& meter) {
  std::string out;
  for (const Device& device : meter.devices()) {
    if (!out.empty()) out += ", ";
    out += device.id;
    if (!device.name.empty()) out += " " + device.name;
  }
  return out;
}

MeterStatus status_of(const MeterRow& row, const Result<Opened>& opened) {
  MeterStatus status{std::string(row.name), std::string(row.help), static_cast<bool>(opened), {}};
  status.what = opened ? what_it_reads(*opened->meter) : message(opened.error());
  return status;
}

Error unknown_meter(const std::string& name) {
  std::string known;
  for (const MeterRow& row : meter_table) known += (known.empty() ? "" : ", ") + std::string(row.name);
  return Error{ErrorKind::unknown_name, {}, "unknown meter " + in_quotes(name), "there are " + known};
}

}  // namespace

Result<Reading> plausible(const Device& device, Power power) {
  if (power <= ceiling(device.part)) return Reading(power);
  return Error{ErrorKind::out_of_range, device.id,
      "shows " + human_number(in_watts(power)) + " W, which is more than it can draw", {}};
}

Places this_machine() {
  Places places;
  places.environment = [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  return places;
}

std::span<const MeterRow> meters() { return meter_table; }

Result<Rig> open_meters(const Places& places, std::span<const std::string> wanted) {
  for (const std::string& name : wanted) {
    const auto same = [&](const MeterRow& row) { return row.name == name; };
    if (std::none_of(meter_table.begin(), meter_table.end(), same)) return unknown_meter(name);
  }
  Rig rig;
  std::vector<Part> taken;
  for (const MeterRow& row : meter_table) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), row.name) == wanted.end()) continue;
    Result<Opened> opened = row.open(places, taken);
    rig.statuses.push_back(status_of(row, opened));
    if (!opened) continue;
    for (const Device& device : opened->meter->devices()) taken.push_back(device.part);
    rig.notes.insert(rig.notes.end(), opened->notes.begin(), opened->notes.end());
    rig.meters.push_back(std::move(opened->meter));
  }
  return rig;
}

std::vector<MeterStatus> meter_statuses(const Places& places) {
  std::vector<MeterStatus> out;
  out.reserve(meter_table.size());
  for (const MeterRow& row : meter_table) out.push_back(status_of(row, row.open(places, {})));
  return out;
}

}  // namespace footpound::measure
