// SPDX-License-Identifier: MIT
// The log file of Zeus: one row per window, with the joules of each GPU in it. Windows may lie
// inside each other (a step in an epoch); energy is counted once, by the outermost.
#include <algorithm>
#include <cmath>

#include "measure/accuracies.hpp"
#include "measure/logs/log_format.hpp"
#include "units/amount.hpp"

namespace footpound::measure {

namespace {

constexpr std::string_view suffix = "_energy";
constexpr double most_seconds = 1e9;
// elapsed times are written with two decimals: windows that touch may seem to overlap
constexpr nanoseconds rounding = std::chrono::milliseconds(20);
// windows are kept to find the outermost: so many, each with a number per GPU
constexpr std::size_t most_windows = 1'000'000;

struct ZeusColumns {
  std::optional<std::size_t> start;
  std::optional<std::size_t> elapsed;
  std::vector<std::pair<std::size_t, std::string>> gpus;
  std::size_t count = 0;
};

std::optional<ZeusColumns> columns_in(std::string_view line) {
  ZeusColumns out;
  if (line.find("energy") == std::string_view::npos) return std::nullopt;
  const std::vector<std::string> names = csv_fields(line);
  out.count = names.size();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = lower_case(names[i]);
    if (name == "start_time") out.start = i;
    if (name == "elapsed_time") out.elapsed = i;
    if (name.compare(0, 3, "gpu") == 0 && name.size() > suffix.size() &&
        name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0) {
      out.gpus.emplace_back(i, name.substr(0, name.size() - suffix.size()));
    }
  }
  return out.start && out.elapsed && !out.gpus.empty() ? std::optional(out) : std::nullopt;
}

struct Window {
  Stamp from;
  Moment to;
  std::vector<std::optional<Energy>> energies;
};

Result<Window> window_of(
    LogLines& lines, const ZeusColumns& columns, const std::vector<std::string>& fields) {
  if (fields.size() != columns.count) {
    return at_line(
        lines, "has " + std::to_string(fields.size()) + " fields, not " + std::to_string(columns.count));
  }
  const std::optional<Stamp> from = parse_stamp(fields[*columns.start]);
  double seconds = 0;
  if (!from) return at_line(lines, in_quotes(fields[*columns.start]) + " is not a time");
  if (!parse_number(fields[*columns.elapsed], seconds) || !(seconds > 0 && seconds <= most_seconds)) {
    return at_line(lines, in_quotes(fields[*columns.elapsed]) + " is not a number of seconds above 0");
  }
  Window out{*from, from->at + nanoseconds(std::llround(seconds * 1e9)), {}};
  for (const auto& [column, name] : columns.gpus) {
    double number = 0;
    if (means_missing(fields[column])) {
      out.energies.push_back(std::nullopt);
    } else if (parse_number(fields[column], number)) {
      const Result<Energy> energy = logged_energy(number, Part::accelerator, out.to - from->at);
      if (!energy) return at_line(lines, energy.error().what);
      out.energies.push_back(*energy);
    } else {
      return at_line(lines, in_quotes(fields[column]) + " is not a number of joules");
    }
  }
  return out;
}

Result<std::vector<Window>> read_windows(LogLines& lines, ZeusColumns& columns, LogBook& book) {
  std::vector<Window> out;
  while (true) {
    const Result<std::optional<std::string_view>> line = lines.next();
    if (!line) return line.error();
    if (!*line) return out;
    if (trimmed(**line).empty()) continue;
    if (const std::optional<ZeusColumns> header = columns_in(**line)) {
      if (!columns.gpus.empty() && header->gpus != columns.gpus) return at_line(lines, "another header");
      columns = *header;
      continue;
    }
    if (columns.gpus.empty())
      return at_line(lines, "no header above it", "start_time,window_name,elapsed_time,gpu0_energy");
    // Zeus ends each line; what the last number of another has lost cannot be seen
    if (lines.unfinished()) {
      book.note_cut_off();
      return out;
    }
    Result<Window> window = window_of(lines, columns, csv_fields(**line));
    if (!window) return window.error();
    if (out.size() == most_windows)
      return at_line(lines, "above a million windows", "give the windows of the epochs only");
    out.push_back(std::move(*window));
  }
}

bool looks_like_zeus(Head head) {
  return std::any_of(
      head.begin(), head.end(), [](const std::string& line) { return columns_in(line).has_value(); });
}

Result<void> read_zeus(LogLines& lines, const LogOptions&, LogBook& book) {
  ZeusColumns columns;
  Result<std::vector<Window>> windows = read_windows(lines, columns, book);
  if (!windows) return windows.error();
  // by begin, the longest first: what lies inside comes after what holds it
  std::stable_sort(windows->begin(), windows->end(), [](const Window& a, const Window& b) {
    return a.from.at != b.from.at ? a.from.at < b.from.at : a.to > b.to;
  });
  std::optional<Moment> until;
  std::size_t inside = 0;
  for (const Window& window : *windows) {
    if (until && window.to <= *until + rounding) {
      ++inside;
      continue;
    }
    const Moment from =
        until && *until - window.from.at <= rounding ? std::max(*until, window.from.at) : window.from.at;
    if (until && from < *until) {
      return Error{ErrorKind::contradiction, {},
          "windows overlap by halves, so energy would be counted twice", "give the windows of one kind only"};
    }
    until = window.to;
    book.seen(window.from);
    book.seen(Stamp{window.to, window.from.kind});
    for (std::size_t i = 0; i < columns.gpus.size(); ++i) {
      Device device;
      device.id = printable(columns.gpus[i].second);
      device.part = Part::accelerator;
      device.meter = "zeus";
      device.accuracy = nvidia_counter;
      book.span(book.device(device), from, window.to, window.energies[i]);
    }
  }
  if (inside > 0) book.note(std::to_string(inside) + " windows that lie inside others are not counted again");
  return {};
}

}  // namespace

extern const LogFormat zeus = {
    "zeus", "log file of Zeus: energy of each GPU, window by window", looks_like_zeus, read_zeus};

}  // namespace footpound::measure
