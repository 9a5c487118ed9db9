// SPDX-License-Identifier: MIT
// A meter whose devices are one file each: RAPL zones, hwmon sensors.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "measure/meter.hpp"

namespace footpound::measure {

struct SysfsDevice {
  Device device;
  std::string path;
  bool counts = true;  // microjoules so far; else microwatts now
};

class SysfsMeter : public Meter {
 public:
  explicit SysfsMeter(std::vector<SysfsDevice> sources);
  std::span<const Device> devices() const override { return devices_; }
  Result<Reading> read(std::size_t device) override;

 private:
  std::vector<Device> devices_;
  std::vector<SysfsDevice> sources_;
};

// The meter of these devices, or the error of the first when none of them can be read.
Result<Opened> open_sysfs_meter(std::vector<SysfsDevice> sources);

// Rows of meters().
Result<Opened> open_rapl(const Places& places, std::span<const Part> taken);
Result<Opened> open_amdgpu(const Places& places, std::span<const Part> taken);
Result<Opened> open_hwmon(const Places& places, std::span<const Part> taken);

}  // namespace footpound::measure
