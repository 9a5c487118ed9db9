// SPDX-License-Identifier: MIT
// Time and energy as meters count them: nanoseconds and joules, beside the hours and kWh of the
// rest of the program.
#pragma once

#include <chrono>

#include "footpound/units/quantity.hpp"

namespace footpound::measure {

using std::chrono::nanoseconds;

// Since a start that is the same within one measurement: of the monotonic clock, or of a log.
using Moment = nanoseconds;

// A moment of the calendar, since 1970-01-01T00:00:00Z.
using WallTime = nanoseconds;

constexpr double in_seconds(nanoseconds t) { return static_cast<double>(t.count()) / 1e9; }
constexpr double in_seconds(Duration t) { return in_hours(t) * seconds_per_hour; }
constexpr Duration duration(nanoseconds t) {
  return hours(static_cast<double>(t.count()) / (1e9 * seconds_per_hour));
}
constexpr Energy joules(double n) { return kilowatt_hours(n / joules_per_kwh); }
constexpr double in_joules(Energy e) { return in_kwh(e) * joules_per_kwh; }

}  // namespace footpound::measure
