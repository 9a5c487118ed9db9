// SPDX-License-Identifier: MIT
// nvidia-smi --query-gpu=... --format=csv, in all its forms.
#include <algorithm>

#include "base/letters.hpp"
#include "measure/accuracies.hpp"
#include "measure/logs/watt_reader.hpp"

namespace footpound::measure {

namespace {

// A time with slashes, as nvidia-smi alone writes it.
bool has_slashes(const std::string& line) {
  const std::vector<std::string> fields = csv_fields(line);
  return std::any_of(fields.begin(), fields.end(),
      [](const std::string& field) { return field.find('/') == 4 && parse_stamp(field); });
}

// Columns that are named: what is not nvidia-smi's by its times is a plain CSV.
bool times_of_nvidia_smi(Head head) { return std::any_of(head.begin(), head.end(), has_slashes); }

bool looks_like_nvidia_smi(Head head) {
  const bool named = std::any_of(head.begin(), head.end(),
      [](const std::string& line) { return lower_case(line).find("power.draw") != std::string::npos; });
  return named || times_of_nvidia_smi(head);
}

Result<void> read_nvidia_smi(LogLines& lines, const LogOptions& options, LogBook& book) {
  Device like;
  like.id = "gpu";
  like.part = options.part.value_or(Part::accelerator);
  like.meter = "nvidia-smi";
  like.accuracy = nvidia_power;
  return read_watt_rows(lines, options, book, like);
}

}  // namespace

extern const LogFormat nvidia_smi = {"nvidia-smi",
    "nvidia-smi --query-gpu=timestamp,uuid,power.draw --format=csv -l 1", looks_like_nvidia_smi,
    read_nvidia_smi, times_of_nvidia_smi};

}  // namespace footpound::measure
