// SPDX-License-Identifier: MIT
#include "text/csv_text.hpp"

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

}  // namespace footpound
