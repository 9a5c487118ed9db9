// SPDX-License-Identifier: MIT
#include "measure/logs/log_lines.hpp"

#include <array>
#include <utility>

#include "text/byte_order_mark.hpp"
#include "text/csv_text.hpp"
#include "text/delimited_text.hpp"

namespace footpound::measure {

namespace {
struct Binary {
  std::string_view mark;  // what it begins with
  std::string_view what;
  std::string_view instead;
};
constexpr std::array binaries = {
    Binary{"\x1f\x8b", "is compressed", "unpack it: gzip -dc FILE | footpound measure --log -"},
    Binary{"PK\x03\x04", "is a ZIP or a spreadsheet", "export it as CSV"},
    Binary{"PAR1", "is Parquet", "export it as CSV"},
    Binary{"SQLite format", "is SQLite", "export it as CSV"}};

constexpr std::size_t longest_line = std::size_t{64} << 20;
}  // namespace

Result<std::optional<LogLines::Line>> LogLines::read() {
  Line line;
  std::streambuf* bytes = in_.rdbuf();
  while (true) {
    const int next = bytes->sbumpc();
    if (next == std::char_traits<char>::eof()) {
      if (line.text.empty()) return std::optional<Line>();
      line.unfinished = true;
      break;
    }
    if (next == '\n') break;
    if (next == '\0') {
      if (read_ == 0) {
        for (const auto& [mark, what, instead] : binaries) {
          if (line.text.compare(0, mark.size(), mark) == 0)
            return Error{ErrorKind::malformed, {}, std::string(what), std::string(instead)};
        }
      }
      return Error{ErrorKind::malformed, std::to_string(read_ + 1), "holds a NUL byte",
          "this is no text, or UTF-16 (PowerShell's > writes that): save it as UTF-8"};
    }
    if (line.text.size() == longest_line) {
      return Error{
          ErrorKind::malformed, std::to_string(read_ + 1), "is above 64 MiB long", "this is no power log"};
    }
    line.text += static_cast<char>(next);
  }
  if (read_++ == 0) line.text = std::string(without_byte_order_mark(line.text));
  if (!line.text.empty() && line.text.back() == '\r') line.text.pop_back();
  return std::optional<Line>(std::move(line));
}

Result<std::optional<std::string_view>> LogLines::next() {
  if (ahead_.empty()) {
    Result<std::optional<Line>> line = read();
    if (!line) return line.error();
    if (!*line) return std::optional<std::string_view>();
    ahead_.push_back(std::move(**line));
  }
  current_ = std::move(ahead_.front().text);
  unfinished_ = ahead_.front().unfinished;
  ahead_.pop_front();
  ++number_;
  return std::optional<std::string_view>(current_);
}

Result<std::vector<std::string>> LogLines::head(std::size_t count) {
  while (ahead_.size() < count) {
    Result<std::optional<Line>> line = read();
    if (!line) return line.error();
    if (!*line) break;
    ahead_.push_back(std::move(**line));
  }
  std::vector<std::string> out;
  for (const Line& line : ahead_) out.push_back(line.text);
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string> csv_fields(std::string_view line, char delimiter) {
  std::vector<std::string> out;
  std::string scratch;
  for (std::size_t from = 0; from <= line.size();) {
    from = std::min(line.find_first_not_of(delimiter == '\t' ? " " : " \t", from),
        line.size());  // a quote may stand behind blanks
    const std::size_t end = cell_end(line, from, delimiter).at;
    out.emplace_back(trimmed(csv_meaning(trimmed(line.substr(from, end - from)), scratch)));
    from = end + 1;
  }
  return out;
}

std::vector<std::string> blank_fields(std::string_view line) {
  std::vector<std::string> out;
  while (!(line = trimmed(line)).empty()) {
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    out.emplace_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return out;
}

}  // namespace footpound::measure
