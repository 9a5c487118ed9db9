// SPDX-License-Identifier: MIT
// What is metered, and what one look at a meter says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "measure/moment.hpp"

namespace footpound::measure {

// Which part of a node a device is. The parts but `node` add up; `node` holds them all.
enum class Part : unsigned char { accelerator, cpu, memory, node };
std::string_view name(Part part);

// More than one device of the part draws, today's and those announced; a node is a whole one. A reading
// above it is a failure of its meter, and two counts that say more tell a reset from a wrap.
Power ceiling(Part part);

// How far a meter may be off. One meter's devices share its error: their errors add up.
struct Accuracy {
  double log_sd = 0;        // of the gain
  nanoseconds settles{0};   // how old a reading may be
  std::string_view source;  // who says so
};

// How a counter of energy counts.
struct CounterRule {
  Energy tick;              // one step
  std::uint64_t range = 0;  // the largest value before it wraps; 0: it never wraps, smaller means reset
  Power ceiling;            // of its part
};

struct Device {
  std::string id;    // "gpu0", "package-0"; unique in a measurement
  std::string name;  // as the driver writes it, control characters escaped; may be empty
  Part part = Part::node;
  std::string meter;  // name of the row in meters() or log_formats()
  Accuracy accuracy;
  CounterRule counter;  // where its readings are counts
};

struct Count {
  std::uint64_t ticks = 0;
};
// A counter of energy, or the power right now.
using Reading = std::variant<Count, Power>;

}  // namespace footpound::measure
