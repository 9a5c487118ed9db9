// SPDX-License-Identifier: MIT
// From single readings of one device to its energy. A failed reading leaves a gap: no zero and
// no energy as if it had been measured, but a fill that is told apart and widens the interval.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "footpound/base/result.hpp"
#include "measure/device.hpp"

namespace footpound::measure {

// What is known of one device in the end.
struct DeviceEnergy {
  Device device;
  Energy measured;             // of the covered time
  Energy filled;               // best guess for the missing time; true value from 0 to twice this
  nanoseconds covered{0};      // time between readings that belong together
  nanoseconds missing{0};      // time in the window without
  nanoseconds largest_gap{0};  // longest time between two good readings
  std::size_t readings = 0;    // good ones
  std::size_t failures = 0;
  std::string last_failure;

  // A counter that never moved says nothing: too short a time, or a dead sensor.
  bool known() const { return measured > Energy{} || filled > Energy{}; }
};

// Gets each covered span, in order of time.
using SpanSink = std::function<void(Moment from, Moment to, Energy energy)>;

class EnergyAccount {
 public:
  // Powers are joined by the trapezoid rule up to `longest_bridge` apart.
  EnergyAccount(Device device, nanoseconds longest_bridge, SpanSink sink = {});

  // The window goes from the first look to the last, whether they found something or not.
  void add(Moment at, const Result<Reading>& reading);

  // Energy that someone else integrated (an interval of perf); nullopt: not known.
  void add_span(Moment from, Moment to, std::optional<Energy> energy);

  // Time that others were looked at in, and this device was not.
  void add_missing(nanoseconds time);

  // Time in which nobody looked: neither covered nor missing. The next reading starts anew.
  void skip_to(Moment at);

  void set_longest_bridge(nanoseconds bridge) { longest_bridge_ = bridge; }
  // A name that is learnt late; the first one stays.
  void set_name(std::string_view name);
  const Device& device() const { return so_far_.device; }

  // Closes the window; gaps without a better guess are filled at the device's mean power, or at the
  // only power that was read.
  DeviceEnergy finish();

 private:
  void count(Moment at, Count now);
  void power(Moment at, Power now);
  void close();
  void cover(Moment from, Moment to, Energy energy);
  void miss(Moment from, Moment to, std::optional<Energy> guess);

  DeviceEnergy so_far_;
  SpanSink sink_;
  nanoseconds longest_bridge_;
  std::optional<Moment> known_until_;  // covered, missed or skipped up to here
  Moment looked_at_{0};
  nanoseconds unguessed_{0};
  struct Last {
    Moment at;
    Reading reading;
  };
  std::optional<Last> last_;
  bool failed_since_last_ = false;
};

// The energy between two counts `apart` in time; nullopt when it cannot be told: the counter
// was reset, may have wrapped more than once, or gives more than the device can draw.
std::optional<Energy> counted(const CounterRule& rule, Count before, Count now, nanoseconds apart);

}  // namespace footpound::measure
