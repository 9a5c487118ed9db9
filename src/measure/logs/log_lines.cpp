// SPDX-License-Identifier: MIT
#include "measure/logs/log_lines.hpp"

#include <utility>

namespace footpound::measure {

namespace {
constexpr std::size_t longest_line = std::size_t{1} << 20;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
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
      return Error{ErrorKind::malformed, std::to_string(read_ + 1), "holds a NUL byte",
          "this is no text, or UTF-16 (PowerShell's > writes that): save it as UTF-8"};
    }
    if (line.text.size() == longest_line) {
      return Error{
          ErrorKind::malformed, std::to_string(read_ + 1), "is above 1 MiB long", "this is no power log"};
    }
    line.text += static_cast<char>(next);
  }
  if (read_++ == 0 && line.text.compare(0, byte_order_mark.size(), byte_order_mark) == 0) {
    line.text.erase(0, byte_order_mark.size());
  }
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

std::vector<std::string> csv_fields(std::string_view line, char separator) {
  std::vector<std::string> out;
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (i + 1 < line.size() && line[i + 1] == '"') {
        field += line[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"' && trimmed(field).empty()) {
      field.clear();
      quoted = true;
    } else if (c == separator) {
      out.emplace_back(trimmed(field));
      field.clear();
    } else {
      field += c;
    }
  }
  out.emplace_back(trimmed(field));
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
