// SPDX-License-Identifier: MIT
// The little of UTF-8 the program needs: whole characters, and which of them drive a terminal.
#pragma once

#include <cstddef>
#include <string_view>

namespace footpound {

// Bytes of the well-formed character `text` begins with (Unicode 15, table 3-7);
// 0 when it is empty or does not begin with one.
std::size_t utf8_length(std::string_view text);

// Of one whole character: C0, DEL, C1, line and paragraph separators, and the marks that turn
// the direction of writing round (U+202A-202E, U+2066-2069).
bool is_control(std::string_view character);

// Columns on a terminal, near enough: characters, combining ones not counted apart.
std::size_t utf8_columns(std::string_view text);

}  // namespace footpound
