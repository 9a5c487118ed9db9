// SPDX-License-Identifier: MIT
// Small files of the kernel: one value each, opened anew for each look, since they come and go.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "footpound/base/result.hpp"

namespace footpound::measure {

// First line, at most 255 bytes, without blanks at its end. The error names file and cause.
Result<std::string> read_line_of(const std::string& path);

// A whole number, digits only.
Result<std::uint64_t> read_number_of(const std::string& path);

// Entries of `directory` that begin with `prefix`, the numbers in them in order ("a2" before "a10").
Result<std::vector<std::string>> entries_of(const std::string& directory, std::string_view prefix);

bool exists(const std::string& path);

}  // namespace footpound::measure
