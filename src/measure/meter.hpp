// SPDX-License-Identifier: MIT
// The meters this machine may have: one table, and how each is opened.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "footpound/base/result.hpp"
#include "measure/device.hpp"

namespace footpound::measure {

// An open meter: devices and a look at each. Reading never blocks for long and never throws.
class Meter {
 public:
  virtual ~Meter() = default;
  virtual std::span<const Device> devices() const = 0;
  virtual Result<Reading> read(std::size_t device) = 0;
};

// The power as a reading; an error where it is above the ceiling of the device's part.
Result<Reading> plausible(const Device& device, Power power);

// Where the world is; tests put fakes here.
struct Places {
  std::string sysfs_root = "/sys";
  std::string nvml_library = "libnvidia-ml.so.1";
  bool all_gpus = false;  // count GPUs that CUDA_VISIBLE_DEVICES hides, too
  std::function<std::optional<std::string>(const std::string&)> environment;
};

// The machine we run on: its /sys, its driver, our environment.
Places this_machine();

struct Opened {
  std::unique_ptr<Meter> meter;
  std::vector<std::string> notes;  // what the user should know: MIG, hidden GPUs ...
};

// `taken`: parts that meters above in the table read already; energy is counted once.
using OpenMeter = Result<Opened> (*)(const Places& places, std::span<const Part> taken);

struct MeterRow {
  std::string_view name;
  std::string_view help;
  OpenMeter open;
};

// In the order in which they are asked; the first that reads a part has it.
std::span<const MeterRow> meters();

// One row of `list meters`: what it reads here, or why it cannot and what helps.
struct MeterStatus {
  std::string name;
  std::string help;
  bool available = false;
  std::string what;
};

// All meters that open, and what became of each row.
struct Rig {
  std::vector<std::unique_ptr<Meter>> meters;
  std::vector<MeterStatus> statuses;
  std::vector<std::string> notes;
};

// Opens the rows named in `wanted` (all when it is empty). An unknown name is an error.
Result<Rig> open_meters(const Places& places, std::span<const std::string> wanted = {});

// For `list meters`: every row, each opened by itself.
std::vector<MeterStatus> meter_statuses(const Places& places);

}  // namespace footpound::measure
