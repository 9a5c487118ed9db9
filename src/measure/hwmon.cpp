// SPDX-License-Identifier: MIT
// Sensors of the kernel's hwmon tree: power in microwatts, energy in microjoules. A sensor counts
// only where it is known which part of the node it stands for; one table says so.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "measure/accuracies.hpp"
#include "measure/sysfs.hpp"
#include "measure/sysfs_meter.hpp"

namespace footpound::measure {

namespace {

struct Chip {
  std::string_view name;
  std::string_view meter;
  Part part;
  std::string_view files[2];  // the first that exists is read
  std::string_view label;     // what the sensor's label begins with; empty: any
};

constexpr std::array chips = {
    Chip{"amdgpu", "amdgpu", Part::accelerator, {"power#_average", "power#_input"}, ""},
    Chip{"power_meter", "hwmon", Part::node, {"power#_average", "power#_input"}, ""},
    Chip{"ibmpowernv", "hwmon", Part::node, {"power#_input", ""}, "System"},
    Chip{"amd_energy", "hwmon", Part::cpu, {"energy#_input", ""}, "Esocket"},
    Chip{"fam15h_power", "hwmon", Part::cpu, {"power#_input", ""}, ""},
};

constexpr int most_sensors = 64;  // of one chip

// Only a GPU inside a CPU reports the voltage of the north bridge; its power is the package's.
bool is_inside_cpu(const std::string& directory) {
  const Result<std::string> label = read_line_of(directory + "/in1_label");
  return label && *label == "vddnb";
}

std::string numbered(std::string_view pattern, int number) {
  std::string out(pattern);
  out.replace(out.find('#'), 1, std::to_string(number));
  return out;
}

// "power1_average" -> "power1_label"
std::string label_of(const std::string& directory, const std::string& file) {
  const Result<std::string> label =
      read_line_of(fmt::format("{}/{}_label", directory, file.substr(0, file.find('_'))));
  return label ? *label : std::string();
}

std::string product_of(const std::string& directory) {
  const Result<std::string> product = read_line_of(directory + "/device/product_name");
  return product ? *product : std::string();
}

void add_sensors(std::vector<SysfsDevice>& out, const std::string& directory, const Chip& chip) {
  for (int number = 0; number < most_sensors; ++number) {
    for (const std::string_view pattern : chip.files) {
      if (pattern.empty()) continue;
      const std::string file = numbered(pattern, number);
      std::string path = fmt::format("{}/{}", directory, file);
      if (!exists(path)) continue;
      const std::string label = label_of(directory, file);
      if (label.substr(0, chip.label.size()) != chip.label) break;
      Device device;
      device.id = std::string(chip.name) + std::to_string(out.size());
      device.name = printable(chip.part == Part::accelerator ? product_of(directory) : label);
      device.part = chip.part;
      device.meter = chip.meter;
      device.accuracy = hwmon_sensor;
      device.counter = CounterRule{joules(1e-6), 0, ceiling(chip.part)};
      out.push_back(SysfsDevice{std::move(device), std::move(path), pattern.front() == 'e'});
      break;
    }
    // an amdgpu card has one sensor of board power, its first; further ones lie inside it
    if (chip.part == Part::accelerator && number == 1) break;
  }
}

Result<Opened> open_chips(const Places& places, std::string_view meter, std::span<const Part> taken) {
  const std::string root = places.sysfs_root + "/class/hwmon";
  const Result<std::vector<std::string>> entries = entries_of(root, "hwmon");
  if (!entries) return entries.error();
  std::vector<SysfsDevice> sources;
  std::vector<std::string> notes;
  std::string others;
  for (const std::string& entry : *entries) {
    const std::string directory = fmt::format("{}/{}", root, entry);
    const Result<std::string> name = read_line_of(directory + "/name");
    if (!name) continue;
    const auto* chip =
        std::find_if(chips.begin(), chips.end(), [&](const Chip& c) { return c.name == *name; });
    if (chip == chips.end()) {
      if (exists(directory + "/power1_input") || exists(directory + "/power1_average")) {
        others += (others.empty() ? "" : ", ") + printable(*name);
      }
    } else if (chip->meter == meter) {
      if (chip->part == Part::accelerator && is_inside_cpu(directory)) {
        notes.push_back(
            entry + " (" + std::string(chip->name) + ") is not counted: it is part of the CPU package");
      } else if (std::find(taken.begin(), taken.end(), chip->part) != taken.end() &&
                 chip->part != Part::accelerator) {
        notes.push_back(entry + " (" + std::string(chip->name) + ") is not counted: " +
                        std::string(measure::name(chip->part)) + " are read by another meter already");
      } else {
        add_sensors(sources, directory, *chip);
      }
    }
  }
  if (sources.empty()) {
    std::string what = "holds no sensor of this kind";
    if (!notes.empty()) what = notes.front();
    if (meter == "hwmon" && !others.empty()) what += "; not known what these stand for: " + others;
    return Error{ErrorKind::missing, printable(root), what, {}};
  }
  Result<Opened> opened = open_sysfs_meter(std::move(sources));
  if (opened) opened->notes.insert(opened->notes.end(), notes.begin(), notes.end());
  return opened;
}

}  // namespace

Result<Opened> open_amdgpu(const Places& places, std::span<const Part> taken) {
  Result<Opened> opened = open_chips(places, "amdgpu", taken);
  if (!opened) return opened;
  for (const char* variable : {"ROCR_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES"}) {
    if (places.environment && places.environment(variable)) {
      opened->notes.push_back(std::string(variable) + " is set, but all AMD GPUs of the node are counted");
    }
  }
  return opened;
}

Result<Opened> open_hwmon(const Places& places, std::span<const Part> taken) {
  return open_chips(places, "hwmon", taken);
}

}  // namespace footpound::measure
