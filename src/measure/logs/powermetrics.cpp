// SPDX-License-Identifier: MIT
// powermetrics of macOS, as text: the mean powers of a sample, for the time it says that it took.
#include <algorithm>
#include <array>
#include <cmath>

#include "measure/accuracies.hpp"
#include "measure/logs/log_format.hpp"
#include "units/amount.hpp"

namespace footpound::measure {

namespace {

constexpr std::string_view sample_line = "*** Sampled system activity (";

struct Meter {
  std::string_view text;  // what its line begins with
  Part part;
  std::string_view id;
  bool total;  // holds the others: taken where there are none
};
constexpr std::array meters = {Meter{"CPU Power:", Part::cpu, "cpu", false},
    Meter{"GPU Power:", Part::accelerator, "gpu", false},
    // the neural engine, which is no accelerator to be counted by itself
    Meter{"ANE Power:", Part::accelerator, "gpu", false}, Meter{"DRAM Power:", Part::memory, "dram", false},
    Meter{"Package Power:", Part::cpu, "package", true}, Meter{"Combined Power", Part::cpu, "package", true},
    Meter{"Intel energy model derived package power", Part::cpu, "package", true}};

struct Sample {
  Stamp end;
  nanoseconds length{0};
};

// "*** Sampled system activity (Sat Apr 18 06:26:35 2026 +0200) (106.47ms elapsed) ***"
std::optional<Sample> sample_in(std::string_view line) {
  const std::size_t begin = line.find(sample_line);
  if (begin == std::string_view::npos) return std::nullopt;
  line.remove_prefix(begin + sample_line.size());
  const std::size_t close = line.find(')');
  const std::size_t open = line.find('(', std::min(close, line.size()));
  const std::size_t unit = line.find("ms elapsed", std::min(open, line.size()));
  if (unit == std::string_view::npos) return std::nullopt;
  const std::optional<Stamp> end = parse_stamp(line.substr(0, close));
  double milliseconds = 0;
  constexpr double most = 1e9;
  if (!end || !parse_number(line.substr(open + 1, unit - open - 1), milliseconds) ||
      !(milliseconds > 0 && milliseconds < most))
    return std::nullopt;
  return Sample{*end, nanoseconds(std::llround(milliseconds * 1e6))};
}

class PowermetricsReader {
 public:
  PowermetricsReader(LogLines& lines, LogBook& book) : lines_(lines), book_(book) {}

  Result<void> read() {
    while (true) {
      const Result<std::optional<std::string_view>> line = lines_.next();
      if (!line) return line.error();
      if (!*line) return finish();
      if ((*line)->find(sample_line) != std::string_view::npos) {
        if (Result<void> kept = keep(); !kept) return kept;
        sample_ = sample_in(**line);
        if (!sample_ && !lines_.unfinished()) return at_line(lines_, "its time is not known");
      } else if (Result<void> taken = take(**line); !taken) {
        return taken;
      }
    }
  }

 private:
  Result<void> take(std::string_view line) {
    const auto* meter = std::find_if(meters.begin(), meters.end(),
        [&](const Meter& m) { return line.compare(0, m.text.size(), m.text) == 0; });
    if (meter == meters.end() || !sample_) return {};
    const std::string_view text = trimmed(line.substr(line.rfind(':') + 1));
    const Result<std::optional<Power>> power = logged_power(text, ceiling(meter->part));
    if (!power || !*power) {
      if (lines_.unfinished()) return {};
      return at_line(lines_, in_quotes(text) + " is no power");
    }
    if (meter->total) {
      total_ = **power;
    } else {
      for (Reading& reading : readings_) {
        if (reading.meter->id == meter->id) {
          reading.power = reading.power + **power;
          return {};
        }
      }
      readings_.push_back({meter, **power});
    }
    return {};
  }

  // Samples follow each other without a gap, and their times are whole seconds.
  Result<void> keep() {
    if (sample_ && readings_.empty() && total_) readings_.push_back({&meters.back(), *total_});
    total_.reset();
    if (!sample_ || readings_.empty()) return {};
    constexpr nanoseconds rounding = std::chrono::seconds(2);
    Moment from = sample_->end.at - sample_->length;
    if (until_ && from - *until_ < rounding && *until_ - from < rounding) from = *until_;
    const Moment to = from + sample_->length;
    if (until_ && from < *until_) return at_line(lines_, "the time of a sample goes back");
    book_.seen(Stamp{from, sample_->end.kind});
    book_.seen(Stamp{to, sample_->end.kind});
    for (const Reading& reading : readings_) {
      Device device;
      device.id = reading.meter->id;
      device.part = reading.meter->part;
      device.meter = "powermetrics";
      device.accuracy = unvalidated;
      book_.span(book_.device(device), from, to, reading.power * duration(sample_->length));
    }
    until_ = to;
    readings_.clear();
    any_ = true;
    return {};
  }

  Result<void> finish() {
    // of the last sample, the last lines may be missing
    if (Result<void> kept = keep(); !kept) return kept;
    if (any_) return {};
    return Error{ErrorKind::missing, {}, "is powermetrics' and holds no powers",
        "log with powermetrics --samplers cpu_power,gpu_power -i 1000"};
  }

  static constexpr Accuracy unvalidated{0.10, std::chrono::seconds(1), "assumed: Apple's model of its chips"};

  struct Reading {
    const Meter* meter;
    Power power;
  };
  LogLines& lines_;
  LogBook& book_;
  std::optional<Sample> sample_;
  std::vector<Reading> readings_;
  std::optional<Power> total_;
  std::optional<Moment> until_;
  bool any_ = false;
};

bool looks_like_powermetrics(Head head) {
  return std::any_of(head.begin(), head.end(),
      [](const std::string& line) { return line.find(sample_line) != std::string::npos; });
}

Result<void> read_powermetrics(LogLines& lines, const LogOptions&, LogBook& book) {
  return PowermetricsReader(lines, book).read();
}

}  // namespace

extern const LogFormat powermetrics = {"powermetrics",
    "powermetrics --samplers cpu_power,gpu_power -i 1000 (macOS), as text", looks_like_powermetrics,
    read_powermetrics};

}  // namespace footpound::measure
