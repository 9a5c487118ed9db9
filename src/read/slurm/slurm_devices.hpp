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

  double count() const;
};

// What is known beside the record's own gres. All may be unknown.
struct DeviceNames {
  const SiteMap* site = nullptr;
  std::string_view untyped;  // what GPUs without a type are
  std::string_view placed;   // what the map says of the place: of a type that may be it, it is that
  bool type_needed = true;   // a power or an energy that is stated needs no type
};

// Errors: GPUs whose type nobody says, or whose counts contradict each other.
Result<SlurmDevices> slurm_devices(const Tres& tres, const DeviceNames& names);

// May a gres of this type be that accelerator? "a100" is a word less than "a100-pcie-40gb", "a10" another
// word.
bool may_be(std::string_view type, std::string_view accelerator);

}  // namespace footpound
