// SPDX-License-Identifier: MIT
// Which columns of a CSV hold the time, the watts, the device: from its header, from what the user
// names, or from how the fields look.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "footpound/base/result.hpp"
#include "measure/calendar.hpp"
#include "measure/device.hpp"

namespace footpound::measure {

struct WattColumn {
  std::size_t column = 0;
  double unit_watts = 1;     // what a bare number in it is in
  std::string id;            // the device it is of; "": the row's
  std::optional<Part> part;  // that its heading names
};

struct WattColumns {
  char delimiter = ',';
  std::size_t time = 0;
  std::optional<std::size_t> date;     // where it stands apart from the time
  std::optional<double> unit_seconds;  // what a bare number in `time` is in
  bool since_1970 = false;             // called epoch, which may be that of a training: a date, or none
  std::vector<WattColumn> watts;       // at least one
  std::optional<std::size_t> device;
  std::optional<Part> part;  // that the device's heading names
  std::optional<std::size_t> host;
  std::optional<std::size_t> name;
  std::size_t count = 0;            // fields in a row
  std::set<std::string> devices{};  // guessed: there are these; empty: any
  std::vector<std::string> notes{};

  // The time of a row; nullopt: there is none in it.
  std::optional<Stamp> stamp(std::span<const std::string> fields) const;
};

using Rows = std::span<const std::vector<std::string>>;

// What --log-columns is to be told.
inline constexpr std::string_view name_the_columns =
    "name the columns in their order, such as --log-columns timestamp,uuid,power_w (- for one to pass over)";

// "timestamp, index, power.draw [W]": nullopt when it is no header with times and watts. An error where
// it is one, but not clear: several columns of watts for one device, powers without times.
Result<std::optional<WattColumns>> columns_of_header(std::span<const std::string> fields);

// The first line's, by commas, semicolons or tabs; `rows` below it, in the same way, may tell more.
// nullopt as above.
Result<std::optional<WattColumns>> columns_of_head(std::span<const std::string> lines);

// What --log-columns names, in the order of the fields; unknown names are columns to pass over.
Result<WattColumns> columns_by_name(std::span<const std::string> names);

// By rows without header: one field is a time; one a power, by its unit or its decimals; a field
// GPU-..., or a whole number that is there once for each device at every look, is the device.
Result<WattColumns> columns_by_guess(Rows rows);

}  // namespace footpound::measure
