// SPDX-License-Identifier: MIT
#include "measure/logs/log_format.hpp"

#include <algorithm>
#include <array>

#include "measure/logs/log_readers.hpp"
#include "units/amount.hpp"
#include "units/number_text.hpp"

namespace footpound::measure {

namespace {

constexpr std::array format_table = {
    LogFormat{"nvidia-smi-dmon", "nvidia-smi dmon -s p -o DT", looks_like_dmon, read_dmon},
    LogFormat{"perf-json", "perf stat -j -a -e power/energy-pkg/,power/energy-ram/", looks_like_perf_json,
        read_perf_json},
    LogFormat{"perf", "perf stat -x, -a -e power/energy-pkg/,power/energy-ram/", looks_like_perf, read_perf},
    LogFormat{"zeus", "log file of Zeus: energy of each GPU, window by window", looks_like_zeus, read_zeus},
    LogFormat{"nvidia-smi", "nvidia-smi --query-gpu=timestamp,uuid,power.draw --format=csv -l 1",
        looks_like_nvidia_smi, read_nvidia_smi},
    LogFormat{"watts", "CSV with a column of times and one of watts", looks_like_watts, read_watts},
};

constexpr std::size_t lines_looked_at = 16;

Error unknown_format(std::string_view name) {
  std::string known;
  for (const LogFormat& row : format_table) known += (known.empty() ? "" : ", ") + std::string(row.name);
  if (name.empty()) {
    return Error{ErrorKind::malformed, {}, "is no power log that is known by its content",
        "name it with --log-format: " + known};
  }
  return Error{
      ErrorKind::unknown_name, "--log-format", "unknown format " + in_quotes(name), "there are " + known};
}

// Columns are named for the formats that have such; what is not nvidia-smi's own is a plain CSV.
const LogFormat* find_format(
    std::string_view name, std::span<const std::string> head, const LogOptions& options) {
  for (const LogFormat& row : format_table) {
    if (name.empty() && !options.columns.empty()) {
      if (row.read == read_watts || (row.read == read_nvidia_smi && times_of_nvidia_smi(head))) return &row;
      continue;
    }
    if (name.empty() ? row.looks_like(head) : row.name == name) return &row;
  }
  return nullptr;
}

}  // namespace

Result<void> check_log_format(std::string_view name) {
  if (!name.empty() && find_format(name, {}, {}) == nullptr) return unknown_format(name);
  return {};
}

std::span<const LogFormat> log_formats() { return format_table; }

Error at_line(const LogLines& lines, std::string what, std::string instead) {
  return Error{ErrorKind::malformed, std::to_string(lines.number()), std::move(what), std::move(instead)};
}

bool means_missing(std::string_view text) {
  constexpr std::array words = {"", "-", "n/a", "na", "nan", "none", "null", "err!", "not supported"};
  // nvidia-smi puts all it cannot say into brackets: [N/A], [GPU is lost], [Unknown Error]
  if (text.size() >= 2 && text.front() == '[' && text.back() == ']') return true;
  const std::string word = lower_case(text);
  return std::find(words.begin(), words.end(), word) != words.end();
}

Result<std::optional<Power>> logged_power(std::string_view text, Power most, double unit_watts) {
  if (means_missing(text)) return std::optional<Power>();
  double number = 0;
  if (!parse_number(text, number)) {
    const Result<Amount> amount = parse_amount(text, UnitKind::power);
    if (!amount) return amount.error();
    number = amount->value / unit_watts;
  }
  const double value = number * unit_watts;
  if (!(value >= 0 && watts(value) <= most)) {
    return Error{ErrorKind::out_of_range, {}, in_quotes(text) + " is no power a machine draws", {}};
  }
  return std::optional<Power>(watts(value));
}

Result<Energy> logged_energy(double number, Part part, nanoseconds time) {
  // counters step up to a second late, so a short time may see more than its share
  const Energy most = ceiling(part) * duration(time + std::chrono::seconds(1));
  if (number >= 0 && joules(number) <= most) return joules(number);
  return Error{ErrorKind::out_of_range, {},
      human_number(number) + " J is no energy that one device takes in " + human_number(in_seconds(time)) +
          " s",
      {}};
}

Result<Measurement> read_power_log(std::istream& in, std::string_view format, const LogOptions& options) {
  LogLines lines(in);
  const Result<std::vector<std::string>> head = lines.head(lines_looked_at);
  if (!head) return head.error();
  if (head->empty()) return Error{ErrorKind::malformed, {}, "is empty", {}};
  const LogFormat* row = find_format(format, *head, options);
  if (row == nullptr) return unknown_format(format);
  LogBook book;
  if (Result<void> read = row->read(lines, options, book); !read) return read.error();
  if (in.bad()) return Error{ErrorKind::malformed, {}, "cannot be read to its end", {}};
  return book.finish();
}

}  // namespace footpound::measure
