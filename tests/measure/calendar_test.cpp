// SPDX-License-Identifier: MIT
#include "measure/calendar.hpp"

#include "fakes.hpp"
#include "support/catch.hpp"

using namespace footpound::measure;

namespace {

std::string round_trip(const char* text) {
  const std::optional<Stamp> stamp = parse_stamp(text);
  if (!stamp) return "none";
  return stamp_text(*stamp).value_or("plain");
}

}  // namespace

TEST_CASE("stamps keep what is known of their zone") {
  CHECK(round_trip("2026/05/01 22:00:00.123") == "2026-05-01T22:00:00");
  CHECK(round_trip("2026-05-01T22:00:00Z") == "2026-05-01T22:00:00Z");
  CHECK(round_trip("2026-05-01T22:00:00+02:00") == "2026-05-01T20:00:00Z");
  CHECK(round_trip("2026-05-01 22:00:00.000000") == "2026-05-01T22:00:00");
  CHECK(round_trip("2026-05-01T22:00:00-0330") == "2026-05-02T01:30:00Z");
  CHECK(round_trip("20260501 22:00:00") == "2026-05-01T22:00:00");
  // 1777672800 s is 2026-05-01T22:00:00Z (20574 days and 22 h)
  CHECK(round_trip("1777672800") == "2026-05-01T22:00:00Z");
  CHECK(round_trip("1777672800250") == "2026-05-01T22:00:00Z");
  CHECK(round_trip("12.5") == "plain");
  CHECK(round_trip("22:00:00") == "plain");
}

TEST_CASE("what is no time is none") {
  for (const char* text : {"", "x", "2026-02-30 00:00:00", "2026-05-01", "2026-05-01 24:00:01",
           "2026-05-01 22:60:00", "2026/05/01 22:00:00 Mars", "2026-05-01T22:00:00+", "-5", "nan", "inf",
           "1e30", "2026-05-01T22:00:00.", "99999999-1-1", "1969-01-01 00:00:00"}) {
    INFO(text);
    CHECK_FALSE(parse_stamp(text));
  }
}

TEST_CASE("seconds from the start keep their fraction") {
  CHECK(parse_stamp("0.25")->at == seconds_of(0.25));
  CHECK(parse_stamp("2026/05/01 22:00:00.123")->at - parse_stamp("2026/05/01 22:00:00.100")->at ==
        seconds_of(0.023));
  CHECK(parse_stamp("01:00:00.5")->at == seconds_of(3600.5));
}
