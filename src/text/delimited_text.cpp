// SPDX-License-Identifier: MIT
#include "text/delimited_text.hpp"

#include <algorithm>
#include <cstring>

#include "text/csv_text.hpp"

namespace footpound {

namespace {

std::size_t find_byte(std::string_view text, char c, std::size_t from) {
  if (from >= text.size()) return std::string_view::npos;
  const void* found = std::memchr(text.data() + from, c, text.size() - from);
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
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
      const std::size_t end = delimited_record_end(data, whole, delimiter_);
      if (end == std::string_view::npos) return whole;
      whole = end + 1;
    }
  }

 private:
  char delimiter_;
};

}  // namespace

std::size_t delimited_record_end(std::string_view text, std::size_t from, char delimiter) {
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

std::size_t count_line_feeds(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = find_byte(text, '\n', 0); at != std::string_view::npos;
       at = find_byte(text, '\n', at + 1))
    ++count;
  return count;
}

CellEnd cell_end(std::string_view row, std::size_t from, char delimiter) {
  if (from >= row.size() || row[from] != '"')
    return {std::min(find_byte(row, delimiter, from), row.size()), true};
  std::size_t at = from;
  while (true) {
    at = find_byte(row, '"', at + 1);
    if (at == std::string_view::npos) return {row.size(), false};
    if (at + 1 >= row.size() || row[at + 1] != '"') break;
    ++at;
  }
  ++at;
  if (at >= row.size() || row[at] == delimiter) return {at, true};
  return {std::min(find_byte(row, delimiter, at), row.size()), false};
}

bool RowSplitter::split(std::string_view text, std::size_t from, std::size_t end) {
  ends_.assign(1, static_cast<std::uint32_t>(from) - 1);
  const std::size_t last = end > from && text[end - 1] == '\r' ? end - 1 : end;
  const std::string_view row = text.substr(0, last);
  while (true) {
    std::size_t at = last;
    if (quotes_ && from < last && row[from] == '"') {
      const CellEnd cell = cell_end(row, from, delimiter_);
      if (!cell.quotes_match) return false;
      at = cell.at;
    } else {
      at = std::min(find_byte(row, delimiter_, from), last);
    }
    if (at == last) break;
    ends_.push_back(static_cast<std::uint32_t>(at));
    from = at + 1;
  }
  ends_.push_back(static_cast<std::uint32_t>(end));
  return true;
}

std::vector<std::string> first_row(std::string_view text, char delimiter) {
  std::string_view row = text.substr(0, delimited_record_end(text, 0, delimiter));
  if (row.ends_with('\r')) row.remove_suffix(1);
  std::vector<std::string> cells;
  std::string scratch;
  for (std::size_t from = 0; from <= row.size();) {
    const std::size_t end = cell_end(row, from, delimiter).at;
    cells.emplace_back(csv_meaning(row.substr(from, end - from), scratch));
    from = end + 1;
  }
  return cells;
}

std::unique_ptr<Cutter> make_delimited_cutter(char delimiter) {
  return std::make_unique<DelimitedCutter>(delimiter);
}

}  // namespace footpound
