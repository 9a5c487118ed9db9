// SPDX-License-Identifier: MIT
#include "factors/factor.hpp"

#include <array>

namespace footpound {

namespace {

// In the order of FactorId.
constexpr std::array kinds = {
    FactorKind{"trials", "", "--trials", "trials"},
    FactorKind{"measured_it_energy_kwh", "kWh", "--measured-it-energy", "measured IT energy"},
    FactorKind{"measured_accelerator_energy_kwh", "kWh", "--measured-accelerator-energy",
        "measured accelerator energy"},
    FactorKind{"it_power_w", "W", "--it-power", "power of the job"},
    FactorKind{"flops", "FLOP", "--flops", "operations"},
    FactorKind{"peak_flops", "FLOP/s", "", "peak rate per accelerator"},
    FactorKind{"mfu", "", "--mfu", "model FLOPs utilisation"},
    FactorKind{"hours_overhead", "", "--mfu", "hours per hour of training"},
    FactorKind{"accelerator_count", "", "--gpu-count", "accelerators"},
    FactorKind{"accelerator_hours", "h", "--accelerator-hours", "accelerator-hours"},
    FactorKind{"hours", "h", "--hours", "hours"},
    FactorKind{"accelerator_power_w", "W", "--accelerator-power", "power per accelerator"},
    FactorKind{"host_power_per_device_w", "W", "--host-power", "host's share per accelerator"},
    FactorKind{"host_power_w", "W", "--host-power", "power of the hosts"},
    FactorKind{"pue", "", "--pue", "PUE"},
    FactorKind{"intensity_g_per_kwh", "g/kWh", "--intensity or --region", "carbon intensity"},
    FactorKind{"market_intensity_g_per_kwh", "g/kWh", "--market-intensity", "market-based intensity"},
    FactorKind{"embodied_kg_per_device", "kg", "", "embodied emissions per accelerator"},
    FactorKind{"lifetime_years", "years", "lifetime_years of its row of table embodied (--tables)",
        "years of service"},
    FactorKind{"price_usd_per_hour", "USD/h", "--price-usd-per-hour", "price per accelerator-hour"},
};

}  // namespace

const FactorKind& kind(FactorId id) { return kinds[static_cast<std::size_t>(id)]; }

std::string_view name(Origin origin) {
  switch (origin) {
    case Origin::given: return "given";
    case Origin::table: return "table";
    case Origin::derived: return "derived";
    case Origin::assumed: return "assumed";
  }
  return {};
}

}  // namespace footpound
