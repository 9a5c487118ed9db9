// SPDX-License-Identifier: MIT
// rocm-smi --showpower --csv, look after look: it writes no times, so each look has one above it (date), or
// in a column that a script put in front.
#include <algorithm>

#include "base/letters.hpp"
#include "measure/accuracies.hpp"
#include "measure/logs/headings.hpp"
#include "measure/logs/log_format.hpp"

namespace footpound::measure {

namespace {

using Role = Heading::Role;

struct RocmColumns {
  std::size_t card = 0;
  std::size_t power = 0;
  double unit_watts = 1;
  std::optional<std::size_t> time;
  std::optional<std::size_t> name;
  std::size_t count = 0;
};

// "device,Average Graphics Package Power (W)"
std::optional<RocmColumns> columns_in(std::string_view line) {
  RocmColumns out;
  if (line.find("Package Power") == std::string_view::npos) return std::nullopt;
  const std::vector<std::string> names = csv_fields(line);
  bool card = false;
  bool power = false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = lower_case(names[i]);
    const Result<Heading> heading = heading_of(name);
    if (name == "device") {
      out.card = i;
      card = true;
    } else if (name == "device name" || name == "card series") {
      out.name = i;
    } else if (heading && heading->role == Role::time) {
      out.time = i;
    } else if (heading && heading->role == Role::watts && name.find("package power") != std::string::npos) {
      out.power = i;
      out.unit_watts = heading->unit.value_or(1);
      power = true;
    }
  }
  out.count = names.size();
  return card && power ? std::optional(out) : std::nullopt;
}

bool looks_like_rocm(Head head) {
  return std::any_of(
      head.begin(), head.end(), [](const std::string& line) { return columns_in(line).has_value(); });
}

std::optional<Stamp> time_line(std::string_view line) {
  const std::optional<Stamp> stamp = parse_stamp(trimmed(line));
  return stamp && stamp->kind != Stamp::Kind::plain ? stamp : std::nullopt;
}

Result<void> take(LogLines& lines, const RocmColumns& columns, const std::vector<std::string>& fields,
    std::optional<Stamp> at, LogBook& book) {
  if (fields.size() != columns.count) {
    if (lines.unfinished()) {
      book.note_cut_off();
      return {};
    }
    return at_line(
        lines, "has " + std::to_string(fields.size()) + " fields, not " + std::to_string(columns.count));
  }
  if (columns.time) at = parse_stamp(fields[*columns.time]);
  if (!at) {
    return at_line(lines, "rocm-smi writes no times, and none stands above its look",
        "log with: while sleep 1; do date +%s; rocm-smi --showpower --csv; done");
  }
  const Result<std::optional<Power>> power =
      logged_power(fields[columns.power], ceiling(Part::accelerator), columns.unit_watts);
  if (!power) return at_line(lines, power.error().what, power.error().instead);
  Device device;
  device.id = printable(fields[columns.card]);
  if (columns.name) device.name = printable(fields[*columns.name]);
  device.part = Part::accelerator;
  device.meter = "rocm-smi";
  device.accuracy = hwmon_sensor;
  book.power(book.device(device), *at, *power);
  return {};
}

Result<void> read_rocm(LogLines& lines, const LogOptions&, LogBook& book) {
  std::optional<RocmColumns> columns;
  std::optional<Stamp> at;
  while (true) {
    const Result<std::optional<std::string_view>> line = lines.next();
    if (!line) return line.error();
    if (!*line) return {};
    if (trimmed(**line).empty()) continue;
    if (const std::optional<Stamp> time = time_line(**line)) {
      at = time;
    } else if (const std::optional<RocmColumns> found = columns_in(**line)) {
      columns = found;
    } else if (lower_case(**line).compare(0, 4, "card") == 0 && columns) {
      if (Result<void> taken = take(lines, *columns, csv_fields(**line), at, book); !taken) return taken;
    } else if (columns && columns->time) {
      if (Result<void> taken = take(lines, *columns, csv_fields(**line), at, book); !taken) return taken;
    } else if (lower_case(**line).compare(0, 6, "system") != 0 &&
               lower_case(**line).compare(0, 7, "warning") != 0) {
      if (lines.unfinished()) return {};
      return at_line(lines, "is no time, header or card of rocm-smi's");
    }
  }
}

}  // namespace

extern const LogFormat rocm_smi = {"rocm-smi",
    "rocm-smi --showpower --csv, with a time above each look (date +%s)", looks_like_rocm, read_rocm};

}  // namespace footpound::measure
