// SPDX-License-Identifier: MIT
// The tables compiled in; defined by files that tools/embed_tables writes at build time.
#pragma once

#include "factors/tables.hpp"

namespace footpound {

extern const TableImage built_in_accelerators;
extern const TableImage built_in_ambiguous_names;
extern const TableImage built_in_cpus;
extern const TableImage built_in_embodied;
extern const TableImage built_in_equivalents;
extern const TableImage built_in_grid;
extern const TableImage built_in_instances;
extern const TableImage built_in_measured_power;
extern const TableImage built_in_memory;
extern const TableImage built_in_paper_strubell2019;
extern const TableImage built_in_prices;
extern const TableImage built_in_pue;
extern const TableImage built_in_regions;
extern const TableImage built_in_runs;
extern const TableImage built_in_sources;
extern const TableImage built_in_spreads;

// "2026.1 (0123456789abcdef)": the data set's version, and a hash of its files
extern const char* const built_in_data_version;

}  // namespace footpound
