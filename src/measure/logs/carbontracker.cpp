// SPDX-License-Identifier: MIT
// carbontracker's own log (..._carbontracker.log): mean powers of each epoch, without its PUE. The energies
// that it prints hold that, and are passed over.
#include <algorithm>
#include <array>
#include <cmath>

#include "measure/accuracies.hpp"
#include "measure/logs/log_format.hpp"
#include "units/plain_amount.hpp"

namespace footpound::measure {

namespace {

constexpr std::string_view power_of = "Average power usage (W) for ";
constexpr std::string_view epoch_word = "Epoch ";
constexpr std::string_view length_word = "Duration: ";
constexpr std::string_view predicted_word = "Predicted consumption for ";

// "0:10:00.00", "1 day, 2:03:04.50"
std::optional<nanoseconds> length_in(std::string_view text) {
  double days = 0;
  if (const std::size_t day = text.find(" day"); day != std::string_view::npos) {
    if (!parse_number(text.substr(0, day), days)) return std::nullopt;
    text.remove_prefix(std::min(text.find(", ") + 2, text.size()));
  }
  const Result<Amount> clock = parse_plain_amount(trimmed(text), UnitKind::duration);
  constexpr double most_hours = 1e5;
  if (!clock || !(days >= 0 && clock->value >= 0 && days * 24 + clock->value < most_hours))
    return std::nullopt;
  return nanoseconds(std::llround((days * 24 + clock->value) * seconds_per_hour * 1e9));
}

class CarbontrackerReader {
 public:
  CarbontrackerReader(LogLines& lines, LogBook& book) : lines_(lines), book_(book) {}

  Result<void> read() {
    while (true) {
      const Result<std::optional<std::string_view>> line = lines_.next();
      if (!line) return line.error();
      if (!*line) break;
      if (Result<void> taken = take(**line); !taken) return taken;
    }
    book_.note("carbontracker's own energies hold its PUE and are not used: its powers are");
    if (!predicted_.empty()) {
      book_.note("carbontracker predicted " + predicted_ + " epochs from " + std::to_string(epochs_) +
                 "; --covers " + std::to_string(epochs_) + "/" + predicted_ + " scales to them");
    }
    return {};
  }

 private:
  // "2026-11-14 15:43:37 - Epoch 1:"
  Result<void> take(std::string_view line) {
    if (line.compare(0, predicted_word.size(), predicted_word) == 0) {
      const std::string_view rest = line.substr(predicted_word.size());
      predicted_ = rest.substr(0, std::min(rest.find_first_not_of("0123456789"), rest.size()));
      return {};
    }
    const std::size_t dash = line.find(" - ");
    if (dash == std::string_view::npos) return {};
    const std::string_view text = line.substr(dash + 3);
    if (text.compare(0, epoch_word.size(), epoch_word) == 0) {
      at_ = parse_stamp(line.substr(0, dash));
      if (!at_) return at_line(lines_, in_quotes(line.substr(0, dash)) + " is not a time");
      length_.reset();
    } else if (text.compare(0, length_word.size(), length_word) == 0 && at_) {
      length_ = length_in(text.substr(length_word.size()));
      if (!length_ && !lines_.unfinished()) return at_line(lines_, "is no length of an epoch");
      begin_epoch();
    } else if (text.compare(0, power_of.size(), power_of) == 0) {
      return powers(text.substr(power_of.size()));
    }
    return {};
  }

  // Epochs follow each other; their ends are written in whole seconds.
  void begin_epoch() {
    if (!length_) return;
    ++epochs_;
    constexpr nanoseconds rounding = std::chrono::seconds(2);
    from_ = at_->at - *length_;
    if (until_ && *until_ - from_ < rounding && from_ < *until_) from_ = *until_;
    until_ = from_ + *length_;
    book_.seen(Stamp{from_, at_->kind});
    book_.seen(Stamp{*until_, at_->kind});
  }

  // "gpu: [136.86 140.2]", "cpu: 80.0", "gpu: None"
  Result<void> powers(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || lines_.unfinished()) {
      book_.note_cut_off();
      return {};
    }
    const std::string_view kind = text.substr(0, colon);
    const Part part = kind == "gpu" ? Part::accelerator : kind == "cpu" ? Part::cpu : Part::node;
    if (!length_) return at_line(lines_, "no length of its epoch above it");
    std::string numbers(text.substr(colon + 1));
    std::replace_if(
        numbers.begin(), numbers.end(), [](char c) { return c == '[' || c == ']' || c == ','; }, ' ');
    const std::vector<std::string> fields = blank_fields(numbers);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const Result<std::optional<Power>> power = logged_power(fields[i], ceiling(part));
      if (!power) return at_line(lines_, power.error().what, power.error().instead);
      if (!*power && fields.size() == 1) continue;  // "None": no such devices
      Device device;
      device.id = printable(kind) + std::to_string(i);
      device.part = part;
      device.meter = "carbontracker";
      device.accuracy = part == Part::cpu ? rapl_package : nvidia_power;
      book_.span(book_.device(device), from_, *until_,
          *power ? std::optional(**power * duration(*length_)) : std::nullopt);
    }
    return {};
  }

  LogLines& lines_;
  LogBook& book_;
  std::optional<Stamp> at_;
  std::optional<nanoseconds> length_;
  Moment from_{0};
  std::optional<Moment> until_;
  std::size_t epochs_ = 0;
  std::string predicted_;
};

bool looks_like_carbontracker(Head head) {
  return std::any_of(head.begin(), head.end(),
      [](const std::string& line) { return line.find(power_of) != std::string::npos; });
}

Result<void> read_carbontracker(LogLines& lines, const LogOptions&, LogBook& book) {
  return CarbontrackerReader(lines, book).read();
}

}  // namespace

extern const LogFormat carbontracker = {"carbontracker",
    "carbontracker's ..._carbontracker.log: mean powers of each epoch", looks_like_carbontracker,
    read_carbontracker};

}  // namespace footpound::measure
