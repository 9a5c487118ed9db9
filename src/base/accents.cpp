// SPDX-License-Identifier: MIT
#include "base/accents.hpp"

namespace footpound {

namespace {

// U+00C0 to U+017F, a letter each; '.' stays as it is.
constexpr std::string_view latin =
    "AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY.saaaaaa.ceeeeiiii.nooooo.ouuuuy.y"
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKk.LlLlLlL"
    "lLlNnNnNn...OoOoOo..RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
static_assert(latin.size() == 0x180 - 0xC0);

bool follows(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

}  // namespace

std::string without_accents(std::string_view utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    if (lead >= 0xC3 && lead <= 0xCD && follows(utf8, i + 1)) {
      const unsigned code = (lead & 0x1FU) << 6 | (static_cast<unsigned char>(utf8[i + 1]) & 0x3FU);
      const char letter = code < 0x180 ? latin[code - 0xC0] : '.';
      const bool accent_alone = code >= 0x300 && code < 0x370;  // behind its letter
      if (letter != '.') {
        out += letter;
        ++i;
        continue;
      }
      if (accent_alone) {
        ++i;
        continue;
      }
    }
    if (utf8.substr(i, 3) == "\xE2\x80\x99") {
      out += '\'';
      i += 2;
      continue;
    }
    out += utf8[i];
  }
  return out;
}

}  // namespace footpound
