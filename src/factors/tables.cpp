// SPDX-License-Identifier: MIT
#include "factors/tables.hpp"

namespace footpound {

namespace {

// In the order of TableId.
constexpr std::array<TableDef, table_count> defs = {{
    {"accelerators", "what trains: GPUs, TPUs and others", columns::accelerators, Fold::hardware},
    {"ambiguous_names", "names that stand for several accelerators", columns::ambiguous_names,
        Fold::hardware},
    {"cpus", "processors with their rated power", columns::cpus, Fold::hardware},
    {"embodied", "emissions of making the hardware", columns::embodied, Fold::exact},
    {"equivalents", "what an amount of CO2e is like", columns::equivalents, Fold::name},
    {"grid", "carbon intensity of electricity by region and year", columns::grid, Fold::exact},
    {"instances", "cloud instances and slices, and the accelerators in them", columns::instances, Fold::name},
    {"measured_power", "published mean draws of accelerators and nodes", columns::measured_power,
        Fold::exact},
    {"memory", "draw of memory", columns::memory, Fold::exact},
    {"paper_strubell2019", "the cells of Strubell et al. (2019)", columns::paper_strubell2019, Fold::exact},
    {"prices", "prices of cloud accelerators and of electricity, dated", columns::prices, Fold::exact},
    {"pue", "power usage effectiveness by site, fleet and year", columns::pue, Fold::exact},
    {"regions", "all that --region accepts", columns::regions, Fold::name},
    {"runs", "published training runs", columns::runs, Fold::name},
    {"sources", "where the figures come from", columns::sources, Fold::exact},
    {"spreads", "priors and the doubt of each guess", columns::spreads, Fold::exact},
}};

}  // namespace

std::span<const TableDef> table_defs() { return defs; }
const TableDef& table_def(TableId id) { return defs[static_cast<std::size_t>(id)]; }

}  // namespace footpound
