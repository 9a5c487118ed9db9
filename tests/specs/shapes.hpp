// SPDX-License-Identifier: MIT
// Has an output the shape its format promises? Whatever it says.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace footpound {

// "" where `text` is whole in its format; else what is wrong with it. A format that nobody has taught
// this is wrong. `rows`: what a stream or a list of specs made, not one run.
std::string wrong_shape(std::string_view format, const std::string& text, bool rows);

// The cells of delimited text, row by row, without their quotes; nullopt where the quotes do not match.
std::optional<std::vector<std::vector<std::string>>> cells_of(std::string_view text, char delimiter);

// "" where nothing in it drives a terminal (line ends aside) and all is UTF-8.
std::string wrong_bytes(std::string_view text);

}  // namespace footpound
