// SPDX-License-Identifier: MIT
#include "read/importer.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/letters.hpp"
#include "factors/regions.hpp"
#include "read/delimited_reader.hpp"
#include "read/growing_runs.hpp"
#include "record/fields.hpp"
#include "text/csv_text.hpp"
#include "text/delimited_text.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

using Kind = Conversion::Kind;
using Role = ImportColumn::Role;
using Zero = Conversion::Zero;

bool is_called(std::string_view header, const ImportColumn& column) {
  const std::string_view name = without_blanks(header);
  return same_without_case(name, column.name) ||
         (!column.also.empty() && same_without_case(name, column.also));
}

bool has_header_of(const Importer& importer, std::string_view head, char delimiter) {
  const std::vector<std::string> header = first_row(head, delimiter);
  return std::all_of(importer.columns.begin(), importer.columns.end(), [&](const ImportColumn& column) {
    return column.role == Role::may_be_there ||
           std::any_of(header.begin(), header.end(),
               [&](const std::string& name) { return is_called(name, column); });
  });
}

Error in(const ImportColumn& column, ErrorKind kind, std::string what, std::string_view instead) {
  return Error{kind, std::string(column.name), std::move(what), std::string(instead)};
}

void mark(const Field& field, Record& record) {
  record.stated |= bit(field);
  record.said[index_of(field)] = field.name;
}

const Field& known(std::string_view name) {
  const Field* const field = find_field(name);
  if (field == nullptr) throw std::logic_error("an importer names no field: " + std::string(name));
  return *field;
}

Result<void> take_number(
    const ImportColumn& column, const Field& field, std::string_view cell, Record& record) {
  const Conversion& as = column.conversion;
  const auto is_no = [&](ErrorKind kind) {
    return in(column, kind, in_quotes(cell) + " is no " + std::string(as.what), as.unit);
  };
  double value = 0;
  if (!parse_number(cell, value)) return is_no(ErrorKind::bad_value);
  if (value < as.least) return is_no(ErrorKind::out_of_range);
  if (value == 0 && as.zero == Zero::no_run)
    return Error{ErrorKind::skipped, {}, "the tracker recorded no " + std::string(as.what), {}};
  if (value == 0 && as.zero == Zero::unknown) return {};
  if (!field.setter.number(record.spec, value / as.of_ours)) return is_no(ErrorKind::out_of_range);
  mark(field, record);
  return {};
}

Result<void> take(const ImportColumn& column, const Field* field, std::string_view cell, Record& record) {
  if (cell.empty()) {
    if (column.role != Role::needed) return {};
    return in(column, ErrorKind::missing, "is empty", column.conversion.unit);
  }
  if (field == nullptr) return {};
  switch (column.conversion.kind) {
    case Kind::number: return take_number(column, *field, cell, record);
    case Kind::moment: {
      const Result<Instant> moment = parse_instant(cell, record.spec.local_offset_seconds);
      if (!moment) return in(column, ErrorKind::bad_value, in_quotes(cell) + " is not a time", {});
      record.spec.*field->setter.instant = *moment;
      break;
    }
    case Kind::text: record.spec.*field->setter.text = cell;
  }
  mark(*field, record);
  return {};
}

class ImportReader : public RecordReader {
 public:
  ImportReader(const Importer& importer, const ReaderOptions& options)
      : importer_(importer), options_(options), where_(importer.columns.size()) {
    ReaderOptions csv = options;
    csv.keep_own_fields = true;
    csv.own_fields_wanted.clear();
    csv_ = make_csv_reader(csv);
    for (const ImportColumn& column : importer.columns)
      fields_.push_back(column.field.empty() ? nullptr : &known(column.field));
  }

  std::size_t header_end(std::string_view head) const override { return csv_->header_end(head); }
  Result<std::size_t> begin(std::string_view head) override;
  std::unique_ptr<Cutter> cutter() const override;
  std::uint64_t read(std::string_view block, const Spec& base, const Sink& sink) const override;
  Encoding encoding() const override { return csv_->encoding(); }
  std::span<const std::string> header() const override { return csv_->header(); }
  std::string_view raw_header() const override { return csv_->raw_header(); }
  std::string_view line_end() const override { return csv_->line_end(); }

 private:
  using Cells = std::vector<std::string_view>;
  void find_cells(Record& record, std::string& scratch, Cells& cells) const;
  Result<void> describe(const Cells& cells, const Spec& base, Record& record) const;
  std::size_t column(std::string_view name) const;
  bool has_run() const { return !importer_.run.empty() && where_[column(importer_.run)].has_value(); }
  std::vector<bool> held_by_later_rows(std::string_view block) const;
  Error misfit(const Record& record) const;

  const Importer& importer_;
  ReaderOptions options_;
  std::unique_ptr<RecordReader> csv_;
  std::vector<std::optional<std::size_t>> where_;  // of each column, in their header
  std::vector<const Field*> fields_;               // of ours, for each column
};

std::unique_ptr<Cutter> ImportReader::cutter() const {
  constexpr std::size_t least = std::size_t{8} << 20;
  if (!has_run()) return csv_->cutter();
  return make_run_cutter(*where_[column(importer_.run)], std::min(least, options_.longest_record / 2));
}

std::size_t ImportReader::column(std::string_view name) const {
  const auto found = std::find_if(importer_.columns.begin(), importer_.columns.end(),
      [&](const ImportColumn& column) { return column.name == name; });
  return static_cast<std::size_t>(found - importer_.columns.begin());
}

std::vector<bool> ImportReader::held_by_later_rows(std::string_view block) const {
  GrowingRuns runs;
  Cells cells;
  std::string scratch;
  std::vector<double> totals(importer_.growing.size());
  csv_->read(block, Spec(), [&](Record& record) {
    bool reads = !record.error || record.error->kind != ErrorKind::misfit;
    if (reads) find_cells(record, scratch, cells);
    for (std::size_t i = 0; reads && i < totals.size(); ++i)
      reads = parse_number(cells[column(importer_.growing[i])], totals[i]);
    if (!reads) return runs.add_other();
    runs.add(cells[column(importer_.run)], totals, record.raw);
  });
  return runs.held_by_later_rows();
}

Error ImportReader::misfit(const Record& record) const {
  Error error = *record.error;
  const std::size_t columns = csv_->header().size();
  if (record.fields >= columns + columns / 2) {
    error.what += ": these are two rows in one line";
    error.instead = "put the line end back between them";
  } else if (error.instead.empty()) {
    error.instead = importer_.misfit;
  }
  return error;
}

Result<std::size_t> ImportReader::begin(std::string_view head) {
  if (!has_header_of(importer_, head, ',') && has_header_of(importer_, head, ';')) {
    return Error{ErrorKind::malformed, {}, "its fields stand between semicolons, as a spreadsheet saves them",
        "save it with commas between fields, and points in numbers"};
  }
  Result<std::size_t> length = csv_->begin(head);
  if (!length) return length;
  const std::span<const std::string> header = csv_->header();
  for (std::size_t c = 0; c < where_.size(); ++c) {
    const ImportColumn& column = importer_.columns[c];
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (is_called(header[i], column)) where_[c] = i;
    }
    if (!header.empty() && column.role == Role::needed && !where_[c]) {
      return in(column, ErrorKind::malformed, "is no column of it",
          std::string(importer_.file) + " holds one; for other CSV write --in csv");
    }
  }
  return length;
}

void ImportReader::find_cells(Record& record, std::string& scratch, Cells& cells) const {
  cells.assign(where_.size(), {});
  for (std::size_t c = 0; c < where_.size(); ++c) {
    if (!where_[c] || *where_[c] >= record.own_fields.size()) continue;
    std::string_view text = csv_meaning(record.own_fields[*where_[c]].raw, scratch);
    if (text.data() == scratch.data() && !text.empty()) text = record.decoded.emplace_back(scratch);
    text = without_blanks(text);
    if (text != importer_.missing) cells[c] = text;
  }
}

Result<void> ImportReader::describe(const Cells& cells, const Spec& base, Record& record) const {
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (Result<void> taken = take(importer_.columns[c], fields_[c], cells[c], record); !taken) return taken;
  }
  if (importer_.finish == nullptr) return {};
  ImportedRun run(importer_, fields_, cells, options_.catalog, record, base);
  return importer_.finish(run);
}

std::uint64_t ImportReader::read(std::string_view block, const Spec& base, const Sink& sink) const {
  const std::vector<bool> held = has_run() ? held_by_later_rows(block) : std::vector<bool>();
  std::size_t row = 0;
  Cells cells;
  std::string scratch;
  return csv_->read(block, base, [&](Record& record) {
    const bool is_held = has_run() && held[row];
    ++row;
    if (record.raw == csv_->raw_header()) return;  // of a file that was put behind another
    if (record.error && record.error->kind == ErrorKind::misfit) {
      record.error = misfit(record);
      return sink(record);
    }
    // what the plain CSV reader took the columns for does not count
    record.error.reset();
    record.spec = base;
    record.stated = 0;
    find_cells(record, scratch, cells);
    if (is_held) {
      record.error = Error{ErrorKind::skipped, {}, "a later row of this run holds its energy", {}};
    } else if (Result<void> done = describe(cells, base, record); !done) {
      record.error = std::move(done.error());
    }
    sink(record);
  });
}

}  // namespace

std::string_view ImportedRun::cell(std::string_view column) const {
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    if (importer_.columns[c].name == column) return cells_[c];
  }
  throw std::logic_error("an importer asks for a column that its table lacks: " + std::string(column));
}

std::optional<double> ImportedRun::number(std::string_view column) const {
  double value = 0;
  return parse_number(cell(column), value) ? std::optional(value) : std::nullopt;
}

const Field& ImportedRun::field(std::string_view name) const {
  for (std::size_t c = 0; c < fields_.size(); ++c) {
    if (importer_.columns[c].field == name) return *fields_[c];
  }
  throw std::logic_error("an importer asks for a field that its table lacks: " + std::string(name));
}

bool ImportedRun::states(std::string_view name) const { return (record_.stated & bit(field(name))) != 0; }

void ImportedRun::take_back(std::string_view name) {
  const Field& ours = field(name);
  ours.copy(record_.spec, base_);
  record_.stated &= ~bit(ours);
}

void ImportedRun::place(std::string_view country, std::string_view part) {
  static const Field& region = known("region");
  if (country.empty()) return;
  spec().region = country;
  mark(region, record_);
  if (part.empty() || catalog_ == nullptr) return;
  const Result<RegionMatch> of_part = find_region(*catalog_, part, "");
  const Result<RegionMatch> whole = find_region(*catalog_, country, "");
  if (!of_part || !whole || is_whole_country(of_part->row)) return;
  const Row its_country = country_of(*catalog_, of_part->row);
  if (its_country && its_country.id() == whole->row.id() && provider_of(of_part->row).empty())
    spec().region = of_part->row.id();
}

void ImportedRun::devices(std::string_view name, double count) {
  static const Field& accelerator = known("accelerator");
  static const Field& accelerator_count = known("accelerator_count");
  if (name.empty() || !(count > 0)) return;
  spec().accelerator = name;
  spec().accelerator_count = Stated<double>{count, 0};
  mark(accelerator, record_);
  mark(accelerator_count, record_);
}

std::unique_ptr<RecordReader> make_importer(const Importer& importer, const ReaderOptions& options) {
  return std::make_unique<ImportReader>(importer, options);
}

bool looks_imported(const Importer& importer, std::string_view head) {
  // that with semicolons is refused by its name
  return has_header_of(importer, head, ',') || has_header_of(importer, head, ';');
}

}  // namespace footpound
