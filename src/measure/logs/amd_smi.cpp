// SPDX-License-Identifier: MIT
// amd-smi metric and monitor with --csv: "timestamp,gpu,...,socket_power,...".
#include <algorithm>

#include "base/letters.hpp"
#include "measure/accuracies.hpp"
#include "measure/logs/watt_reader.hpp"

namespace footpound::measure {

namespace {

bool looks_like_amd_smi(Head head) {
  const std::vector<std::string> rows = rows_of(head);
  if (rows.empty()) return false;
  const std::vector<std::string> names = csv_fields(lower_case(rows.front()));
  const auto has = [&](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  return has("gpu") &&
         (has("socket_power") || has("current_socket_power") || has("average_socket_power") ||
             (has("power_usage") && has("gpu_clock")) || (has("power_usage") && has("hotspot_temp")));
}

Result<void> read_amd_smi(LogLines& lines, const LogOptions& options, LogBook& book) {
  Device like;
  like.id = "gpu";
  like.part = options.part.value_or(Part::accelerator);
  like.meter = "amd-smi";
  like.accuracy = hwmon_sensor;
  return read_watt_rows(lines, options, book, like);
}

}  // namespace

extern const LogFormat amd_smi = {"amd-smi",
    "amd-smi metric --power --csv --watch 1, amd-smi monitor -p --csv", looks_like_amd_smi, read_amd_smi};

}  // namespace footpound::measure
