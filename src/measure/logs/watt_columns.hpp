// SPDX-License-Identifier: MIT
// Which column of a CSV holds the time, the watts, the device: from its header, from what the
// user names, or from how the fields look.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "footpound/base/result.hpp"

namespace footpound::measure {

struct WattColumns {
  std::size_t time = 0;
  std::size_t watts = 0;
  double unit_watts = 1;  // what a bare number in it is in
  std::optional<std::size_t> device;
  std::optional<std::size_t> name;
  std::size_t count = 0;  // fields in a row
};

// "timestamp, index, power.draw [W]": nullopt when it is no header with times and watts.
// Several columns of watts are an error: which one?
Result<std::optional<WattColumns>> columns_of_header(std::span<const std::string> fields);

// What --log-columns names, in the order of the fields; unknown names are columns to pass over.
Result<WattColumns> columns_by_name(std::span<const std::string> names);

// By a row without header: one field is a time; one a power, by its unit or its decimals; a field
// GPU-... or a single whole number is the device.
Result<WattColumns> columns_by_guess(std::span<const std::string> fields);

}  // namespace footpound::measure
