// SPDX-License-Identifier: MIT
#include "measure/sampler.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "measure/calendar.hpp"

namespace footpound::measure {

namespace {

// a reading that comes later than this many intervals is not joined to the one before
constexpr int intervals_bridged = 5;
constexpr nanoseconds shortest_cell = std::chrono::seconds(1);

struct Channel {
  Meter* meter;
  std::size_t device;
  EnergyAccount account;
};

class Sampler {
 public:
  Sampler(Rig& rig, World& world, const SampleOptions& options)
      : world_(world),
        options_(options),
        start_(world.now()),
        profile_(start_, std::max(shortest_cell, 2 * options.interval), device_count(rig)) {
    for (const std::unique_ptr<Meter>& meter : rig.meters) {
      for (std::size_t i = 0; i < meter->devices().size(); ++i) {
        const std::size_t index = channels_.size();
        SpanSink sink = [this, index](
                            Moment from, Moment to, Energy energy) { profile_.add(index, from, to, energy); };
        channels_.push_back(Channel{meter.get(), i,
            EnergyAccount(meter->devices()[i], intervals_bridged * options.interval, std::move(sink))});
      }
    }
  }
  Sampler(const Sampler&) = delete;
  Sampler& operator=(const Sampler&) = delete;

  void look() {
    for (Channel& channel : channels_) {
      const Result<Reading> reading = channel.meter->read(channel.device);
      const Moment at = world_.now();
      channel.account.add(at, reading);
      if (options_.trace) options_.trace(Look{at - start_, channel.account.device(), reading});
    }
  }

  Measurement finish() {
    const Moment end = world_.now();
    Measurement out;
    for (Channel& channel : channels_) out.devices.push_back(channel.account.finish());
    out.window = end - start_;
    fill_from_alike(out);
    out.profile = std::move(profile_);
    return out;
  }

  Moment start() const { return start_; }

 private:
  static std::size_t device_count(const Rig& rig) {
    std::size_t count = 0;
    for (const std::unique_ptr<Meter>& meter : rig.meters) count += meter->devices().size();
    return count;
  }

  World& world_;
  const SampleOptions& options_;
  Moment start_;
  PowerProfile profile_;
  std::vector<Channel> channels_;
};

}  // namespace

Sampled sample(Rig& rig, World& world, const SampleOptions& options, const std::function<bool()>& begin) {
  Sampled out;
  const std::string start = iso_utc(world.wall());
  Sampler sampler(rig, world, options);
  sampler.look();
  if (begin && !begin()) {
    out.measurement = sampler.finish();
    out.ended = Wake::child_ended;
    return out;
  }
  std::optional<Moment> deadline;
  if (options.length) deadline = sampler.start() + *options.length;
  Moment next = sampler.start();
  while (true) {
    // ticks that were slept through are left out, not made up for in a burst
    const Moment now = world.now();
    while (next <= now) next += options.interval * std::max<long>(1, (now - next) / options.interval);
    const bool last = deadline && *deadline <= next;
    out.ended = world.wait_until(last ? *deadline : next);
    sampler.look();
    if (out.ended != Wake::tick || last) break;
    ++out.looks;
  }
  out.measurement = sampler.finish();
  out.measurement.start = start;
  out.measurement.end = iso_utc(world.wall());
  return out;
}

}  // namespace footpound::measure
