// SPDX-License-Identifier: MIT
// Lines without quotes or escapes: what users name their jobs can hold the delimiter, and is
// joined again where it stands last.
#include "read/slurm/slurm_reader.hpp"

#include <algorithm>
#include <array>
#include <atomic>

#include "read/misread_row.hpp"
#include "read/slurm/row_lines.hpp"
#include "read/slurm/slurm_header.hpp"
#include "read/slurm/slurm_job.hpp"
#include "record/fields.hpp"
#include "text/csv_text.hpp"
#include "text/delimited_text.hpp"
#include "text/line_cutter.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

using C = SlurmColumn;

bool is_empty_word(std::string_view text) {
  return text.empty() || text == "Unknown" || text == "None" || text == "NA" || text == "N/A";
}

bool holds_gpus(const Tres& tres) {
  for (std::size_t i = 0; i < tres.gres_count; ++i) {
    if (is_gpu_gres(tres.gres[i].name) && tres.gres[i].count > 0) return true;
  }
  return false;
}

// CSV that people make has blanks behind its commas.
std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool has_offset(std::string_view text) {
  return text.find('T') == std::string_view::npos || text.back() == 'Z' ||
         text.find_first_of("+-", 11) != std::string_view::npos;
}

class SlurmReader : public RecordReader {
 public:
  explicit SlurmReader(const ReaderOptions& options) : options_(options) {}

  Result<std::size_t> begin(std::string_view head) override;
  std::unique_ptr<Cutter> cutter() const override;
  std::uint64_t read(std::string_view block, const Spec& base, const Sink& sink) const override;
  Encoding encoding() const override {
    return !header_.quoted ? Encoding::plain : header_.delimiter == '\t' ? Encoding::tsv : Encoding::csv;
  }
  std::span<const std::string> header() const override { return names_; }
  std::string_view raw_header() const override { return header_.raw; }
  std::vector<CountedNote> closing_notes() const override { return tally_.notes(); }
  std::optional<Error> unfinished() const override {
    if (!holds_other_header_) return std::nullopt;
    return Error{ErrorKind::malformed, {}, "holds a second header, of other columns",
        "give each call of sacct a file of its own"};
  }

 private:
  using Cells = std::array<std::string_view, slurm_columns>;

  Result<void> fill(std::string_view row, RowSplitter& splitter, SlurmCases& cases, Record& record) const;
  Result<void> split(std::string_view row, RowSplitter& splitter, SlurmCases& cases, Record& record) const;
  bool rejoin(std::string_view row, RowIndex::Row cells, Record& record) const;
  Result<void> check_other_header(const Record& record) const;
  std::size_t end_of_row(std::string_view block, std::size_t at) const;
  Result<void> read_job(const Cells& cells, SlurmCases& cases, const Spec& spec, SlurmJob& job) const;
  Result<void> read_resources(const Cells& cells, SlurmJob& job) const;
  Result<std::optional<Instant>> time_of(
      std::string_view text, const char* name, SlurmCases& cases, const Spec& spec) const;

  ReaderOptions options_;
  const SlurmOptions& slurm_ = options_.of<SlurmOptions>();
  SlurmHeader header_;
  std::vector<std::string> names_;
  std::vector<CellShape> shapes_;
  std::optional<RowLines> lines_;  // where rows may go over several
  mutable std::atomic<bool> holds_other_header_{false};
  mutable SlurmTally tally_;  // blocks are read by many threads
};

Result<std::size_t> SlurmReader::begin(std::string_view head) {
  if (!options_.header)
    return Error{ErrorKind::malformed, {}, "has no header",
        "columns are found by their names: run sacct without -n, or name them with --fields JobID,State,..."};
  if (head.empty()) return 0;
  const std::size_t end = std::min(head.find('\n'), head.size());
  std::string_view line = head.substr(0, end);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  Result<SlurmHeader> header = parse_slurm_header(line);
  if (!header) return header.error();
  header_ = std::move(*header);
  for (const SlurmHeader::Column& column : header_.columns) {
    names_.push_back(column.name);
    shapes_.push_back(column.shape);
  }
  if (header_.spans_lines())
    lines_.emplace(header_.delimiter, names_.size(), header_.id_column(),
        header_.columns.back().shape == CellShape::free);
  return std::min(end + 1, head.size());
}

std::unique_ptr<Cutter> SlurmReader::cutter() const {
  if (header_.quoted) return make_delimited_cutter(header_.delimiter);
  if (lines_) return lines_->cutter();
  return std::make_unique<LineCutter>();
}

std::size_t SlurmReader::end_of_row(std::string_view block, std::size_t at) const {
  if (lines_) return lines_->end_of_row(block, at);
  return std::min(header_.quoted ? delimited_record_end(block, at, header_.delimiter) : block.find('\n', at),
      block.size());
}

// Lays the row's cells together as the columns can hold them, where that is possible in one way alone.
bool SlurmReader::rejoin(std::string_view row, RowIndex::Row cells, Record& record) const {
  std::vector<std::string_view> parts;
  for (std::size_t i = 0; i < cells.count; ++i) parts.push_back(cells.cell(row, i));
  const std::vector<std::size_t> counts = only_reading(shapes_, parts, header_.delimiter);
  std::size_t at = 0;
  for (std::size_t column = 0; column < counts.size(); ++column) {
    const std::string_view last = parts[at + counts[column] - 1];
    const char* const begin = parts[at].data();
    record.own_fields[column].raw = {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
    at += counts[column];
  }
  return !counts.empty();
}

// Behind another header, of another call of sacct, no row can be read, and the stream is not whole.
Result<void> SlurmReader::check_other_header(const Record& record) const {
  if (!names_slurm_columns(record.raw)) return {};
  holds_other_header_ = true;
  return Error{ErrorKind::malformed, {}, "is another header: what stands behind it has other columns",
      "give each call of sacct a file of its own"};
}

// Fills record.own_fields with the cells. What a row has too much goes into its last column where users can
// have written the delimiter into that; elsewhere it is an error, and all of the row is passed on.
Result<void> SlurmReader::split(
    std::string_view row, RowSplitter& splitter, SlurmCases& cases, Record& record) const {
  const std::size_t want = names_.size();
  const bool keeps_all = options_.own_fields_wanted.empty();
  if (header_.trailing && !row.empty() && row.back() == header_.delimiter) row.remove_suffix(1);
  const bool quotes_match = splitter.split(row);
  const RowIndex::Row cells = splitter.row();
  record.fields = cells.count;
  if (!quotes_match) {
    record.own_fields.clear();
    if (keeps_all) {
      for (const std::string& name : names_) record.own_fields.push_back({name, {}});
      keep_whole(record, header_.users, header_.delimiter);
    }
    return unmatched_quotes();
  }
  const std::size_t count = std::min(cells.count, want);
  if (record.own_fields.size() != count) {  // else they are those of the row before, but for what they hold
    record.own_fields.clear();
    for (std::size_t i = 0; i < count; ++i) record.own_fields.push_back({names_[i], {}});
  }
  for (std::size_t i = 0; i < count; ++i) record.own_fields[i].raw = cells.cell(row, i);
  if (cells.count == want) return {};
  const bool is_longer = cells.count > want;
  std::string instead;
  if (is_longer) {
    const char* const last = cells.cell(row, header_.quoted ? want : want - 1).data();
    const std::string_view surplus = row.substr(static_cast<std::size_t>(last - row.data()));
    if (header_.quoted) {
      if (keeps_all) keep_surplus(record, header_.users, surplus, header_.delimiter);
      if (header_.delimiter == ',')
        instead = "AllocTRES is full of commas: without quotes around it, use sacct -P";
    } else {
      if (header_.joins) {
        record.own_fields.back().raw = surplus;
        return {};
      }
      if (rejoin(row, cells, record)) {
        cases.add(SlurmCase::rejoined);
        return {};
      }
      record.own_fields.back().raw = surplus;
      instead = "a field may hold the delimiter: print JobName as the last column, where it does no harm";
    }
  }
  return misfit_row(cells.count, want, std::move(instead));
}

Result<std::optional<Instant>> SlurmReader::time_of(
    std::string_view text, const char* name, SlurmCases& cases, const Spec& spec) const {
  if (is_empty_word(text) || text == "0") return std::optional<Instant>();
  const Result<Instant> instant = parse_instant(text, spec.local_offset_seconds);
  if (!instant) {
    Error error = instant.error();
    error.field = name;
    return error;
  }
  if (!options_.timezone_stated && !has_offset(text)) cases.add(SlurmCase::local_times);
  return std::optional<Instant>(*instant);
}

// What was allocated, in either of the forms in which old and new versions say it, and what was asked for.
Result<void> SlurmReader::read_resources(const Cells& cells, SlurmJob& job) const {
  const auto cell = [&](C column) { return cells[static_cast<std::size_t>(column)]; };
  const auto in_field = [](Result<void> done, const char* field) {
    if (!done) done.error().field = field;
    return done;
  };
  job.has_tres = !cell(C::alloc_tres).empty();
  if (Result<void> done = in_field(parse_tres(cell(C::alloc_tres), job.tres), "AllocTRES"); !done)
    return done;
  if (holds_gpus(job.tres)) return {};
  if (!cell(C::alloc_gres).empty()) {
    if (Result<void> done = in_field(parse_gres_list(cell(C::alloc_gres), job.tres), "AllocGRES"); !done)
      return done;
    if (holds_gpus(job.tres)) {
      job.has_tres = true;
      job.tres_said = "AllocGRES";
      const double nodes = (job.tres.nodes ? job.tres.nodes : job.nodes).value_or(1);
      if (nodes > 1) {
        return Error{ErrorKind::ambiguous, "AllocGRES",
            "counts the GPUs of a node or of the job, which Slurm's version decides, and the job has several "
            "nodes",
            "print AllocTRES, or state the number in a column gpus"};
      }
      return {};
    }
  }
  Tres asked;
  job.asks_for_gpus = (parse_tres(cell(C::asked_tres), asked) && holds_gpus(asked)) ||
                      (parse_gres_list(cell(C::asked_gres), asked) && holds_gpus(asked)) ||
                      asks_for_gpus(cell(C::submit_line));
  return {};
}

Result<void> SlurmReader::read_job(
    const Cells& cells, SlurmCases& cases, const Spec& spec, SlurmJob& job) const {
  const auto cell = [&](C column) { return cells[static_cast<std::size_t>(column)]; };
  job.id = cell(C::job_id).empty() ? cell(C::job_id_raw) : cell(C::job_id);
  job.raw_id = cell(C::job_id_raw);
  job.sluid = cell(C::sluid);
  job.state = cell(C::state);
  // what is skipped is not looked at: the fields of steps and of waiting jobs are half empty
  if (job.id.find('.') != std::string_view::npos || job.state.substr(0, 7) == "PENDING") return {};
  job.name = cell(C::job_name);
  job.partition = cell(C::partition);
  job.node_list = cell(C::node_list);
  job.qos = cell(C::qos);
  job.account = cell(C::account);
  job.cluster = cell(C::cluster);

  const bool raw = !cell(C::elapsed_raw).empty();
  const std::string_view elapsed = raw ? cell(C::elapsed_raw) : cell(C::elapsed);
  job.elapsed_said = raw || !header_.has(C::elapsed) ? "ElapsedRaw" : "Elapsed";
  if (!is_empty_word(elapsed)) {
    job.elapsed_seconds = slurm_seconds(elapsed);
    if (!job.elapsed_seconds)
      return Error{ErrorKind::bad_value, std::string(job.elapsed_said), in_quotes(elapsed) + " is no time",
          "sacct writes [D-]HH:MM:SS, or seconds"};
    if (!raw && elapsed.find('-') == std::string_view::npos &&
        std::count(elapsed.begin(), elapsed.end(), ':') < 2)
      cases.add(SlurmCase::short_times);
  }
  Result<std::optional<Instant>> start = time_of(cell(C::start), "Start", cases, spec);
  if (!start) return start.error();
  job.start = *start;
  SlurmCases once;  // a job's times are one matter
  Result<std::optional<Instant>> end = time_of(cell(C::end), "End", once, spec);
  if (!end) return end.error();
  job.end = *end;

  double number = 0;
  if (parse_number(cell(C::nodes), number)) job.nodes = number;
  if (parse_number(cell(C::cpus), number)) job.cpus = number;
  job.joules = slurm_joules(cell(C::energy_raw));
  if (!job.joules) job.joules = slurm_joules(cell(C::energy));
  return read_resources(cells, job);
}

Result<void> SlurmReader::fill(
    std::string_view row, RowSplitter& splitter, SlurmCases& cases, Record& record) const {
  if (Result<void> done = split(row, splitter, cases, record); !done) {
    if (Result<void> other = check_other_header(record); !other) return other;
    return done;
  }
  std::string scratch;
  Cells cells;
  for (std::size_t i = 0; i < record.own_fields.size(); ++i) {
    const SlurmHeader::Column& column = header_.columns[i];
    std::string_view raw = record.own_fields[i].raw;
    if (header_.quoted) {
      raw = csv_meaning(raw, scratch);
      if (raw.data() == scratch.data()) raw = record.decoded.emplace_back(scratch);
    }
    if (column.slurm) {
      cells[static_cast<std::size_t>(*column.slurm)] = header_.quoted ? trimmed(raw) : raw;
    } else if (column.ours.field != nullptr) {
      if (Result<void> done = set_field(*column.ours.field, column.name, raw, record); !done) return done;
    }
  }
  const std::string_view first_id = cells[static_cast<std::size_t>(C::job_id)];
  const std::string_view id = first_id.empty() ? cells[static_cast<std::size_t>(C::job_id_raw)] : first_id;
  if (id.empty() || id.front() < '0' || id.front() > '9') {
    if (Result<void> other = check_other_header(record); !other) return other;
  }
  SlurmJob job;  // large: filled in its place
  if (Result<void> done = read_job(cells, cases, record.spec, job); !done) return done;
  if (options_.marks_jobs) record.job = mark_of(job);
  return describe_slurm_job(job, slurm_, cases, record);
}

std::uint64_t SlurmReader::read(std::string_view block, const Spec& base, const Sink& sink) const {
  SlurmCounts counts;
  RowSplitter splitter(header_.delimiter, header_.quoted);
  Record record;
  std::uint64_t line = 0;
  std::uint64_t lines_before = 0;  // line ends inside the row before
  std::size_t at = 0;
  while (at < block.size()) {
    const std::size_t end = end_of_row(block, at);
    std::string_view row = block.substr(at, end - at);
    at = end + 1;
    line += lines_before + 1;
    const bool spans_lines = (header_.quoted || lines_) && row.find('\n') != std::string_view::npos;
    lines_before = spans_lines ? count_line_feeds(row) : 0;
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    if (row.empty()) continue;
    if (row == header_.raw) {
      SlurmCases again;
      again.add(SlurmCase::header_again);
      counts.add(again);
      continue;
    }
    record.line = line;
    record.raw = row;
    record.decoded.clear();
    record.stated = 0;
    record.job = {};
    record.replaces = header_.replaces;
    record.spec = base;
    record.error.reset();
    SlurmCases cases;
    Result<void> done = fill(row, splitter, cases, record);
    if (!done) record.error = std::move(done.error());
    sink(record);
    if (!record.error) counts.add(cases);
  }
  tally_.add(counts);
  return line + lines_before;
}

}  // namespace

std::unique_ptr<RecordReader> make_slurm_reader(const ReaderOptions& options) {
  return std::make_unique<SlurmReader>(options);
}

bool looks_like_slurm(std::string_view head) {
  std::string_view line = head.substr(0, head.find('\n'));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return names_slurm_columns(line);
}

}  // namespace footpound
