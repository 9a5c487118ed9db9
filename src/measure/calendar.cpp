// SPDX-License-Identifier: MIT
#include "measure/calendar.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "units/instant.hpp"
#include "units/plain_amount.hpp"

namespace footpound::measure {

namespace {

// Seconds since 1970 are told from seconds since the start by their size: 2001 to 2286.
constexpr double first_epoch_second = 1e9;
constexpr double last_epoch_second = 1e10;
// beyond this a count of nanoseconds does not fit
constexpr double most_seconds = 9e9;

// A double holds a second of our time to a quarter of a microsecond: rounded, it is exact again.
std::optional<nanoseconds> to_microseconds(double seconds) {
  if (!(seconds >= 0 && seconds <= most_seconds)) return std::nullopt;
  return std::chrono::microseconds(std::llround(seconds * 1e6));
}

std::optional<Stamp> stamp_of(double seconds, Stamp::Kind kind) {
  const std::optional<nanoseconds> at = to_microseconds(seconds);
  return at ? std::optional(Stamp{*at, kind}) : std::nullopt;
}

// "Sat Apr 18 06:26:35 [UTC] 2026 [+0200]" -> "2026-04-18T06:26:35+02:00". Zones have their letters in no
// table: all but UTC and GMT count as local.
std::optional<std::string> iso_of_date_command(std::string_view text) {
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (words.size() < 5 || words.size() > 7 || words[0].size() != 3 || words[1].size() != 3)
    return std::nullopt;
  const std::size_t month = months.find(words[1]);
  const bool zoned = words.size() > 5 && words[4].find_first_of("0123456789") == std::string_view::npos;
  const std::string_view year = words[zoned ? 5 : 4];
  if (month == std::string_view::npos || month % 3 != 0 || words[2].size() > 2 || year.size() != 4)
    return std::nullopt;
  const auto two = [](std::string_view number) { return std::string(2 - number.size(), '0').append(number); };
  std::string iso(year);
  iso += "-" + two(std::to_string(month / 3 + 1)) + "-" + two(words[2]) + "T";
  iso += words[3];
  if (zoned && (words[4] == "UTC" || words[4] == "GMT")) iso += "Z";
  const std::string_view offset = words.size() > (zoned ? 6U : 5U) ? words.back() : std::string_view();
  if (offset.size() == 5) iso.append(offset.substr(0, 3)).append(":").append(offset.substr(3));
  return iso;
}

}  // namespace

std::string iso_utc(WallTime at) { return instant_text(Instant{std::floor(in_seconds(at))}); }

std::optional<Stamp> stamp_at(double seconds) {
  return stamp_of(seconds, seconds >= first_epoch_second ? Stamp::Kind::utc : Stamp::Kind::plain);
}

std::optional<Stamp> parse_stamp(std::string_view text, std::optional<double> unit_seconds) {
  double number = 0;
  if (parse_number(text, number)) {
    if (unit_seconds) number *= *unit_seconds;
    // seconds of that size lie beyond the year 2286: they are milli-, micro- or nanoseconds
    for (int step = 0; step < 3 && number >= last_epoch_second; ++step) number /= 1000;
    return stamp_at(number);
  }
  if (text.find(':') == std::string_view::npos) return std::nullopt;
  std::string iso = iso_of_date_command(text).value_or(std::string(text));
  // "22:00:00,123", as many a logger writes it
  if (const std::size_t comma = iso.find(',', iso.find(':')); comma != std::string::npos) iso[comma] = '.';
  if (iso.size() > 7 && iso[4] == '/' && iso[7] == '/') iso[4] = iso[7] = '-';
  constexpr double other_zone = seconds_per_hour;
  if (const Result<Instant> instant = parse_instant(iso)) {
    const bool local = parse_instant(iso, other_zone)->epoch_seconds != instant->epoch_seconds;
    return stamp_of(instant->epoch_seconds, local ? Stamp::Kind::local : Stamp::Kind::utc);
  }
  const Result<Amount> clock = parse_plain_amount(iso, UnitKind::duration);
  if (!clock) return std::nullopt;
  return stamp_of(clock->value * seconds_per_hour, Stamp::Kind::clock);
}

std::optional<std::string> stamp_text(Stamp stamp) {
  if (stamp.kind == Stamp::Kind::plain || stamp.kind == Stamp::Kind::clock) return std::nullopt;
  std::string text = iso_utc(stamp.at);
  if (stamp.kind == Stamp::Kind::local) text.pop_back();
  return text;
}

}  // namespace footpound::measure
