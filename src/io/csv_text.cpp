// SPDX-License-Identifier: MIT
#include "io/csv_text.hpp"

#include <algorithm>

namespace footpound {

void append_csv(std::string& out, std::string_view text, char delimiter) {
  bool quote = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  for (const char c : text) quote |= c == delimiter || c == '"' || c == '\n' || c == '\r';
  if (!quote) {
    out += text;
    return;
  }
  out += '"';
  for (std::size_t at = text.find('"'); at != std::string_view::npos; at = text.find('"')) {
    out += text.substr(0, at + 1);
    out += '"';
    text.remove_prefix(at + 1);
  }
  out += text;
  out += '"';
}

std::string_view csv_meaning(std::string_view raw, std::string& scratch) {
  if (raw.size() < 2 || raw.front() != '"' || raw.back() != '"') return raw;
  raw = raw.substr(1, raw.size() - 2);
  if (raw.find('"') == std::string_view::npos) return raw;
  scratch.clear();
  for (std::size_t i = 0; i < raw.size(); ++i) {
    scratch += raw[i];
    if (raw[i] == '"') ++i;
  }
  return scratch;
}

std::optional<std::string_view> first_csv_fields(
    std::string_view row, char delimiter, std::size_t most, std::size_t& have) {
  have = 0;
  std::size_t kept = 0;
  std::size_t begin = 0;
  while (true) {
    std::size_t end = begin;
    if (begin < row.size() && row[begin] == '"') {
      do {  // up to a quote that is not doubled
        end = row.find('"', end + 1);
        if (end == std::string_view::npos) return std::nullopt;
        ++end;
      } while (end < row.size() && row[end] == '"');
      if (end < row.size() && row[end] != delimiter) return std::nullopt;
    } else {
      end = std::min(row.find(delimiter, begin), row.size());
    }
    if (have < most) {
      ++have;
      kept = end;
    }
    if (end >= row.size()) return row.substr(0, kept);
    begin = end + 1;
  }
}

}  // namespace footpound
