// SPDX-License-Identifier: MIT
// Latin letters without their accents, as they are typed on a keyboard that has none.
#pragma once

#include <string>
#include <string_view>

namespace footpound {

// "Québec" and its decomposed twin -> "Quebec"; a right quotation mark -> "'". What is no Latin letter stays.
std::string without_accents(std::string_view utf8);

inline bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

}  // namespace footpound
