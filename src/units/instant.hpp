// SPDX-License-Identifier: MIT
// A moment in time, as records state it: ISO 8601 or seconds since the epoch.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "footpound/base/result.hpp"

namespace footpound {

// Seconds since 1970-01-01T00:00:00Z (leap seconds not counted, as Unix has it).
struct Instant {
  double epoch_seconds = 0;
};

struct CivilDate {
  int year;
  unsigned month;  // 1..12
  unsigned day;    // 1..31
};

CivilDate utc_date(Instant instant);
int year_of(Instant instant);  // UTC
Instant year_start(int year);  // UTC

// "2026-11-23T14:05:09.25+01:00", "2026-11-23 14:05", "2026-11-23", "20261123T140509Z", or
// 1 to 11 digits: seconds since the epoch. A time without an offset is taken as UTC plus
// `local_offset_seconds`. Errors: bad_value.
Result<Instant> parse_instant(std::string_view text, double local_offset_seconds = 0);

// A day met before: most records of a stream begin on the day of the one before.
struct KnownDay {
  // bytes of its date: "2026-11-", "26-11-23"; those that both hold differ at first: no text is that
  std::uint64_t first = 0, last = 1;
  std::int64_t begins = 0;  // epoch seconds
};

// The usual form of records alone, "2026-11-23T14:05:09Z"; false where the text is of another.
bool parse_usual_instant(std::string_view text, KnownDay& day, Instant& instant);

// "2026-11-23T14:05:09Z"
std::string instant_text(Instant instant);

}  // namespace footpound
