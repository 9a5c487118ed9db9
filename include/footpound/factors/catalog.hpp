// SPDX-License-Identifier: MIT
// All tables of one run: what is compiled in, with what `--tables` lays over it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "footpound/base/result.hpp"

namespace footpound {

class KnownNames;
class Row;
class Table;
enum class TableId : unsigned char;

// Any number of threads may read one catalog. Rows, and answers that name them, point into it: it is
// not copied or moved, and lives as long as they do.
class Catalog {
 public:
  Catalog();
  ~Catalog();
  Catalog(const Catalog&) = delete;
  Catalog& operator=(const Catalog&) = delete;

  // Lays a file, or every *.json of a directory in the order of their names, over what is
  // there: a row replaces the fields it states of the row with its id; an unknown id is a new
  // row. Rows handed out before are no longer valid. Errors name file, row and key.
  Result<void> overlay(const std::string& path);

  // "2026.1 (hash)"; with overlays " + FILE" for each.
  std::string data_version() const;

  // The year of the compiled-in data, 2026: how old a row is, is told from this and not from a
  // clock, or answers would change overnight.
  int data_year() const;

  // What follows is the program's own view (src/factors).

  const Table& table(TableId id) const;

  // The names of a table, to look for near ones among, as `collect` gathers them when they are
  // first asked for. Any thread may ask.
  using Collect = void (*)(const Table& table, KnownNames& names);
  const KnownNames& known_names(TableId id, Collect collect) const;

  // Where a row was stated: "" = compiled in.
  std::string_view file_of(Row row) const;

 private:
  struct Tables;

  Result<void> overlay_file(const std::string& path);

  std::unique_ptr<Tables> tables_;
};

}  // namespace footpound
