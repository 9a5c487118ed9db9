// SPDX-License-Identifier: MIT
// Where the records and cells of delimited text end, quotes and all (RFC 4180): CSV, TSV and their like are
// split here and nowhere else. RowIndex (byte_scan.hpp) is the same for rows without quotes, several times
// faster; what it leaves over comes here too. Both agree (tests/fuzz/delimited_fuzz.cpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/byte_scan.hpp"
#include "text/cutter.hpp"

namespace footpound {

// End of the record that begins at `from`: its line feed's position, or npos. A quote opens a
// quoted cell only at a cell's beginning.
std::size_t delimited_record_end(std::string_view text, std::size_t from, char delimiter);

std::size_t count_line_feeds(std::string_view text);

// Splits rows; holds where the cells of the last one end.
class RowSplitter {
 public:
  // Without `quotes` every delimiter ends a cell, and a quote is text (sacct -P).
  explicit RowSplitter(char delimiter, bool quotes = true) : delimiter_(delimiter), quotes_(quotes) {}

  // The row of `text` from `from` to `end`, which may hold a carriage return of the line's end. False where a
  // quoted cell goes on behind its closing quote, or does not close: then row() has the cells as far as that.
  bool split(std::string_view text, std::size_t from, std::size_t end);
  bool split(std::string_view row) { return split(row, 0, row.size()); }
  // Valid until the next call; its cells are of the text that was split.
  RowIndex::Row row() const { return {ends_.data() + 1, ends_.size() - 1}; }

 private:
  char delimiter_;
  bool quotes_;
  std::vector<std::uint32_t> ends_;
};

// The cell of `row` that begins at `from`. Where its quotes do not match, it goes on to the next delimiter
// behind them.
struct CellEnd {
  std::size_t at;  // of the delimiter, or the row's size
  bool quotes_match;
};
CellEnd cell_end(std::string_view row, std::size_t from, char delimiter);

// What the cells of the first row mean: for telling formats apart by their columns' names.
std::vector<std::string> first_row(std::string_view text, char delimiter);

// Cuts behind whole records.
std::unique_ptr<Cutter> make_delimited_cutter(char delimiter);

}  // namespace footpound
