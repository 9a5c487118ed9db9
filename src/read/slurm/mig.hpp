// SPDX-License-Identifier: MIT
// Slices of a multi-instance GPU, as Slurm's gres are called after them: "a100_1g.5gb".
#pragma once

#include <optional>
#include <string_view>

namespace footpound {

// The device is empty where only the profile is named.
struct MigSlice {
  std::string_view device;   // "a100"
  std::string_view profile;  // "1g.5gb"
};
std::optional<MigSlice> parse_mig(std::string_view type);

// Which part of its device a slice is: its compute instances of those that the device is cut in. Of no
// device (""), where the profile's memory tells. nullopt: there is no such slice, or it may be one of
// several.
std::optional<double> mig_share(std::string_view profile, std::string_view device);

}  // namespace footpound
