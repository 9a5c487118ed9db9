// SPDX-License-Identifier: MIT
// nvidia-smi dmon: blank-separated columns under comment lines that name them, again and again.
#include <algorithm>

#include "measure/accuracies.hpp"
#include "measure/logs/log_format.hpp"

namespace footpound::measure {

namespace {

struct DmonColumns {
  std::optional<std::size_t> date;
  std::optional<std::size_t> time;
  std::optional<std::size_t> gpu;
  std::optional<std::size_t> power;
  std::size_t count = 0;
};

std::optional<DmonColumns> names_in(std::string_view comment) {
  DmonColumns out;
  const std::vector<std::string> names = blank_fields(comment.substr(1));
  out.count = names.size();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = lower_case(names[i]);
    if (name == "date") out.date = i;
    if (name == "time") out.time = i;
    if (name == "gpu") out.gpu = i;
    if (name == "pwr") out.power = i;
  }
  return out.gpu && out.power ? std::optional(out) : std::nullopt;
}

bool is_comment(std::string_view line) { return !line.empty() && line.front() == '#'; }

Result<void> take(LogLines& lines, const DmonColumns& columns, std::string_view line, LogBook& book) {
  const std::vector<std::string> fields = blank_fields(line);
  if (fields.size() != columns.count || (lines.unfinished() && *columns.power + 1 == columns.count)) {
    if (!lines.unfinished()) {
      return at_line(
          lines, "has " + std::to_string(fields.size()) + " fields, not " + std::to_string(columns.count));
    }
    book.note_cut_off();
    return {};
  }
  const std::string text =
      columns.date ? fields[*columns.date] + " " + fields[*columns.time] : fields[*columns.time];
  const std::optional<Stamp> at = parse_stamp(text);
  if (!at) return at_line(lines, in_quotes(text) + " is not a date and a time");
  const Result<std::optional<Power>> power = logged_power(fields[*columns.power], ceiling(Part::accelerator));
  if (!power) return at_line(lines, power.error().what, power.error().instead);
  Device device;
  device.id = printable("gpu" + fields[*columns.gpu]);
  device.part = Part::accelerator;
  device.meter = "nvidia-smi-dmon";
  device.accuracy = nvidia_power;
  book.power(book.device(device), *at, *power);
  return {};
}

bool looks_like_dmon(Head head) {
  return std::any_of(
      head.begin(), head.end(), [](const std::string& line) { return is_comment(line) && names_in(line); });
}

Result<void> read_dmon(LogLines& lines, const LogOptions&, LogBook& book) {
  std::optional<DmonColumns> columns;
  while (true) {
    const Result<std::optional<std::string_view>> line = lines.next();
    if (!line) return line.error();
    if (!*line) return {};
    if (trimmed(**line).empty()) continue;
    if (is_comment(**line)) {
      // the line of units below the names names no column
      if (const std::optional<DmonColumns> found = names_in(**line)) columns = found;
      continue;
    }
    if (!columns) return at_line(lines, "no line with the names of the columns above it");
    if (!columns->time) return at_line(lines, "no column of times", "log with nvidia-smi dmon -s p -o DT");
    if (Result<void> taken = take(lines, *columns, **line, book); !taken) return taken;
  }
}

}  // namespace

extern const LogFormat dmon = {"nvidia-smi-dmon", "nvidia-smi dmon -s p -o DT", looks_like_dmon, read_dmon};

}  // namespace footpound::measure
