// SPDX-License-Identifier: MIT
// The built-in tables with a small world laid over them, in round numbers, so that what is
// expected can be worked out by hand and new data changes no test.
#pragma once

#include <string>

#include "footpound/factors/catalog.hpp"

namespace footpound {

// The world's tables as an overlay file holds them.
const std::string& small_tables();

// One catalog for all tests that only read it.
const Catalog& small_catalog();

// Lays a table's rows over `catalog`: lay(catalog, "grid", R"({"id": ...}, ...)").
void lay(Catalog& catalog, const std::string& table, const std::string& rows);

}  // namespace footpound
