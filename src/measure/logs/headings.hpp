// SPDX-License-Identifier: MIT
// What the heading of a column says: times, watts or the device of a row, in which unit, of what.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "footpound/base/result.hpp"
#include "measure/device.hpp"

namespace footpound::measure {

struct Heading {
  enum class Role : unsigned char { none, time, date, watts, device, host, name };
  Role role = Role::none;
  int rank = 0;                // of several for the same, the lowest is taken
  std::optional<double> unit;  // of a bare number, in seconds or watts; nullopt: none is stated
  std::optional<Part> part;    // of watts or a device: what it is part of
  std::string id;              // of watts: the device that the column is of: "gpu0"; "": none is named
  bool total = false;          // of watts: it adds up others
};

// "power.draw [W]", "Time (ms)", "GPU0 Power", "gpu_index", "power_in_watts"; role `none` for all else.
// An error where it is a power in what is no unit of power.
Result<Heading> heading_of(std::string_view text);

// The accelerator of a heading that names one and nothing of it: "GPU0"; "" for all else.
std::string bare_device(std::string_view text);

}  // namespace footpound::measure
