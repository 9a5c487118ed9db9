// SPDX-License-Identifier: MIT
// The tables compiled in; defined by files that tools/embed_tables writes at build time.
#pragma once

#include "factors/tables.hpp"

namespace footpound {

extern const TableImage* const built_in_tables[table_count];  // by TableId

// "2026.1 (0123456789abcdef)": the data set's version, and a hash of its files
extern const char* const built_in_data_version;

}  // namespace footpound
