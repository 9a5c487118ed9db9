// SPDX-License-Identifier: MIT
// Looks at the meters again and again until something ends it, and adds up what they say.
#pragma once

#include <functional>
#include <optional>

#include "measure/measurement.hpp"
#include "measure/meter.hpp"

namespace footpound::measure {

enum class Wake : unsigned char { tick, child_ended, stopped };

// Clock and interruptions; tests script both.
class World {
 public:
  virtual ~World() = default;
  virtual Moment now() = 0;  // never goes back
  virtual WallTime wall() = 0;
  // Sleeps until `at`, or until the child ends or the user stops us.
  virtual Wake wait_until(Moment at) = 0;
};

// One look at one device, for the trace file.
struct Look {
  nanoseconds since_start{0};
  const Device& device;
  const Result<Reading>& reading;
};

struct SampleOptions {
  nanoseconds interval = std::chrono::milliseconds(100);
  std::optional<nanoseconds> length;  // stop by itself after this time
  std::function<void(const Look&)> trace;
};

// RAPL counters of big machines wrap after little more than a minute.
inline constexpr nanoseconds longest_interval = std::chrono::seconds(60);
// Sensors step every 20 to 100 ms; looking more often only costs.
inline constexpr nanoseconds shortest_interval = std::chrono::milliseconds(10);

struct Sampled {
  Measurement measurement;
  Wake ended = Wake::tick;  // tick: `length` is over
  std::size_t looks = 0;    // between the first and the last
};

// Reads everything once, calls `begin` (starts the child; false: it did not start), then reads
// every `interval` and once more at the end.
Sampled sample(Rig& rig, World& world, const SampleOptions& options, const std::function<bool()>& begin = {});

}  // namespace footpound::measure
