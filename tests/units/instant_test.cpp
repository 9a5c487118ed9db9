// SPDX-License-Identifier: MIT
#include "units/instant.hpp"

#include <ctime>

#include "support/catch.hpp"

using namespace footpound;

namespace {

double seconds(std::string_view text, double local_offset = 0) {
  const Result<Instant> instant = parse_instant(text, local_offset);
  INFO(text);
  REQUIRE(instant);
  return instant->epoch_seconds;
}

// 2026-11-23: 56 years of 365 days, 14 leap days (1972 to 2024), 304 days to the end of October
// and 22 more = 20780 days = 1795392000 s; 14:05:09 is 50709 s of the day.
constexpr double midnight = 1795392000;
constexpr double moment = midnight + 50709;

}  // namespace

TEST_CASE("ISO 8601 in its spellings is the same moment") {
  for (const char* text :
      {"2026-11-23T14:05:09Z", "2026-11-23T14:05:09", "2026-11-23 14:05:09", "2026-11-23t14:05:09z",
          "20261123T140509Z", "20261123T140509", "2026-11-23T15:05:09+01:00", "2026-11-23T15:05:09+0100",
          "2026-11-23T15:05:09+01", "2026-11-23T08:35:09-05:30", "2026-11-24T00:05:09+10:00", "1795442709"}) {
    INFO(text);
    CHECK(seconds(text) == moment);
  }
}

TEST_CASE("seconds may have decimals, and be left out") {
  CHECK(seconds("2026-11-23T14:05:09.25Z") == moment + 0.25);
  CHECK(seconds("2026-11-23T14:05:09,25+00:00") == moment + 0.25);
  CHECK(seconds("1795442709.5") == moment + 0.5);
  CHECK(seconds("2026-11-23 14:05") == moment - 9);
  CHECK(seconds("2026-11-23") == midnight);
  CHECK(seconds("20261123") == midnight);
  CHECK(seconds("2026-11-23T24:00:00Z") == midnight + 86400);
  CHECK(seconds("0") == 0);
}

TEST_CASE("a time without an offset lies in the local zone; one with an offset does not") {
  CHECK(seconds("2026-11-23T15:05:09", 3600) == moment);
  CHECK(seconds("2026-11-23", 3600) == midnight - 3600);
  CHECK(seconds("2026-11-23T14:05:09Z", 3600) == moment);
  CHECK(seconds("1795442709", 3600) == moment);
}

TEST_CASE("what is no moment is refused") {
  for (const char* text : {"", " ", "now", "2026-11", "2026-13-01", "2026-00-01", "2026-02-29", "1900-02-29",
           "2026-04-31", "2026-11-00", "2026-1-1", "2026-11-23T", "2026-11-23T25:00", "2026-11-23T24:00:01",
           "2026-11-23T14", "2026-11-23T14:60", "2026-11-23T14:05:61", "2026-11-23T14:05:09.",
           "2026-11-23T14:05:09+", "2026-11-23T14:05:09+1:00", "2026-11-23T14:05:09+24:00",
           "2026-11-23T14:05:09+01:60", "2026-11-23T14:05:09Zx", "2026-1123", "202611-23", "-1", "1e9",
           "123456789012", "23/11/2026", "Unknown", "None", "12:00:00", "1.2.3", "2026-11-23T1405:09"}) {
    INFO(text);
    const Result<Instant> instant = parse_instant(text);
    CHECK_FALSE(instant);
    if (!instant) CHECK(instant.error().kind == ErrorKind::bad_value);
  }
}

TEST_CASE("leap days are where the Gregorian calendar has them") {
  CHECK(seconds("2024-02-29") + 86400 == seconds("2024-03-01"));
  CHECK(seconds("2000-02-29") + 86400 == seconds("2000-03-01"));
  CHECK(seconds("2023-02-28") + 86400 == seconds("2023-03-01"));
}

TEST_CASE("days agree with the C library, written and read back") {
  for (std::time_t day = -50000; day < 80000; day += 13) {
    const std::time_t at = day * 86400 + 3 * 3600 + 4 * 60 + 5;
    std::tm civil{};
    gmtime_r(&at, &civil);
    char text[64];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &civil);
    const Instant instant{static_cast<double>(at)};
    if (instant_text(instant) != text) FAIL(text);
    const CivilDate date = utc_date(instant);
    if (date.year != civil.tm_year + 1900 || date.month != static_cast<unsigned>(civil.tm_mon) + 1 ||
        date.day != static_cast<unsigned>(civil.tm_mday) || year_of(instant) != date.year) {
      FAIL(text);
    }
    if (seconds(text) != static_cast<double>(at)) FAIL(text);
  }
}

TEST_CASE("the usual form is read the same whatever day was met before") {
  KnownDay day;
  Instant instant;
  const std::string no_date = std::string(10, '\0') + "T14:05:09Z";
  CHECK_FALSE(parse_usual_instant(no_date, day, instant));
  CHECK_FALSE(parse_instant(no_date));
  const auto read = [&](std::string_view text) { return parse_usual_instant(text, day, instant); };
  REQUIRE(read("2026-11-23T14:05:09Z"));
  CHECK(instant.epoch_seconds == moment);
  REQUIRE(read("2026-11-23T00:00:00Z"));  // the same day
  CHECK(instant.epoch_seconds == midnight);
  REQUIRE(read("2026-11-24T00:00:01Z"));  // the next
  CHECK(instant.epoch_seconds == midnight + 86401);
  for (const char* text : {"2026-11-31T00:00:00Z", "2026-13-24T00:00:00Z", "2026x11-24T00:00:00Z",
           "2026-11-24T24:00:00Z", "2026-11-24T00:60:00Z", "2026-11-24T00:00:60Z", "2026-11-24 00:00:00Z",
           "2026-11-24T00:00:00z", "2026-11-24T00:00:00", "2026-11-24T0a:00:00Z", ""}) {
    INFO(text);
    CHECK_FALSE(read(text));
  }
  REQUIRE(read("2026-11-24T00:00:02Z"));  // what was no day is not remembered as one
  CHECK(instant.epoch_seconds == midnight + 86402);
}
