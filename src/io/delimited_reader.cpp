// SPDX-License-Identifier: MIT
// CSV and TSV: RFC 4180 quoting, embedded line ends, CRLF, a byte-order mark, no final newline.
#include "io/delimited_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "io/byte_scan.hpp"
#include "io/columns.hpp"
#include "io/csv_text.hpp"

namespace footpound {

namespace {

std::size_t find_byte(std::string_view text, char c, std::size_t from) {
  if (from >= text.size()) return std::string_view::npos;
  const void* found = std::memchr(text.data() + from, c, text.size() - from);
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

// End of the record that begins at `from`: its line feed's position, or npos. A quote opens a
// quoted field only at a field's beginning.
std::size_t record_end(std::string_view text, std::size_t from, char delimiter) {
  const std::size_t newline = find_byte(text, '\n', from);
  const std::size_t quote = find_byte(text.substr(0, std::min(newline, text.size())), '"', from);
  if (quote == std::string_view::npos) return newline;
  bool at_start = true;
  for (std::size_t i = from; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && at_start) {
      // over the quoted text; a doubled quote goes on
      while (true) {
        i = find_byte(text, '"', i + 1);
        if (i == std::string_view::npos) return i;
        if (i + 1 >= text.size() || text[i + 1] != '"') break;
        ++i;
      }
      at_start = false;
    } else if (c == '\n') {
      return i;
    } else {
      at_start = c == delimiter;
    }
  }
  return std::string_view::npos;
}

class DelimitedCutter : public Cutter {
 public:
  explicit DelimitedCutter(char delimiter) : delimiter_(delimiter) {}

  std::size_t cut(std::string_view data, std::size_t) override {
    // without quotes the last line feed is it
    if (find_byte(data, '"', 0) == std::string_view::npos) {
      const std::size_t last = data.rfind('\n');
      return last == std::string_view::npos ? 0 : last + 1;
    }
    std::size_t whole = 0;
    while (true) {
      const std::size_t end = record_end(data, whole, delimiter_);
      if (end == std::string_view::npos) return whole;
      whole = end + 1;
    }
  }

 private:
  char delimiter_;
};

std::size_t count_newlines(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = find_byte(text, '\n', 0); at != std::string_view::npos; at = find_byte(text, '\n', at + 1)) ++count;
  return count;
}

// Splits the row from `from` to `end`, quotes and all: where its cells end, behind the byte before
// the row. False where a quoted
// field goes on behind its closing quote, or does not close.
bool split(std::string_view text, std::size_t from, std::size_t end, char delimiter, std::vector<std::uint32_t>& ends) {
  ends.assign(1, static_cast<std::uint32_t>(from) - 1);
  const std::string_view row = text.substr(0, end);
  const std::size_t last = end > from && row.back() == '\r' ? end - 1 : end;
  while (true) {
    std::size_t at = from;
    if (at < last && row[at] == '"') {
      while (true) {
        at = find_byte(row, '"', at + 1);
        if (at == std::string_view::npos) return false;
        if (at + 1 >= row.size() || row[at + 1] != '"') break;
        ++at;
      }
      ++at;
      if (at < last && row[at] != delimiter) return false;
    } else {
      at = find_byte(row, delimiter, at);
    }
    ends.push_back(static_cast<std::uint32_t>(std::min(at, end)));
    if (at >= last) {
      ends.back() = static_cast<std::uint32_t>(end);
      return true;
    }
    from = at + 1;
  }
}

std::string_view without_line_end(std::string_view row) {
  if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
  return row;
}

class DelimitedReader : public RecordReader {
 public:
  DelimitedReader(char delimiter, const ReaderOptions& options) : delimiter_(delimiter), options_(options) {}

  Result<std::size_t> begin(std::string_view head) override;
  std::unique_ptr<Cutter> cutter() const override { return std::make_unique<DelimitedCutter>(delimiter_); }
  std::uint64_t read(std::string_view block, const Spec& base, const Sink& sink) const override;
  Encoding encoding() const override { return delimiter_ == '\t' ? Encoding::tsv : Encoding::csv; }
  std::span<const std::string> header() const override { return names_; }
  std::string_view raw_header() const override { return raw_header_; }
  std::string_view line_end() const override { return crlf_ ? "\r\n" : "\n"; }
  std::vector<std::string> notes() const override { return notes_; }

 private:
  void fill(std::string_view block, RowIndex::Row row, std::string& scratch, Record& record) const;

  char delimiter_;
  ReaderOptions options_;
  std::string raw_header_;
  std::vector<std::string> names_;
  std::vector<ColumnMeaning> meanings_;
  struct Mapped {
    std::size_t column;
    FieldSetter field;
    std::string name;
  };
  std::vector<Mapped> mapped_;  // the columns that state something
  std::vector<std::size_t> kept_;  // those that Record::own holds
  bool replaces_ = false;
  bool crlf_ = false;
  std::vector<std::string> notes_;
};

RowIndex::Row row_of(const std::vector<std::uint32_t>& ends) { return {ends.data() + 1, ends.size() - 1}; }

// The cell without the row's line end.
std::string_view cell(std::string_view text, RowIndex::Row row, std::size_t column) {
  const std::string_view whole = row.cell(text, column);
  return column + 1 == row.count ? without_line_end(whole) : whole;
}

Result<std::size_t> DelimitedReader::begin(std::string_view head) {
  std::size_t at = 0;
  if (head.substr(0, 3) == "\xEF\xBB\xBF") at = 3;  // the mark is ours to drop
  if (!options_.header) return Error{ErrorKind::malformed, {}, "has no header", "columns are found by their names; name them with --fields a,b,c"};
  if (head.size() == at) return at;
  const std::size_t end = record_end(head, at, delimiter_);
  const std::string_view line = head.substr(at, end == std::string_view::npos ? head.size() - at : end - at);
  crlf_ = !line.empty() && line.back() == '\r';
  raw_header_ = without_line_end(line);

  std::vector<std::uint32_t> ends;
  std::string scratch;
  if (!split(raw_header_, 0, raw_header_.size(), delimiter_, ends)) return Error{ErrorKind::malformed, {}, "the header's quotes do not match", {}};
  for (std::size_t column = 0; column < row_of(ends).count; ++column) {
    const std::string name(csv_meaning(cell(raw_header_, row_of(ends), column), scratch));
    if (std::optional<Error> refused = refused_field(name)) return *refused;
    const ColumnMeaning meaning = meaning_of(name);
    for (std::size_t i = 0; i < meanings_.size(); ++i) {
      if (meaning.field != nullptr && meanings_[i].field == meaning.field) {
        return Error{ErrorKind::malformed, name, "means the same as column " + in_quotes(names_[i]), "leave one of them out"};
      }
    }
    replaces_ = replaces_ || meaning.output != nullptr;
    if (std::string note = near_miss(name); !note.empty()) notes_.push_back(std::move(note));
    if (meaning.field != nullptr) mapped_.push_back({names_.size(), meaning.field->setter(), name});
    names_.push_back(name);
    meanings_.push_back(meaning);
  }
  for (std::size_t column = 0; column < names_.size(); ++column) {
    // to replace one of the own fields the writer needs them all
    if (replaces_ || keeps(options_, names_[column])) kept_.push_back(column);
  }
  return end == std::string_view::npos ? head.size() : end + 1;
}

void DelimitedReader::fill(std::string_view block, RowIndex::Row row, std::string& scratch, Record& record) const {
  if (row.count != meanings_.size()) {
    record.error = Error{ErrorKind::malformed, {}, "has " + std::to_string(row.count) + " fields, the header " + std::to_string(meanings_.size()), {}};
    return;
  }
  for (const Mapped& mapped : mapped_) {
    std::string_view text = cell(block, row, mapped.column);
    if (text.empty()) continue;
    const char* readable = block.data();
    if (text.front() == '"') {
      const std::string_view meaning = csv_meaning(text, scratch);
      if (meaning.data() == scratch.data()) {
        record.undone.push_back(scratch);
        text = record.undone.back();
        readable = text.data();
      } else {
        text = meaning;
      }
    }
    if (Result<void> done = set_field(mapped.field, mapped.name, text, record, readable); !done) {
      record.error = std::move(done.error());
      return;
    }
  }
}

std::uint64_t DelimitedReader::read(std::string_view block, const Spec& base, const Sink& sink) const {
  RowIndex index(block, delimiter_);
  std::vector<std::uint32_t> slow_ends;
  std::string scratch;
  Record record;
  record.spec = base;
  record.states_by_field = true;
  record.replaces = replaces_;
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
    if (row.empty()) {
      // quoted, very long, or the last one without a line feed
      end = std::min(record_end(block, begin, delimiter_), block.size());
      if (!split(block, begin, end, delimiter_, slow_ends)) {
        record.error = Error{ErrorKind::malformed, {}, "quotes do not match", "a quote inside a quoted field is doubled"};
      }
      line += count_newlines(block.substr(begin, end - begin));
      row = row_of(slow_ends);
    }
    record.raw = without_line_end(block.substr(begin, end - begin));
    begin = end + 1;
    if (record.raw.empty() && meanings_.size() > 1) continue;  // a blank line is no record
    if (!record.undone.empty()) record.undone.clear();
    const std::uint64_t stated_before = std::exchange(record.stated, 0);
    if (record.raw.size() > options_.longest_record) {
      record.error = Error{ErrorKind::malformed, {}, "is longer than " + std::to_string(options_.longest_record) + " bytes", "raise --max-record"};
    }
    if (!record.error) fill(block, row, scratch, record);
    restore_unstated(record, stated_before, base);
    record.fields = row.count;
    if (!kept_.empty()) {
      record.own.clear();
      for (const std::size_t column : kept_) {
        if (column < row.count) record.own.push_back({names_[column], cell(block, row, column)});
      }
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

std::unique_ptr<Cutter> make_delimited_cutter(char delimiter) { return std::make_unique<DelimitedCutter>(delimiter); }
std::size_t delimited_record_end(std::string_view text, std::size_t from, char delimiter) { return record_end(text, from, delimiter); }

bool looks_like_csv(std::string_view head) {
  if (head.substr(0, 3) == "\xEF\xBB\xBF") head.remove_prefix(3);
  const std::string_view line = head.substr(0, head.find('\n'));
  std::size_t fields_known = 0;
  std::size_t begin = 0;
  while (begin <= line.size()) {
    const std::size_t end = std::min(line.find(',', begin), line.size());
    std::string scratch;
    const std::string_view cell = csv_meaning(without_line_end(line.substr(begin, end - begin)), scratch);
    if (find_field(cell) != nullptr) ++fields_known;
    begin = end + 1;
  }
  return fields_known > 0;
}

bool looks_like_tsv(std::string_view head) {
  const std::string_view line = head.substr(0, head.find('\n'));
  const std::size_t tab = line.find('\t');
  return tab != std::string_view::npos && line.find('{') == std::string_view::npos;
}

}  // namespace footpound
