// SPDX-License-Identifier: MIT
// The delimited reader, which finds cells by masks of 64 bytes and a window of rows, against a
// splitter that goes byte by byte: same rows, same cells, same lines, same rows refused.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "footpound/units/quantity.hpp"
#include "read/delimited_reader.hpp"
#include "record/fields.hpp"

namespace {

using namespace footpound;

struct PlainRow {
  std::uint64_t line = 0;
  std::string_view raw;
  std::vector<std::string_view> cells;
  bool quotes_match = true;
};

std::string_view without_return(std::string_view text) {
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}

std::vector<PlainRow> plain_rows(std::string_view text, char delimiter) {
  std::vector<PlainRow> rows;
  std::uint64_t line = 1;
  const auto ends_field = [&](std::size_t i) {
    return i == text.size() || text[i] == delimiter || text[i] == '\n';
  };
  for (std::size_t i = 0; i < text.size(); ++i) {  // over the line feed
    const std::size_t begin = i;
    PlainRow row;
    row.line = line;
    while (true) {
      const std::size_t from = i;
      if (i < text.size() && text[i] == '"') {
        for (++i; i < text.size() && (text[i] != '"' || (i + 1 < text.size() && text[i + 1] == '"')); ++i) {
          if (text[i] == '"') ++i;
        }
        const std::size_t behind = i + 1;  // the closing quote
        while (!ends_field(i)) ++i;
        const bool last = i == text.size() || text[i] == '\n';
        const std::string_view rest = behind > text.size() ? "unclosed" : text.substr(behind, i - behind);
        row.quotes_match = row.quotes_match && (rest.empty() || (last && rest == "\r"));
      } else {
        while (!ends_field(i)) ++i;
      }
      row.cells.push_back(text.substr(from, i - from));
      if (i == text.size() || text[i] == '\n') break;
      ++i;  // over the delimiter
    }
    row.raw = without_return(text.substr(begin, i - begin));
    row.cells.back() = without_return(row.cells.back());
    for (const char c : text.substr(begin, i - begin)) line += c == '\n' ? 1 : 0;
    ++line;
    rows.push_back(std::move(row));
  }
  return rows;
}

// What a cell says as a plain number; nullopt where it is none.
std::optional<double> plain_number_of(std::string_view cell) {
  if (cell.empty() || cell.size() > 64 || cell.find_first_not_of("0123456789.") != std::string_view::npos)
    return std::nullopt;
  const std::string text(cell);
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return *end == '\0' ? std::optional(value) : std::nullopt;
}

void must(bool holds) {
  if (!holds) std::abort();
}

// A row says the same by itself as behind others: the short way that plain rows take is no other.
void must_be_alone(const RecordReader& reader, const Record& together) {
  const std::string text = std::string(together.raw) + "\r\n";  // the row may end with a return of its own
  reader.read(text, Spec{}, [&](Record& alone) {
    must(alone.error.has_value() == together.error.has_value());
    if (alone.error) return must(message(*alone.error) == message(*together.error));
    must(alone.stated == together.stated && alone.spec.name == together.spec.name &&
         alone.spec.region == together.spec.region);
    for (const Field& field : fields()) must(field.is_set(alone.spec) == field.is_set(together.spec));
    if (alone.spec.hours) must(in_hours(alone.spec.hours->value) == in_hours(together.spec.hours->value));
    if (alone.spec.start) must(alone.spec.start->epoch_seconds == together.spec.start->epoch_seconds);
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const bool tabs = (data[0] & 1) != 0;
  const char delimiter = tabs ? '\t' : ',';
  const bool numbers = (data[0] & 2) != 0;
  const bool known = (data[0] & 128) != 0;  // columns that are fields
  const std::size_t columns = std::size_t{1} + (data[0] >> 2) % 5;

  // rows that are well in front, and repetition, bring the interesting bytes to every place of the window
  std::string text;
  for (unsigned i = 0; i < data[1] * 2U; ++i) text += "plain rows of 31 bytes in all\r\n";
  const std::string_view said(reinterpret_cast<const char*>(data + 3), size - 3);
  for (std::size_t i = 0; i <= data[2] % 16U; ++i) text += said;

  ReaderOptions options;
  options.keep_own_fields = true;
  const std::unique_ptr<RecordReader> reader = tabs ? make_tsv_reader(options) : make_csv_reader(options);
  static constexpr std::string_view names[] = {"hours", "name", "start", "gpus", "region"};
  std::string header = numbers || known ? "hours" : "c0";
  for (std::size_t i = 1; i < columns; ++i)
    header += delimiter + (known ? std::string(names[i]) : "c" + std::to_string(i));
  header += '\n';
  must(static_cast<bool>(reader->begin(header)));

  const std::vector<PlainRow> rows = plain_rows(text, delimiter);
  std::size_t next = 0;
  const std::uint64_t lines = reader->read(text, Spec{}, [&](Record& record) {
    if (columns > 1) {
      while (next < rows.size() && rows[next].raw.empty()) ++next;  // blank lines are no records
    }
    must(next < rows.size());
    const PlainRow& row = rows[next++];
    must(record.line == row.line && record.raw == row.raw);
    if (!row.quotes_match || row.cells.size() != columns) {
      must(record.error && record.error->kind == ErrorKind::misfit);
    } else if (!numbers && !known) {
      must(!record.error);
    }
    if (known) must_be_alone(*reader, record);
    if (!row.quotes_match) return;
    must(record.fields == row.cells.size());
    must(record.own_fields.size() == std::min(columns, row.cells.size()));
    // what is too much stands in the last of them
    const std::size_t as_written = row.cells.size() > columns ? columns - 1 : record.own_fields.size();
    for (std::size_t i = 0; i < as_written; ++i) must(record.own_fields[i].raw == row.cells[i]);
    if ((numbers || known) && !record.error) {
      if (const std::optional<double> value = plain_number_of(row.cells[0]))
        must(record.spec.hours && in_hours(record.spec.hours->value) == *value);
    }
  });
  while (next < rows.size() && rows[next].raw.empty() && columns > 1) ++next;
  must(next == rows.size());
  must(lines == (rows.empty()
                        ? 0
                        : rows.back().line + static_cast<std::uint64_t>(std::count(
                                                 rows.back().raw.begin(), rows.back().raw.end(), '\n'))));
  return 0;
}
