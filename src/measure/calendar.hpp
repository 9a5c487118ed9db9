// SPDX-License-Identifier: MIT
// Times as logs write them, to the microsecond.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "measure/moment.hpp"

namespace footpound::measure {

// "2026-05-01T22:00:00Z"
std::string iso_utc(WallTime at);

struct Stamp {
  // Since 1970: UTC where a zone is stated, else in the unknown zone of the writer;
  // for a plain number, since whatever it counts from; for a clock, since midnight.
  nanoseconds at{0};
  // `clock`: a time of day without its date; what goes back by half a day has passed midnight.
  enum class Kind : unsigned char { utc, local, plain, clock } kind = Kind::plain;
};

// "2026/05/01 22:00:00.123" (nvidia-smi), "20260501 22:00:00" (dmon), ISO 8601, "Fri May  1 22:00:00 2026
// +0200" (date), seconds since 1970 (by their size also milli-, micro- and nanoseconds), seconds since the
// start, "22:00:00"; nullopt for all else. `unit_seconds`: what a bare number is in, where that is stated.
std::optional<Stamp> parse_stamp(std::string_view text, std::optional<double> unit_seconds = {});

// A number of seconds, as above; nullopt where no clock holds it.
std::optional<Stamp> stamp_at(double seconds);

// The text of a stamp for a record: with Z where its zone is known, without where not;
// nullopt for a plain number and a clock.
std::optional<std::string> stamp_text(Stamp stamp);

}  // namespace footpound::measure
