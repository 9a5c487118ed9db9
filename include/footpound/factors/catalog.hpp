// SPDX-License-Identifier: MIT
// All tables of one run: what is compiled in, with what `--tables` lays over it.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "footpound/base/result.hpp"
#include "footpound/factors/nearest.hpp"
#include "footpound/factors/tables.hpp"

namespace footpound {

class TableBuilder;

// Rows point into their catalog: it is not copied or moved, and lives as long as they do.
class Catalog {
 public:
  Catalog();
  ~Catalog();
  Catalog(const Catalog&) = delete;
  Catalog& operator=(const Catalog&) = delete;

  const Table& table(TableId id) const { return tables_[static_cast<std::size_t>(id)]; }

  // Lays a file, or every *.json of a directory in the order of their names, over what is
  // there: a row replaces the fields it states of the row with its id; an unknown id is a new
  // row. Rows handed out before are no longer valid. Errors name file, row and key.
  Result<void> overlay(const std::string& path);

  // The names of a table, to look for near ones among, as `collect` gathers them when they are
  // first asked for. Any thread may ask.
  using Collect = void (*)(const Table& table, KnownNames& names);
  const KnownNames& known_names(TableId id, Collect collect) const;

  // Where a row was stated: "" = compiled in.
  std::string_view file_of(Row row) const;

  // "2026.1 (hash)"; with overlays " + FILE" for each.
  std::string data_version() const;

  // The year of the compiled-in data, 2026: how old a row is, is told from this and not from a
  // clock, or answers would change overnight.
  int data_year() const;

 private:
  Result<void> overlay_file(const std::string& path);

  std::array<Table, table_count> tables_;
  std::vector<std::unique_ptr<TableBuilder>> builders_;  // own what overlaid tables point into
  std::vector<std::string> files_;
  mutable std::mutex collecting_;
  mutable std::array<std::unique_ptr<const KnownNames>, table_count> known_names_;
};

}  // namespace footpound
