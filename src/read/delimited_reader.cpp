// SPDX-License-Identifier: MIT
// CSV and TSV: RFC 4180 quoting, embedded line ends, CRLF, no final newline.
#include "read/delimited_reader.hpp"

#include <algorithm>
#include <utility>

#include "read/column_meaning.hpp"
#include "read/misread_row.hpp"
#include "text/csv_text.hpp"
#include "text/delimited_text.hpp"

namespace footpound {

namespace {

Error mixed_line_ends() {
  return Error{ErrorKind::malformed, {}, "the header holds a carriage return (CR) that ends no line",
      "end all lines alike, in LF or in CR LF"};
}

std::string_view without_line_end(std::string_view row) {
  if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
  return row;
}

class DelimitedReader : public RecordReader {
 public:
  DelimitedReader(char delimiter, const ReaderOptions& options) : delimiter_(delimiter), options_(options) {}

  std::size_t header_end(std::string_view head) const override {
    return delimited_record_end(head, 0, delimiter_);
  }
  Result<std::size_t> begin(std::string_view head) override;
  std::unique_ptr<Cutter> cutter() const override { return make_delimited_cutter(delimiter_); }
  std::uint64_t read(std::string_view block, const Spec& base, const Sink& sink) const override;
  Encoding encoding() const override { return delimiter_ == '\t' ? Encoding::tsv : Encoding::csv; }
  std::span<const std::string> header() const override { return names_; }
  std::string_view raw_header() const override { return raw_header_; }
  std::string_view line_end() const override { return crlf_ ? "\r\n" : "\n"; }
  std::vector<std::string> notes() const override { return notes_.notes(); }

 private:
  bool fill_plainly(std::string_view block, RowIndex::Row row, Record& record) const;
  void fill(std::string_view block, RowIndex::Row row, std::string& scratch, Record& record) const;
  void keep(std::string_view block, RowIndex::Row row, bool quotes_match, Record& record) const;

  char delimiter_;
  ReaderOptions options_;
  std::string raw_header_;
  std::vector<std::string> names_;
  std::vector<ColumnMeaning> meanings_;
  struct Mapped {
    std::size_t column;
    const Field* field;
  };
  std::vector<Mapped> mapped_;  // the columns that state something
  // Those of them that mostly hold a bare value, by its kind, with what sets the field.
  template <class Set>
  struct Bare {
    std::size_t column;
    std::uint64_t bit;  // in Record::stated
    Set set;
  };
  std::vector<Bare<decltype(FieldSetter::number)>> numbers_;
  std::vector<Bare<decltype(FieldSetter::text)>> texts_;
  std::vector<Bare<decltype(FieldSetter::instant)>> instants_;
  bool all_are_bare_ = false;
  std::vector<std::size_t> kept_;  // those that Record::own_fields holds
  UserColumns users_;
  bool replaces_ = false;
  bool crlf_ = false;
  NameNotes notes_;
};

// The cell without the row's line end.
std::string_view cell(std::string_view text, RowIndex::Row row, std::size_t column) {
  const std::string_view whole = row.cell(text, column);
  return column + 1 == row.count ? without_line_end(whole) : whole;
}

Result<std::size_t> DelimitedReader::begin(std::string_view head) {
  if (!options_.header)
    return Error{ErrorKind::malformed, {}, "has no header",
        "columns are found by their names; name them with --fields a,b,c"};
  if (head.empty()) return 0;
  const std::size_t end = delimited_record_end(head, 0, delimiter_);
  const std::string_view line = head.substr(0, end);
  crlf_ = !line.empty() && line.back() == '\r';
  raw_header_ = without_line_end(line);

  RowSplitter columns(delimiter_);
  std::string scratch;
  if (!columns.split(raw_header_))
    return Error{ErrorKind::malformed, {}, "the header's quotes do not match", {}};
  KnownColumns known;
  for (std::size_t column = 0; column < columns.row().count; ++column) {
    const std::string_view raw = cell(raw_header_, columns.row(), column);
    if (raw.find('\r') != std::string_view::npos && raw.front() != '"') return mixed_line_ends();
    const std::string name(csv_meaning(raw, scratch));
    if (std::optional<Error> refused = refused_field(name)) return *refused;
    const ColumnMeaning meaning = meaning_of(name);
    if (std::optional<Error> twice = known.add(name, meaning)) return *twice;
    replaces_ = replaces_ || meaning.output != nullptr;
    if (meaning.output == nullptr) users_.add(column);
    notes_.add(near_miss(name));
    if (meaning.field != nullptr) mapped_.push_back({names_.size(), meaning.field});
    names_.push_back(name);
    meanings_.push_back(meaning);
  }
  for (const auto& [column, field] : mapped_) {
    const FieldSetter& setter = field->setter;
    if (setter.number != nullptr) numbers_.push_back({column, setter.bit, setter.number});
    if (setter.text != nullptr) texts_.push_back({column, setter.bit, setter.text});
    if (setter.instant != nullptr) instants_.push_back({column, setter.bit, setter.instant});
  }
  all_are_bare_ = numbers_.size() + texts_.size() + instants_.size() == mapped_.size();
  for (std::size_t column = 0; column < names_.size(); ++column) {
    // to replace one of the own fields the writer needs them all
    if (replaces_ || keeps(options_, names_[column])) kept_.push_back(column);
  }
  return end == std::string_view::npos ? head.size() : end + 1;
}

// Of a row of bare numbers and texts without quotes; false where one is another: then fill() has to.
bool DelimitedReader::fill_plainly(std::string_view block, RowIndex::Row row, Record& record) const {
  const bool ends_plainly = row.count == names_.size() &&
                            record.raw.data() + record.raw.size() == block.data() + row.end();  // by no \r
  if (!all_are_bare_ || !ends_plainly) return false;
  for (const auto& [column, bit, set] : numbers_) {
    const std::string_view text = row.cell(block, column);
    if (text.empty()) continue;
    double number = 0;
    if (!TextWithin(text, block).parse_short_decimal(number) || !set(record.spec, number)) return false;
    record.stated |= bit;
  }
  for (const auto& [column, bit, set] : texts_) {
    const std::string_view text = row.cell(block, column);
    if (text.empty()) continue;
    if (text.front() == '"' || text.front() <= ' ' || text.back() <= ' ') return false;
    record.spec.*set = text;
    record.stated |= bit;
  }
  for (const auto& [column, bit, set] : instants_) {
    const std::string_view text = row.cell(block, column);
    if (text.empty()) continue;
    Instant instant;
    if (!parse_usual_instant(text, record.day, instant)) return false;
    record.spec.*set = instant;
    record.stated |= bit;
  }
  return true;
}

void DelimitedReader::fill(
    std::string_view block, RowIndex::Row row, std::string& scratch, Record& record) const {
  if (row.count != meanings_.size()) {
    record.error = misfit_row(row.count, meanings_.size());
    return;
  }
  for (const Mapped& mapped : mapped_) {
    const std::string_view raw = cell(block, row, mapped.column);
    if (raw.empty()) continue;
    TextWithin text(raw, block);
    if (raw.front() == '"') {
      const std::string_view meaning = csv_meaning(raw, scratch);
      if (meaning.data() == scratch.data()) {
        record.decoded.push_back(scratch);
        text = TextWithin(record.decoded.back());
      } else {
        text = text.part(meaning);
      }
    }
    state_field(mapped.field->setter, text, record);
    if (record.error) return;
  }
}

// The row's own fields: those that are asked for; all of one that has to be written otherwise than it
// was read.
void DelimitedReader::keep(
    std::string_view block, RowIndex::Row row, bool quotes_match, Record& record) const {
  record.own_fields.clear();
  const bool is_too_long = quotes_match && row.count > names_.size();
  if ((is_too_long || !quotes_match) && options_.own_fields_wanted.empty()) {
    for (std::size_t column = 0; column < names_.size(); ++column)
      record.own_fields.push_back(
          {names_[column], is_too_long ? cell(block, row, column) : std::string_view()});
    if (!is_too_long) return keep_whole(record, users_, delimiter_);
    const char* const surplus = row.cell(block, names_.size()).data();
    return keep_surplus(
        record, users_, record.raw.substr(static_cast<std::size_t>(surplus - record.raw.data())), delimiter_);
  }
  for (const std::size_t column : kept_) {
    if (column < row.count) record.own_fields.push_back({names_[column], cell(block, row, column)});
  }
}

std::uint64_t DelimitedReader::read(std::string_view block, const Spec& base, const Sink& sink) const {
  RowIndex index(block, delimiter_);
  RowSplitter splitter(delimiter_);
  std::string scratch;
  Record record;
  record.spec = base;
  record.states_by_field = true;
  record.replaces = replaces_;
  for (const Mapped& mapped : mapped_) record.said[index_of(*mapped.field)] = names_[mapped.column];
  std::uint64_t line = 1;
  std::size_t begin = 0;
  while (begin < block.size()) {
    record.line = line++;
    record.error.reset();
    RowIndex::Row row = index.next();
    if (row.empty()) {
      index.fill(begin);
      row = index.next();
    }
    std::size_t end = row.empty() ? 0 : row.end();
    bool quotes_match = true;
    if (row.empty()) {
      // quoted, very long, or the last one without a line feed
      end = std::min(delimited_record_end(block, begin, delimiter_), block.size());
      quotes_match = splitter.split(block, begin, end);
      if (!quotes_match) {
        record.error = unmatched_quotes();
      }
      line += count_line_feeds(block.substr(begin, end - begin));
      row = splitter.row();
    }
    record.raw = without_line_end(block.substr(begin, end - begin));
    begin = end + 1;
    if (record.raw.empty() && meanings_.size() > 1) continue;  // a blank line is no record
    if (!record.decoded.empty()) record.decoded.clear();
    std::uint64_t stated_before = std::exchange(record.stated, 0);
    if (!record.error && !fill_plainly(block, row, record)) {
      stated_before |= std::exchange(record.stated, 0);
      fill(block, row, scratch, record);
    }
    restore_unstated(record, stated_before, base);
    record.fields = row.count;
    if (!kept_.empty() || row.count != names_.size() || !quotes_match) {
      keep(block, row, quotes_match, record);
    } else if (!record.own_fields.empty()) {
      record.own_fields.clear();  // those of a misread row before
    }
    sink(record);
  }
  return line - 1;
}

}  // namespace

std::unique_ptr<RecordReader> make_csv_reader(const ReaderOptions& options) {
  return std::make_unique<DelimitedReader>(',', options);
}
std::unique_ptr<RecordReader> make_tsv_reader(const ReaderOptions& options) {
  return std::make_unique<DelimitedReader>('\t', options);
}

bool looks_like_csv(std::string_view head) {
  const std::vector<std::string> names = first_row(head, ',');
  return std::any_of(
      names.begin(), names.end(), [](const std::string& name) { return find_field(name) != nullptr; });
}

bool looks_like_tsv(std::string_view head) {
  const std::string_view line = head.substr(0, head.find('\n'));
  const std::size_t tab = line.find('\t');
  return tab != std::string_view::npos && line.find('{') == std::string_view::npos;
}

}  // namespace footpound
