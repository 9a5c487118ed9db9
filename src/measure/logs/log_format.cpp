// SPDX-License-Identifier: MIT
#include "measure/logs/log_format.hpp"

#include <algorithm>
#include <array>

#include "measure/logs/unread_logs.hpp"
#include "units/number_text.hpp"
#include "units/plain_amount.hpp"

namespace footpound::measure {

// Each is defined in its own file. A new one: a row, where it is to be tried.
#define FOOTPOUND_LOG_FORMATS(row)                                                               \
  row(dmon) row(perf_json) row(perf) row(zeus) row(prometheus) row(powermetrics) row(tegrastats) \
      row(carbontracker) row(rocm_smi) row(amd_smi) row(nvidia_smi) row(watt_csv)

// a name that is declared cannot stand in brackets
// NOLINTNEXTLINE(bugprone-macro-parentheses)
#define FOOTPOUND_DECLARED(name) extern const LogFormat name;
FOOTPOUND_LOG_FORMATS(FOOTPOUND_DECLARED)

namespace {

#define FOOTPOUND_ADDRESS(name) &(name),
constexpr std::array formats = {FOOTPOUND_LOG_FORMATS(FOOTPOUND_ADDRESS)};

constexpr std::size_t lines_looked_at = 64;

Error unknown_format(std::string_view name) {
  std::string known;
  for (const LogFormat* format : formats) known += (known.empty() ? "" : ", ") + std::string(format->name);
  if (name.empty()) {
    return Error{ErrorKind::malformed, {}, "is no power log that is known by its content",
        "name it with --log-format: " + known};
  }
  return Error{
      ErrorKind::unknown_name, "--log-format", "unknown format " + in_quotes(name), "there are " + known};
}

const LogFormat* find_format(std::string_view name, Head head, const LogOptions& options) {
  const auto is_it = [&](const LogFormat* format) {
    if (!name.empty()) return format->name == name;
    if (options.columns.empty()) return format->looks_like(head);
    return format->looks_like_with_columns != nullptr && format->looks_like_with_columns(head);
  };
  const auto found = std::find_if(formats.begin(), formats.end(), is_it);
  return found == formats.end() ? nullptr : *found;
}

}  // namespace

Result<void> check_log_format(std::string_view name) {
  if (!name.empty() && find_format(name, {}, {}) == nullptr) return unknown_format(name);
  return {};
}

std::span<const LogFormat* const> log_formats() { return formats; }

const LogFormat* log_format_of(Head head) { return find_format({}, head, {}); }

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
    const Result<Amount> amount = parse_plain_amount(text, UnitKind::power);
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
  // what any CSV may be is tried last
  if (format.empty() && options.columns.empty() && (row == nullptr || row == &watt_csv)) {
    if (const std::optional<Error> known = unread_log(*head)) return *known;
  }
  if (row == nullptr) return unknown_format(format);
  LogBook book;
  if (Result<void> read = row->read(lines, options, book); !read) return read.error();
  if (in.bad()) return Error{ErrorKind::malformed, {}, "cannot be read to its end", {}};
  return book.finish();
}

}  // namespace footpound::measure
