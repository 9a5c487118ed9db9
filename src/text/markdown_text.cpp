// SPDX-License-Identifier: MIT
#include "text/markdown_text.hpp"

#include "footpound/base/error.hpp"

namespace footpound {

std::string markdown_text(std::string_view text) {
  constexpr std::string_view meant = "\\`*_[]<>|~";
  std::string out;
  // '&' would begin an entity, and a backslash does not reach into HTML
  for (const char c : printable(text)) {
    if (c == '&') {
      out += "&amp;";
      continue;
    }
    if (meant.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace footpound
