// SPDX-License-Identifier: MIT
#include "text/latex_text.hpp"

#include <array>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "footpound/base/error.hpp"

namespace footpound {

namespace {

struct Escape {
  char character;
  std::string_view text;
};
// The second half are characters that OT1, the default encoding, prints as others.
constexpr std::array escapes = {
    Escape{'\\', "\\textbackslash{}"},
    Escape{'{', "\\{"},
    Escape{'}', "\\}"},
    Escape{'$', "\\$"},
    Escape{'&', "\\&"},
    Escape{'#', "\\#"},
    Escape{'%', "\\%"},
    Escape{'_', "\\_"},
    Escape{'^', "\\textasciicircum{}"},
    Escape{'~', "\\textasciitilde{}"},
    Escape{'<', "$<$"},
    Escape{'>', "$>$"},
    Escape{'|', "$|$"},
    Escape{'"', "''"},
};

unsigned code_point(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return byte(0);
  unsigned code = byte(0) & (0xFFU >> (character.size() + 1));
  for (std::size_t i = 1; i < character.size(); ++i) code = (code << 6) | (byte(i) & 0x3FU);
  return code;
}

// Letters of Latin-1 that OT1 composes from a letter and an accent; not eth and thorn.
bool is_latin_letter(unsigned code) {
  return code >= 0xC0 && code <= 0xFF && code != 0xD0 && code != 0xD7 && code != 0xDE && code != 0xF0 &&
         code != 0xF7 && code != 0xFE;
}

std::string_view escape_of(char c) {
  for (const Escape& each : escapes) {
    if (each.character == c) return each.text;
  }
  return {};
}

}  // namespace

std::string latex_text(std::string_view text) {
  const std::string clean = printable(text);
  std::string out;
  for (std::size_t i = 0; i < clean.size();) {
    const std::size_t length = utf8_length(std::string_view(clean).substr(i));
    const std::string_view character = std::string_view(clean).substr(i, length == 0 ? 1 : length);
    i += character.size();
    const unsigned code = code_point(character);
    const std::string_view escape = character.size() == 1 ? escape_of(character.front()) : std::string_view();
    if (!escape.empty()) {
      out += escape;
    } else if (code < 0x80 || is_latin_letter(code)) {
      out += character;
    } else {
      out += fmt::format("[U+{:04X}]", code);
    }
  }
  return out;
}

}  // namespace footpound
