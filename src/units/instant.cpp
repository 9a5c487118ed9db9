// SPDX-License-Identifier: MIT
#include "units/instant.hpp"

#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>

#include <fmt/format.h>

#include "units/amount.hpp"

namespace footpound {

namespace {

namespace chrono = std::chrono;

// Seconds since the epoch at which a day begins; nullopt where the calendar has no such day.
std::optional<std::int64_t> begin_of_day(unsigned year, unsigned month, unsigned day) {
  const chrono::year_month_day date(
      chrono::year(static_cast<int>(year)), chrono::month(month), chrono::day(day));
  if (!date.ok()) return std::nullopt;
  return chrono::sys_seconds(chrono::sys_days(date)).time_since_epoch().count();
}

// Takes the text apart from the left.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  bool done() const { return text_.empty(); }
  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool peek(char c) const { return !text_.empty() && text_.front() == c; }
  std::optional<unsigned> digits(std::size_t count) {
    if (text_.size() < count) return std::nullopt;
    unsigned n = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return std::nullopt;
      n = n * 10 + static_cast<unsigned>(text_[i] - '0');
    }
    text_.remove_prefix(count);
    return n;
  }
  std::optional<double> fraction() {
    std::size_t length = 0;
    while (length < text_.size() && text_[length] >= '0' && text_[length] <= '9') ++length;
    double value = 0;
    if (length == 0 ||
        !parse_number("0." + std::string(text_.substr(0, std::min<std::size_t>(length, 15))), value))
      return std::nullopt;
    text_.remove_prefix(length);
    return value;
  }

 private:
  std::string_view text_;
};

std::optional<double> time_of_day(Scanner& scan) {
  const auto hour = scan.digits(2);
  const bool colons = scan.take(':');
  const auto minute = scan.digits(2);
  if (!hour || !minute || *hour > 24 || *minute > 59) return std::nullopt;
  double seconds = 0;
  if (colons ? scan.take(':') : !scan.done() && !scan.peek('Z') && !scan.peek('+') && !scan.peek('-')) {
    const auto second = scan.digits(2);
    if (!second || *second > 60) return std::nullopt;
    seconds = *second;
    if (scan.take('.') || scan.take(',')) {
      const auto part = scan.fraction();
      if (!part) return std::nullopt;
      seconds += *part;
    }
  }
  const double total = *hour * 3600.0 + *minute * 60.0 + seconds;
  if (total > 86400) return std::nullopt;
  return total;
}

// "", "Z", "+01:00", "-0530", "+01"
std::optional<double> offset(Scanner& scan, double local_offset_seconds) {
  if (scan.done()) return local_offset_seconds;
  if (scan.take('Z') || scan.take('z')) return 0;
  const bool east = scan.peek('+');
  if (!scan.take('+') && !scan.take('-')) return std::nullopt;
  const auto hour = scan.digits(2);
  if (!hour || *hour > 23) return std::nullopt;
  unsigned minutes = 0;
  if (!scan.done()) {
    scan.take(':');
    const auto minute = scan.digits(2);
    if (!minute || *minute > 59) return std::nullopt;
    minutes = *minute;
  }
  const double seconds = *hour * 3600.0 + minutes * 60.0;
  return east ? seconds : -seconds;
}

std::optional<double> parse_civil(std::string_view text, double local_offset_seconds) {
  Scanner scan(text);
  const auto year = scan.digits(4);
  const bool dashes = scan.take('-');
  const auto month = scan.digits(2);
  if (dashes && !scan.take('-')) return std::nullopt;
  const auto day = scan.digits(2);
  if (!year || !month || !day) return std::nullopt;
  const std::optional<std::int64_t> begin = begin_of_day(*year, *month, *day);
  if (!begin) return std::nullopt;
  const auto seconds = static_cast<double>(*begin);
  if (scan.done()) return seconds - local_offset_seconds;
  if (!scan.take('T') && !scan.take('t') && !scan.take(' ')) return std::nullopt;
  const auto time = time_of_day(scan);
  if (!time) return std::nullopt;
  const auto zone = offset(scan, local_offset_seconds);
  if (!zone || !scan.done()) return std::nullopt;
  return seconds + *time - *zone;
}

std::uint64_t eight_bytes(const char* text) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text, 8);
  return bytes;
}

// Eight bytes against a pattern of digits ('0') and other bytes: where all fit, the value of each
// two digits in the byte of the first.
bool take_pairs(std::uint64_t bytes, const char* pattern, std::uint64_t others, std::uint64_t& pairs) {
  const std::uint64_t digits = bytes ^ eight_bytes(pattern);  // 0 to 9, and 0 at the other bytes
  constexpr std::uint64_t highs = 0x8080808080808080U;
  constexpr std::uint64_t ten_to_high = 0x7676767676767676U;  // 10 + 0x76 = 0x80
  if ((((digits + ten_to_high) | digits) & highs) != 0 || (digits & others) != 0) return false;
  pairs = digits * 10 + (digits >> 8);
  return true;
}

unsigned pair(std::uint64_t pairs, unsigned byte) {
  return static_cast<unsigned>(pairs >> (8 * byte) & 0xFF);
}

// "2026-11-" and "26-11-23"
bool meet_day(std::uint64_t first, std::uint64_t last, KnownDay& known) {
  constexpr std::uint64_t dashes_of_first = 0xFF0000FF00000000U;
  constexpr std::uint64_t dashes_of_last = 0x0000FF0000FF0000U;
  std::uint64_t years = 0;
  std::uint64_t days = 0;
  if (!take_pairs(first, "0000-00-", dashes_of_first, years) ||
      !take_pairs(last, "00-00-00", dashes_of_last, days))
    return false;
  const std::optional<std::int64_t> begin =
      begin_of_day(pair(years, 0) * 100 + pair(years, 2), pair(days, 3), pair(days, 6));
  if (!begin) return false;
  known = {first, last, *begin};
  return true;
}

bool is_epoch(std::string_view text) {
  const std::size_t whole = std::min(text.find('.'), text.size());
  return whole >= 1 && whole <= 11 && whole != 8 &&
         text.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

bool parse_usual_instant(std::string_view text, KnownDay& day, Instant& instant) {
  constexpr std::uint64_t colons = 0x0000FF0000FF0000U;
  std::uint64_t time = 0;
  if (text.size() != 20 || text[10] != 'T' || text[19] != 'Z' ||
      !take_pairs(eight_bytes(text.data() + 11), "00:00:00", colons, time))
    return false;
  const std::uint64_t hour = pair(time, 0);
  const std::uint64_t minute = pair(time, 3);
  const std::uint64_t second = pair(time, 6);
  if (hour > 23 || minute > 59 || second > 59) return false;
  const std::uint64_t first = eight_bytes(text.data());
  const std::uint64_t last = eight_bytes(text.data() + 2);
  if ((first != day.first || last != day.last) && !meet_day(first, last, day)) return false;
  instant.epoch_seconds =
      static_cast<double>(day.begins + static_cast<std::int64_t>(hour * 3600 + minute * 60 + second));
  return true;
}

CivilDate utc_date(Instant instant) {
  const auto days = static_cast<std::int64_t>(std::floor(instant.epoch_seconds / 86400));
  const chrono::year_month_day date{chrono::sys_days(chrono::days(days))};
  return {
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())};
}

int year_of(Instant instant) { return utc_date(instant).year; }

Instant year_start(int year) {
  const chrono::sys_days day = chrono::year(year) / chrono::January / 1;
  return Instant{static_cast<double>(chrono::sys_seconds(day).time_since_epoch().count())};
}

Result<Instant> parse_instant(std::string_view text, double local_offset_seconds) {
  Instant usual;
  KnownDay day;
  if (parse_usual_instant(text, day, usual)) return usual;
  double epoch = 0;
  if (is_epoch(text) && parse_number(text, epoch)) return Instant{epoch};
  if (const auto seconds = parse_civil(text, local_offset_seconds)) return Instant{*seconds};
  return Error{ErrorKind::bad_value, {}, in_quotes(text) + " is not a time",
      "write 2026-11-23T14:05:09Z, or seconds since 1970"};
}

std::string instant_text(Instant instant) {
  const CivilDate date = utc_date(instant);
  const double day = std::floor(instant.epoch_seconds / 86400) * 86400;
  const auto second = static_cast<int>(instant.epoch_seconds - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", date.year, date.month, date.day, second / 3600,
      second / 60 % 60, second % 60);
}

}  // namespace footpound
