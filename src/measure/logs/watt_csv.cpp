// SPDX-License-Identifier: MIT
// CSV with a row per reading: nvidia-smi's, and any with a column of times and one of watts.
#include <algorithm>
#include <map>

#include "measure/accuracies.hpp"
#include "measure/logs/log_format.hpp"
#include "measure/logs/watt_columns.hpp"

namespace footpound::measure {

namespace {

// Rows without header may begin with readings that are not available: so many are waited for.
constexpr std::size_t rows_for_guess = 16;

// A plain series may be that of a rack, or a room.
constexpr Power most_of_series = watts(1e7);

// Unit and decimals of a power: "389.55 W" -> ".## W". What a cut-off line lost shows in it.
std::string form_of(std::string_view power) {
  std::string form;
  bool decimals = false;
  for (const char c : power) {
    const bool digit = c >= '0' && c <= '9';
    decimals = decimals || c == '.';
    if (!digit || decimals) form += digit ? '#' : c;
  }
  return form;
}

class WattReader {
 public:
  WattReader(LogLines& lines, LogBook& book, Device like, Power most)
      : lines_(lines), book_(book), like_(std::move(like)), most_(most) {}

  Result<void> read(const LogOptions& options) {
    if (Result<void> found = find_columns(options); !found) return found;
    while (true) {
      const Result<std::optional<std::string_view>> line = lines_.next();
      if (!line) return line.error();
      if (!*line) return {};
      if (trimmed(**line).empty()) continue;
      if (Result<void> taken = take(csv_fields(**line)); !taken) return taken;
    }
  }

 private:
  Result<void> find_columns(const LogOptions& options) {
    const Result<std::vector<std::string>> head = lines_.head(rows_for_guess);
    if (!head) return head.error();
    const auto first =
        std::find_if(head->begin(), head->end(), [](const auto& l) { return !trimmed(l).empty(); });
    if (first == head->end()) return Error{ErrorKind::malformed, {}, "holds blank lines only", {}};
    const std::vector<std::string> fields = csv_fields(*first);
    if (!options.columns.empty()) {
      const Result<WattColumns> columns = columns_by_name(options.columns);
      if (!columns) return columns.error();
      columns_ = *columns;
      if (columns_.time < fields.size() && !parse_stamp(fields[columns_.time])) header_ = fields;
      return {};
    }
    const Result<std::optional<WattColumns>> by_header = columns_of_header(fields);
    if (!by_header) return by_header.error();
    if (*by_header) {
      columns_ = **by_header;
      header_ = fields;
      return {};
    }
    std::optional<Error> error;
    for (auto line = first; line != head->end(); ++line) {
      const Result<WattColumns> guess = columns_by_guess(csv_fields(*line));
      if (guess) {
        columns_ = *guess;
        return {};
      }
      if (!error) error = guess.error();
    }
    return *error;
  }

  Result<void> take(const std::vector<std::string>& fields) {
    if (fields == header_) return {};  // its own, or that of a logger that was started again
    if (fields.size() != columns_.count) {
      if (lines_.unfinished()) return cut_off();
      return at_line(
          lines_, "has " + std::to_string(fields.size()) + " fields, not " + std::to_string(columns_.count));
    }
    const std::optional<Stamp> at = parse_stamp(fields[columns_.time]);
    if (!at) {
      if (lines_.unfinished()) return cut_off();
      return at_line(lines_, in_quotes(fields[columns_.time]) + " is not a time",
          "write 2026-05-01T22:00:00.123 or seconds");
    }
    const std::string& power_text = fields[columns_.watts];
    const bool power_is_last = columns_.watts + 1 == columns_.count;
    if (lines_.unfinished() && (power_is_last ? lost_something(power_text) : is_shorter(fields.back()))) {
      return cut_off();
    }
    const Result<std::optional<Power>> power = logged_power(power_text, most_, columns_.unit_watts);
    if (!power) {
      if (lines_.unfinished() && power_is_last) return cut_off();
      return at_line(lines_, power.error().what, power.error().instead);
    }
    if (*power) last_power_ = power_text;
    last_length_ = fields.back().size();
    const std::size_t device = device_of(fields);
    if (columns_.name) book_.name(device, fields[*columns_.name]);
    book_.power(device, *at, *power);
    return {};
  }

  std::size_t device_of(const std::vector<std::string>& fields) {
    const std::string key = columns_.device ? fields[*columns_.device] : std::string();
    const auto known = devices_.find(key);
    if (known != devices_.end()) return known->second;
    Device device = like_;
    if (!key.empty()) {
      const bool bare = key.find_first_not_of("0123456789") == std::string::npos;
      device.id = bare && device.part == Part::accelerator ? "gpu" + key : printable(key);
    }
    return devices_[key] = book_.device(device);
  }

  Result<void> cut_off() {
    book_.note_cut_off();
    return {};
  }

  // Against the rows before: decimals and unit, or, where there are none, the digits.
  bool lost_something(const std::string& power) const {
    if (power.empty()) return true;
    if (last_power_.empty() || means_missing(power)) return false;
    const std::string form = form_of(last_power_);
    return form_of(power) != form || (form.empty() && power.size() < last_power_.size());
  }
  bool is_shorter(const std::string& field) const { return last_length_ && field.size() < *last_length_; }

  LogLines& lines_;
  LogBook& book_;
  Device like_;
  Power most_;  // that a row may say
  WattColumns columns_;
  std::vector<std::string> header_;
  std::string last_power_;                  // the last one that was available
  std::optional<std::size_t> last_length_;  // of the last field
  std::map<std::string, std::size_t> devices_;
};

// A time with slashes, as nvidia-smi alone writes it.
bool has_slashes(const std::string& line) {
  const std::vector<std::string> fields = csv_fields(line);
  return std::any_of(fields.begin(), fields.end(),
      [](const std::string& field) { return field.find('/') == 4 && parse_stamp(field); });
}

bool begins_with_stamp_and_power(const std::string& line) {
  return static_cast<bool>(columns_by_guess(csv_fields(line)));
}

// Columns that are named: what is not nvidia-smi's by its times is a plain CSV.
bool times_of_nvidia_smi(Head head) { return std::any_of(head.begin(), head.end(), has_slashes); }

bool looks_like_nvidia_smi(Head head) {
  return std::any_of(head.begin(), head.end(), [](const std::string& line) {
    return lower_case(line).find("power.draw") != std::string::npos ||
           (has_slashes(line) && begins_with_stamp_and_power(line));
  });
}

Result<void> read_nvidia_smi(LogLines& lines, const LogOptions& options, LogBook& book) {
  Device like;
  like.id = "gpu";
  like.part = options.part.value_or(Part::accelerator);
  like.meter = "nvidia-smi";
  like.accuracy = nvidia_power;
  return WattReader(lines, book, like, ceiling(like.part)).read(options);
}

bool any_head(Head) { return true; }

bool looks_like_watts(Head head) {
  for (const std::string& line : head) {
    if (trimmed(line).empty()) continue;
    const Result<std::optional<WattColumns>> columns = columns_of_header(csv_fields(line));
    // several columns of watts: this reader's to complain about
    return !columns || *columns || begins_with_stamp_and_power(line);
  }
  return false;
}

Result<void> read_watts(LogLines& lines, const LogOptions& options, LogBook& book) {
  Device like;
  like.id = "meter";
  like.part = options.part.value_or(Part::node);
  like.meter = "watts";
  like.accuracy = unknown_meter;
  if (!options.part) {
    book.note(
        "the watts are taken for those of the whole node; --log-part accelerator or cpu says otherwise");
  }
  return WattReader(lines, book, like, most_of_series).read(options);
}

}  // namespace

extern const LogFormat nvidia_smi = {"nvidia-smi",
    "nvidia-smi --query-gpu=timestamp,uuid,power.draw --format=csv -l 1", looks_like_nvidia_smi,
    read_nvidia_smi, times_of_nvidia_smi};
extern const LogFormat watt_csv = {
    "watts", "CSV with a column of times and one of watts", looks_like_watts, read_watts, any_head};

}  // namespace footpound::measure
