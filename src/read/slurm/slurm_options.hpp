// SPDX-License-Identifier: MIT
// What only streams of Slurm's accounting take (--map, --slurm-energy).
#pragma once

#include <optional>

#include "read/reader.hpp"
#include "read/slurm/site_map.hpp"

namespace footpound {

// What Slurm's ConsumedEnergy measures is the site's choice (AcctGatherEnergyType).
enum class SlurmMeter : unsigned char { none, node, gpu, cpu };

struct SlurmOptions : FamilyOptions {
  std::optional<SiteMap> map;
  SlurmMeter energy = SlurmMeter::none;

  const SiteMap* site() const { return map ? &*map : nullptr; }
};

}  // namespace footpound
