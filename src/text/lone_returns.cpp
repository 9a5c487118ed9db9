// SPDX-License-Identifier: MIT
#include "text/lone_returns.hpp"

#include <algorithm>

namespace footpound {

bool LoneReturns::is_quoted(char c) {
  if (delimiter_ == '\0') return false;
  if (at_ == At::in_quotes) {
    if (c == '"') at_ = At::behind_quote;
    return true;
  }
  if (c == '"' && (at_ == At::field_start || at_ == At::behind_quote)) {
    at_ = At::in_quotes;  // opened, or doubled
    return true;
  }
  at_ = c == delimiter_ || c == '\r' || c == '\n' ? At::field_start : At::in_field;
  return false;
}

void LoneReturns::to_feeds(char* bytes, std::size_t size) {
  for (char* at = bytes; at != bytes + size; ++at) {
    if (!is_quoted(*at) && *at == '\r') *at = '\n';
  }
}

bool ends_lines_in_returns(std::string_view head) {
  if (head.find('\r') == std::string_view::npos) return false;
  constexpr std::string_view delimiters = ",\t";  // the format is not known yet
  return std::any_of(delimiters.begin(), delimiters.end(), [&](char delimiter) {
    LoneReturns steps(delimiter);
    bool has_returns = false;
    for (const char c : head) {
      if (steps.is_quoted(c)) continue;
      if (c == '\n') return false;
      has_returns = has_returns || c == '\r';
    }
    return has_returns;
  });
}

}  // namespace footpound
