// SPDX-License-Identifier: MIT
// The rows of the table of output formats that hold answers, and those that hold tables or totals.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "write/output_formats.hpp"

namespace footpound {

template <class Has>
std::vector<OutputFormat> formats_that(Has has) {
  std::vector<OutputFormat> found;
  std::copy_if(output_formats().begin(), output_formats().end(), std::back_inserter(found), has);
  return found;
}

inline const std::vector<OutputFormat>& answer_formats() {
  static const std::vector<OutputFormat> formats =
      formats_that([](const OutputFormat& format) { return format.answers != nullptr; });
  return formats;
}
inline const std::vector<OutputFormat>& table_formats() {
  static const std::vector<OutputFormat> formats = formats_that(
      [](const OutputFormat& format) { return format.sheets != nullptr && !format.totals_only; });
  return formats;
}
inline const std::vector<OutputFormat>& totals_formats() {
  static const std::vector<OutputFormat> formats =
      formats_that([](const OutputFormat& format) { return format.sheets != nullptr; });
  return formats;
}

inline std::string written_sheet(std::string_view format, const Sheet& sheet) {
  std::string out;
  find_output_format(format)->sheets({&sheet, 1}, out, [](std::string&) {});
  return out;
}

}  // namespace footpound
