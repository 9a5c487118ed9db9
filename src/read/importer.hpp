// SPDX-License-Identifier: MIT
// Files of other trackers: CSV with a row for each finished run. An importer says in a table which column of
// theirs is which field of ours, and in what unit; one function does what a table cannot say. Everything
// else is done here: the header, CSV, columns that pass through, errors that name line and column.
//
// A new one is a file beside codecarbon.cpp and a row of input_formats.cpp.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "read/reader.hpp"

namespace footpound {

// How the cells of a column are read. An empty cell says nothing.
struct Conversion {
  enum class Kind : unsigned char { text, moment, number };
  enum class Zero : unsigned char { value, unknown, no_run };
  Kind kind = Kind::text;
  std::string_view what = {};  // messages: "... is no time; it is in seconds"
  std::string_view unit = {};
  double of_ours = 1;  // so many of theirs are one in the field's unit
  double least = 0;
  Zero zero = Zero::value;  // what 0 says; of `no_run` the row is skipped
};
inline constexpr Conversion as_text{};
inline constexpr Conversion as_moment{Conversion::Kind::moment};  // local where it has no offset
inline constexpr Conversion seconds_of_run{
    Conversion::Kind::number, "time", "it is in seconds", seconds_per_hour, 0, Conversion::Zero::unknown};
inline constexpr Conversion kwh_of_run{
    Conversion::Kind::number, "energy", "it is the run's kWh", 1, 0, Conversion::Zero::no_run};
inline constexpr Conversion as_pue{Conversion::Kind::number, "PUE", "it is 1 or more", 1, 1};

struct ImportColumn {
  enum class Role : unsigned char {
    may_be_there,
    tells,  // all that tell have to be in a header that the format is known by
    needed  // and without this one nothing can be read
  };
  std::string_view name;        // in lower case; theirs may be in any
  std::string_view field = {};  // ours; none: it is for `finish`, or tells the format
  Conversion conversion = {};
  Role role = Role::may_be_there;
  std::string_view also = {};  // another name of it, in other versions
};

class ImportedRun;
struct Field;

struct Importer {
  std::string_view file;  // for messages: "CodeCarbon's emissions.csv"
  std::span<const ImportColumn> columns;
  // Called when the columns have been taken over, in their order and without an error. May be nullptr.
  Result<void> (*finish)(ImportedRun& run) = nullptr;
  std::string_view missing = {};  // a cell that says as little as an empty one: "N/A"
  std::string_view misfit = {};   // why some rows do not fit their header, for the error
  // The column that names a run, and those of its totals, the time first: where they grow from each row of
  // a run to the next, the last row counts (GrowingRuns), and the others are skipped.
  std::string_view run = {};
  std::span<const std::string_view> growing = {};
};

// A row on its way to be a record, for `finish`. Texts outlive it.
class ImportedRun {
 public:
  // As it is meant; "" where the row says nothing.
  std::string_view cell(std::string_view column) const;
  // nullopt: it is no number.
  std::optional<double> number(std::string_view column) const;

  Spec& spec() { return record_.spec; }
  // Of the fields in the table, by their name.
  bool states(std::string_view name) const;
  void take_back(std::string_view name);  // what a column said

  // A state or a province where the tables know one of that name in the country; else the country.
  void place(std::string_view country, std::string_view part);
  // Devices all alike. Only embodied emissions need them: those that nobody named, or counted, are left out.
  void devices(std::string_view name, double count);

  // `fields` and `cells` are those of the importer's columns.
  ImportedRun(const Importer& importer, std::span<const Field* const> fields,
      std::span<const std::string_view> cells, const Catalog* catalog, Record& record, const Spec& base)
      : importer_(importer),
        fields_(fields),
        cells_(cells),
        catalog_(catalog),
        record_(record),
        base_(base) {}

 private:
  const Field& field(std::string_view name) const;

  const Importer& importer_;
  std::span<const Field* const> fields_;
  std::span<const std::string_view> cells_;
  const Catalog* catalog_;  // may be nullptr
  Record& record_;
  const Spec& base_;  // what the flags say
};

std::unique_ptr<RecordReader> make_importer(const Importer& importer, const ReaderOptions& options);
bool looks_imported(const Importer& importer, std::string_view head);

// The row of an importer in the table of input formats.
template <const Importer& (*importer)()>
constexpr InputFormat imported(std::string_view name, std::string_view help) {
  InputFormat format{};
  format.name = name;
  format.help = help;
  format.recognises = [](std::string_view head) { return looks_imported(importer(), head); };
  format.make = [](const ReaderOptions& options) { return make_importer(importer(), options); };
  format.writes = "csv";
  format.unmistakable = true;
  format.delimiter = ',';
  return format;
}

}  // namespace footpound
