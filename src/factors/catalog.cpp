// SPDX-License-Identifier: MIT
#include "footpound/factors/catalog.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <vector>

#include "factors/built_in.hpp"
#include "factors/nearest.hpp"
#include "factors/table_builder.hpp"
#include "factors/table_json.hpp"
#include "factors/tables.hpp"

namespace footpound {

namespace {

Error unreadable(const std::string& path, std::string what) {
  return Error{ErrorKind::malformed, path, std::move(what), {}};
}

}  // namespace

struct Catalog::Tables {
  std::array<Table, table_count> tables;
  std::vector<std::unique_ptr<TableBuilder>> builders;  // own what overlaid tables point into
  std::vector<std::string> files;
  std::mutex collecting;
  std::array<std::unique_ptr<const KnownNames>, table_count> known_names;
};

Catalog::Catalog() : tables_(std::make_unique<Tables>()) {
  for (std::size_t i = 0; i < table_count; ++i) {
    tables_->tables[i] = Table(table_defs()[i], *built_in_tables[i]);
  }
}

Catalog::~Catalog() = default;

const Table& Catalog::table(TableId id) const { return tables_->tables[static_cast<std::size_t>(id)]; }

Result<void> Catalog::overlay(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code problem;
  if (!fs::is_directory(path, problem)) return overlay_file(path);
  std::vector<std::string> names;
  for (fs::directory_iterator entry(path, problem), end; !problem && entry != end; entry.increment(problem)) {
    if (entry->path().extension() == ".json") names.push_back(entry->path().string());
  }
  if (problem) return unreadable(path, problem.message());
  if (names.empty()) return unreadable(path, "holds no *.json");
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    if (Result<void> done = overlay_file(name); !done) return done;
  }
  return {};
}

Result<void> Catalog::overlay_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return unreadable(path, std::strerror(errno));
  const std::string text(std::istreambuf_iterator<char>(file), {});
  if (file.bad()) return unreadable(path, "cannot be read");
  Result<std::vector<TableRows>> tables = parse_tables(text, table_defs());
  if (!tables) {
    Error error = tables.error();
    error.field = error.field.empty() ? path : path + ": " + error.field;
    return error;
  }

  tables_->files.push_back(path);
  const auto number = static_cast<std::uint16_t>(tables_->files.size());
  for (const TableRows& stated : *tables) {
    Table& table = tables_->tables[static_cast<std::size_t>(stated.table)];
    auto builder = std::make_unique<TableBuilder>(table.def());
    builder->copy_rows(table);
    for (const std::vector<CellValue>& row : stated.rows) {
      const std::string_view missing = builder->put(row, number);
      if (!missing.empty()) {
        return unreadable(
            path + ": " + std::string(table.def().name) + " " + in_quotes(row.front().texts.front()),
            "is a new row and lacks " + in_quotes(missing));
      }
    }
    table = Table(table.def(), builder->finish());
    tables_->known_names[static_cast<std::size_t>(stated.table)].reset();
    tables_->builders.push_back(std::move(builder));
  }
  return {};
}

const KnownNames& Catalog::known_names(TableId id, Collect collect) const {
  const std::lock_guard lock(tables_->collecting);
  std::unique_ptr<const KnownNames>& known = tables_->known_names[static_cast<std::size_t>(id)];
  if (!known) {
    auto names = std::make_unique<KnownNames>();
    collect(table(id), *names);
    known = std::move(names);
  }
  return *known;
}

std::string_view Catalog::file_of(Row row) const {
  if (!row) return {};
  return row.layer() == 0 ? std::string_view() : tables_->files[row.layer() - 1U];
}

int Catalog::data_year() const { return std::atoi(built_in_data_version); }

std::string Catalog::data_version() const {
  std::string text = built_in_data_version;
  for (const std::string& file : tables_->files) text += " + " + file;
  return text;
}

}  // namespace footpound
