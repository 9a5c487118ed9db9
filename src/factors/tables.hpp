// SPDX-License-Identifier: MIT
// Every table the program has: one definition each. docs/data.md says what a row of each means.
#pragma once

#include <array>

#include "factors/table.hpp"

namespace footpound {

enum class TableId : unsigned char {
  accelerators,
  ambiguous_names,
  cpus,
  embodied,
  equivalents,
  grid,
  instances,
  measured_power,
  memory,
  paper_strubell2019,
  prices,
  pue,
  regions,
  runs,
  sources,
  spreads,
};
inline constexpr std::size_t table_count = 16;

namespace columns {
using enum CellType;

inline constexpr Bounds from_zero{0};
inline constexpr Bounds above_zero{.least = 0, .above = true};
inline constexpr Bounds years{1990, 2100};
inline constexpr Bounds share{0, 1};
inline constexpr Bounds percent{0, 100};

// columns that every table ends with
#define FOOTPOUND_PROVENANCE                                                                      \
  Column{"source", texts, true, false, "ids in table sources"},                                   \
      Column{"year", integer, true, false, "the year the row speaks of, or its source's", years}, \
      Column{"method", text, true, false, "how the value came about"}, Column {                   \
    "note", text, false, false, "what to watch out for"                                           \
  }

inline constexpr std::array accelerators = {
    Column{"id", text, true, true, "stable name"},
    Column{"vendor", text, true, false, "maker"},
    Column{"name", text, true, true, "as the maker writes it"},
    Column{"aliases", texts, false, true, "as drivers, schedulers and people write it"},
    Column{"kind", text, true, false, "gpu, tpu, asic, npu, ipu, wafer, soc"},
    Column{"form", text, true, false, "sxm, oam, pcie, board, superchip, system, soc ..."},
    Column{"launched", integer, false, false, "year", years},
    Column{"memory_gb", number, false, false, "GB per board", from_zero},
    Column{"rated_power_w", number, false, false, "W per board (TDP, TBP)", above_zero},
    Column{"devices_per_board", integer, true, false, "devices a driver lists for one board", Bounds{1, 16}},
    Column{"peak_fp32_tflops", number, false, false, "TFLOP/s per board, dense", above_zero},
    Column{"peak_16bit_tflops", number, false, false, "TFLOP/s per board, dense, fp16 or bf16", above_zero},
    Column{"peak_fp8_tflops", number, false, false, "TFLOP/s per board, dense", above_zero},
    Column{"idle_w", number, false, false, "W per board", from_zero},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array ambiguous_names = {
    Column{"id", text, true, true, "the name as people write it"},
    Column{"accelerator", text, false, false, "what it is taken for; none: refused"},
    Column{"candidates", texts, true, false, "ids in table accelerators"},
    Column{"how_to_tell", text, true, false, "what tells them apart"},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array cpus = {
    Column{"id", text, true, true, "stable name"},
    Column{"vendor", text, true, false, "maker"},
    Column{"name", text, true, true, "as the maker writes it"},
    Column{"class", text, true, false, "server, workstation, desktop"},
    Column{"cores", integer, true, false, "cores per socket", Bounds{1, 1024}},
    Column{"rated_power_w", number, true, false, "W per socket (TDP)", above_zero},
    Column{"launched", integer, false, false, "year", years},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array embodied = {
    Column{"id", text, true, false, "stable name"},
    Column{"component", text, true, false, "accelerator, server, cpu, dram ..."},
    Column{"accelerator", text, false, true, "id in table accelerators"},
    Column{"preferred", flag, false, false, "the row taken for its accelerator"},
    Column{"kgco2e", number, true, false, "kg CO2e per unit", from_zero},
    Column{"low_kgco2e", number, false, false, "lowest published", from_zero},
    Column{"high_kgco2e", number, false, false, "highest published", from_zero},
    Column{"unit", text, true, false, "what the figure is per"},
    Column{"lifetime_years", number, false, false, "years of service assumed by the source", above_zero},
    Column{"boundary", text, true, false, "what is counted"},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array equivalents = {
    Column{"id", text, true, false, "stable name"},
    Column{"set", text, true, true, "publisher and version"},
    Column{"text", text, true, false, "what an amount counts"},
    Column{"unit", text, true, false, "one of it"},
    Column{"kg_per_unit", number, false, false, "kg CO2e", above_zero},
    Column{"lb_per_unit", number, false, false, "lb CO2e, where the source prints pounds", above_zero},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array grid = {
    Column{"id", text, true, false, "region:year:method"},
    Column{"region", text, true, true, "id in table regions"},
    Column{"intensity_g_per_kwh", number, true, false, "g CO2e per kWh", from_zero},
    Column{"basis", text, false, false, "generation or consumption"},
    Column{"carbon_free_percent", number, false, false, "share of carbon-free energy, operator's figure",
        percent},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array instances = {
    Column{"id", text, true, true, "provider:instance"},
    Column{"provider", text, true, false, "aws, gcp, azure ..."},
    Column{"name", text, true, true, "the provider's name"},
    Column{"accelerator", text, true, false, "id in table accelerators"},
    Column{"accelerator_count", number, true, false, "devices as the driver lists them", above_zero},
    Column{"vcpus", integer, false, false, "hardware threads", Bounds{1, 10000}},
    Column{"memory_gb", number, false, false, "GB", from_zero},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array measured_power = {
    Column{"id", text, true, false, "stable name"},
    Column{"accelerator", text, true, true, "id in table accelerators"},
    Column{"scope", text, true, false, "board, system, rest_of_node"},
    Column{"watts", number, true, false, "W per device", above_zero},
    Column{"statistic", text, true, false, "mean, maximum ..."},
    Column{"workload", text, true, false, "what ran"},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array memory = {
    Column{"id", text, true, false, "stable name"},
    Column{"applies_to", text, true, false, "kind of memory"},
    Column{"w_per_gb", number, true, false, "W per GB", from_zero},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array paper_strubell2019 = {
    Column{"id", text, true, false, "stable name"},
    Column{"table", text, true, true, "table of the paper"},
    Column{"row", text, true, false, "row of that table"},
    Column{"field", text, true, false, "column of that table"},
    Column{"printed", text, false, false, "as printed"},
    Column{"value", number, false, false, "as a number"},
    Column{"unit", text, false, false, "of the number"},
    Column{"check", text, false, false, "does it agree with the other cells"},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array prices = {
    Column{"id", text, true, false, "stable name"},
    Column{"set", text, true, true, "publisher and date"},
    Column{"provider", text, false, false, "aws, gcp, azure ..."},
    Column{"name", text, true, false, "what is priced"},
    Column{"accelerator", text, false, false, "id in table accelerators"},
    Column{"unit", text, true, false, "what the price is per"},
    Column{"usd_per_hour_on_demand", number, false, false, "USD", from_zero},
    Column{"usd_per_hour_spot", number, false, false, "USD", from_zero},
    Column{"usd_per_kwh", number, false, false, "USD", from_zero},
    Column{"date", text, true, false, "year-month"},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array pue = {
    Column{"id", text, true, false, "world:year, provider:year or region:year"},
    Column{"scope", text, true, false, "world, fleet, site"},
    Column{"region", text, false, true, "id in table regions, for sites"},
    Column{"provider", text, false, true, "for fleets"},
    Column{"pue", number, true, false, "facility energy / IT energy", Bounds{1, 5}},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array regions = {
    Column{"id", text, true, true, "ISO 3166 code, eGRID subregion, or provider:code"},
    Column{"kind", text, true, false, "country, aggregate, subdivision, egrid_subregion, cloud"},
    Column{"name", text, true, true, "in English"},
    Column{"aliases", texts, false, true, "other names and codes"},
    Column{"provider", text, false, false, "aws, gcp, azure ..."},
    Column{"code", text, false, true, "the provider's region code"},
    Column{"zone", text, false, false, "the region it draws its power from"},
    Column{"country", text, false, false, "ISO 3166 alpha-2"},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array runs = {
    Column{"id", text, true, true, "Key of the row, unique in its table"},
    Column{"kind", text, true, false, "How far the figures were measured"},
    Column{"family", text, true, false, "Rows of one family are not independent"},
    Column{"model", text, true, true, "Model or task"},
    Column{"organisation", text, true, false, "Who trained"},
    Column{"accelerator", text, false, false, "Accelerator id"},
    Column{"accelerator_printed", text, false, false, "Accelerator as the source prints it"},
    Column{"accelerator_count", number, false, false, "Devices", from_zero},
    Column{"hours", number, false, false, "Wall-clock hours", from_zero},
    Column{"accelerator_hours", number, false, false, "Device-hours", from_zero},
    Column{"parameters", number, false, false, "Parameters", from_zero},
    Column{"active_parameters", number, false, false, "Parameters used per token", from_zero},
    Column{"tokens", number, false, false, "Training tokens", from_zero},
    Column{"flops", number, false, false, "Floating-point operations of the training", from_zero},
    Column{"flops_basis", text, false, false, "Where flops came from"},
    Column{"mfu", number, false, false, "Model FLOPs utilisation as stated, 0 to 1", share},
    Column{
        "hardware_utilization", number, false, false, "Hardware FLOPs utilisation as stated, 0 to 1", share},
    Column{"utilization_basis", text, false, false, "Whose utilisation figure"},
    Column{"achieved_tflops_per_accelerator", number, false, false, "TFLOP/s reached per device", from_zero},
    Column{"accelerator_power_w", number, false, false, "Mean watts per device, as stated or derived",
        from_zero},
    Column{"power_basis", text, false, false, "What accelerator_power_w covers"},
    Column{"rated_power_w", number, false, false, "Rated watts per device that the source states", from_zero},
    Column{"location", text, false, false, "Where it ran"},
    Column{"pue", number, false, false, "PUE used", Bounds{1, 5}},
    Column{"intensity_g_per_kwh", number, false, false, "g CO2e per kWh used", from_zero},
    Column{"intensity_basis", text, false, false, "What kind of intensity"},
    Column{"energy_kwh", number, false, false, "Published energy in kWh", from_zero},
    Column{"energy_scope", text, false, false, "What energy_kwh covers"},
    Column{"energy_basis", text, false, false, "How energy_kwh came about"},
    Column{"gpu_energy_kwh", number, false, false, "Energy of the accelerators alone in kWh", from_zero},
    Column{"co2e_kg", number, false, false, "Published kg CO2e", from_zero},
    Column{"co2e_basis", text, false, false, "Accounting of co2e_kg"},
    Column{"net_co2e_kg", number, false, false, "Published net or market-based kg CO2e", from_zero},
    Column{"printed_co2e_lb", number, false, false, "lb CO2e as printed", from_zero},
    Column{"embodied_kgco2e", number, false, false, "Published embodied kg CO2e", from_zero},
    Column{"embodied_basis", text, false, false, "What it covers"},
    Column{"cost_low_usd", number, false, false, "Lower cost in USD", from_zero},
    Column{"cost_high_usd", number, false, false, "Upper cost in USD", from_zero},
    Column{"cost_basis", text, false, false, "What kind of cost"},
    Column{"usable_for", texts, false, false,
        "Steps the row can test: P power to energy, H hardware and hours to ene"},
    Column{
        "circular", text, false, false, "Whether the published total follows from rated power or from hours"},
    Column{"confidence", text, true, false, "How many readings agree"},
    FOOTPOUND_PROVENANCE,
};

inline constexpr std::array sources = {
    Column{"id", text, true, false, "stable name"},
    Column{"title", text, true, false, "of the work"},
    Column{"publisher", text, true, false, "or authors"},
    Column{"year", integer, true, false, "published, or retrieved", years},
    Column{"url", text, false, false, "where it is"},
    Column{"doi", text, false, false, "digital object identifier"},
    Column{"licence", text, false, false, "of the data"},
    Column{"note", text, false, false, "what to watch out for"},
};

inline constexpr std::array spreads = {
    Column{"id", text, true, false, "the rung it belongs to"},
    Column{"value", number, false, false, "central value of a prior"},
    Column{"unit", text, false, false, "of the value"},
    Column{"log_sd", number, true, false, "log standard deviation", Bounds{0, 3}},
    Column{"n", integer, true, false, "published values behind it", from_zero},
    Column{"how", text, true, false, "how it was obtained"},
    FOOTPOUND_PROVENANCE,
};

#undef FOOTPOUND_PROVENANCE
}  // namespace columns

// Definition of each table, by TableId.
const TableDef& table_def(TableId id);
std::span<const TableDef> table_defs();

}  // namespace footpound
