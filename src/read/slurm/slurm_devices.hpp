// SPDX-License-Identifier: MIT
// Which accelerators a Slurm job had, and how many: from its gres, the site's map and, for
// GPUs without a type, what is known of the partition.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "estimate/spec.hpp"
#include "footpound/base/result.hpp"
#include "read/slurm/site_map.hpp"
#include "read/slurm/slurm_tres.hpp"

namespace footpound {

struct SlurmDevices {
  std::array<DeviceGroup, most_device_groups> groups{};
  std::size_t group_count = 0;
  bool uncounted_gres = false;  // some that are no GPUs and not in the map
};

// "a100_1g.5gb" -> a100 and 1/7: the compute slices of a multi-instance GPU. The device is
// empty where only the profile is named.
struct MigSlice {
  std::string_view device;
  double share = 0;
};
std::optional<MigSlice> parse_mig(std::string_view type);

// `untyped`: what GPUs without a type are; empty where nobody says, which is an error only where
// `type_needed`: a power or an energy that is stated needs no type. `site` may be nullptr.
Result<SlurmDevices> slurm_devices(
    const Tres& tres, const SiteMap* site, std::string_view untyped, bool type_needed = true);

}  // namespace footpound
