// SPDX-License-Identifier: MIT
#include "measure/calendar.hpp"

#include <cmath>

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

}  // namespace

std::string iso_utc(WallTime at) { return instant_text(Instant{std::floor(in_seconds(at))}); }

std::optional<Stamp> parse_stamp(std::string_view text) {
  double number = 0;
  if (parse_number(text, number)) {
    // seconds of that size lie beyond the year 2286
    if (number >= last_epoch_second) number /= 1000;
    return stamp_of(number, number >= first_epoch_second ? Stamp::Kind::utc : Stamp::Kind::plain);
  }
  if (text.find(':') == std::string_view::npos) return std::nullopt;
  std::string iso(text);
  if (iso.size() > 7 && iso[4] == '/' && iso[7] == '/') iso[4] = iso[7] = '-';
  constexpr double other_zone = seconds_per_hour;
  if (const Result<Instant> instant = parse_instant(iso)) {
    const bool local = parse_instant(iso, other_zone)->epoch_seconds != instant->epoch_seconds;
    return stamp_of(instant->epoch_seconds, local ? Stamp::Kind::local : Stamp::Kind::utc);
  }
  const Result<Amount> clock = parse_plain_amount(text, UnitKind::duration);
  if (!clock) return std::nullopt;
  return stamp_of(clock->value * seconds_per_hour, Stamp::Kind::plain);
}

std::optional<std::string> stamp_text(Stamp stamp) {
  if (stamp.kind == Stamp::Kind::plain) return std::nullopt;
  std::string text = iso_utc(stamp.at);
  if (stamp.kind == Stamp::Kind::local) text.pop_back();
  return text;
}

}  // namespace footpound::measure
