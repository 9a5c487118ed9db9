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
  // for a plain number, since whatever it counts from.
  nanoseconds at{0};
  enum class Kind : unsigned char { utc, local, plain } kind = Kind::plain;
};

// "2026/05/01 22:00:00.123" (nvidia-smi), "20260501 22:00:00" (dmon), ISO 8601, seconds or
// milliseconds since 1970, seconds since the start, "22:00:00"; nullopt for all else.
std::optional<Stamp> parse_stamp(std::string_view text);

// The text of a stamp for a record: with Z where its zone is known, without where not;
// nullopt for a plain number.
std::optional<std::string> stamp_text(Stamp stamp);

}  // namespace footpound::measure
