// SPDX-License-Identifier: MIT
// Any text as an overlay table: rows, or an error that says something.
#include <cstdint>
#include <cstdlib>

#include "factors/table_json.hpp"
#include "factors/tables.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace footpound;
  const Result<std::vector<TableRows>> tables =
      parse_tables({reinterpret_cast<const char*>(data), size}, table_defs());
  if (!tables && message(tables.error()).empty()) std::abort();
  return 0;
}
