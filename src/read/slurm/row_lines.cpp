// SPDX-License-Identifier: MIT
#include "read/slurm/row_lines.hpp"

#include <algorithm>

#include "read/slurm/slurm_header.hpp"

namespace footpound {

namespace {

constexpr std::size_t none = std::string_view::npos;

std::string_view line_at(std::string_view text, std::size_t at) {
  std::string_view line = text.substr(at, text.find('\n', at) - at);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

class RowCutter : public Cutter {
 public:
  explicit RowCutter(const RowLines& lines) : lines_(lines) {}

  // Nothing tells that a row has ended but the next one's beginning.
  std::size_t cut(std::string_view data, std::size_t) override {
    constexpr std::size_t looked_back = std::size_t{64} << 10;  // at lines that begin no row
    const std::size_t last = data.rfind('\n');
    std::size_t end = last;
    while (end != none) {
      if (end + 1 < data.size() && lines_.begins_row(line_at(data, end + 1))) return end + 1;
      if (end == 0 || last - end > looked_back) break;
      end = data.rfind('\n', end - 1);
    }
    return end != none && last - end > looked_back ? last + 1 : 0;
  }

 private:
  RowLines lines_;
};

}  // namespace

// A digit where an id stands is one, so that a line's first bytes tell, wherever a block ends.
bool RowLines::has_id(std::string_view line) const {
  const char ends[] = {delimiter_, '\n', '\0'};
  for (std::size_t column = 0; column < id_column_; ++column) {
    const std::size_t end = line.find_first_of(ends);
    if (end == none || line[end] == '\n') return false;
    line.remove_prefix(end + 1);
  }
  return !line.empty() && line.front() >= '0' && line.front() <= '9';
}

std::size_t RowLines::cells(std::string_view line) const {
  return static_cast<std::size_t>(std::count(line.begin(), line.end(), delimiter_)) + 1;
}

bool RowLines::begins_row(std::string_view line) const {
  return has_id(line) || cells(line) >= columns_ || line.substr(0, 7) == "sacct: " ||
         names_slurm_columns(line);
}

std::size_t RowLines::end_of_row(std::string_view text, std::size_t at) const {
  std::size_t end = std::min(text.find('\n', at), text.size());
  std::size_t next = end;  // of a line that may go on with the row; blank ones do where another one follows
  while (next + 1 < text.size() && !has_id(text.substr(next + 1))) {
    const std::string_view line = line_at(text, next + 1);
    if (!line.empty()) {
      const bool takes_more = last_is_free_ || cells(text.substr(at, end - at)) < columns_;
      if (!takes_more || begins_row(line)) return end;
    }
    next = std::min(text.find('\n', next + 1), text.size());
    if (!line.empty()) end = next;
  }
  return end;
}

std::unique_ptr<Cutter> RowLines::cutter() const { return std::make_unique<RowCutter>(*this); }

}  // namespace footpound
