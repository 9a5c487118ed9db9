// SPDX-License-Identifier: MIT
#include "measure/energy_account.hpp"

#include <algorithm>
#include <utility>

namespace footpound::measure {

std::optional<Energy> counted(const CounterRule& rule, Count before, Count now, nanoseconds apart) {
  const bool fell = now.ticks < before.ticks;
  if (fell && (rule.range == 0 || before.ticks > rule.range)) return std::nullopt;
  if (rule.range > 0) {
    const Energy round = rule.tick * static_cast<double>(rule.range);
    if (rule.ceiling * duration(apart) > round) return std::nullopt;
  }
  const std::uint64_t steps = fell ? rule.range - before.ticks + now.ticks : now.ticks - before.ticks;
  const Energy energy = rule.tick * static_cast<double>(steps);
  // counters step up to a second late, so a short wait may see more than its share
  const nanoseconds at_most = apart + std::chrono::seconds(1);
  if (energy > rule.ceiling * duration(at_most)) return std::nullopt;
  return energy;
}

EnergyAccount::EnergyAccount(Device device, nanoseconds longest_bridge, SpanSink sink)
    : sink_(std::move(sink)), longest_bridge_(longest_bridge) {
  so_far_.device = std::move(device);
}

void EnergyAccount::add(Moment at, const Result<Reading>& reading) {
  if (!known_until_) known_until_ = at;
  looked_at_ = std::max(looked_at_, at);
  if (!reading) {
    ++so_far_.failures;
    so_far_.last_failure = message(reading.error());
    failed_since_last_ = true;
    return;
  }
  if (last_ && at < last_->at) return;  // a clock set back: wait until it has caught up
  if (last_) so_far_.largest_gap = std::max(so_far_.largest_gap, at - last_->at);
  if (const Count* now = std::get_if<Count>(&*reading)) {
    count(at, *now);
  } else {
    power(at, std::get<Power>(*reading));
  }
  ++so_far_.readings;
  last_ = Last{at, *reading};
  failed_since_last_ = false;
}

// A counter keeps counting while nobody can read it: a failed reading costs nothing once it answers again.
void EnergyAccount::count(Moment at, Count now) {
  const Count* before = last_ ? std::get_if<Count>(&last_->reading) : nullptr;
  if (before == nullptr) {
    miss(*known_until_, at, std::nullopt);
    return;
  }
  const std::optional<Energy> energy = counted(so_far_.device.counter, *before, now, at - last_->at);
  if (energy) {
    cover(last_->at, at, *energy);
  } else {
    miss(last_->at, at, std::nullopt);
  }
}

void EnergyAccount::power(Moment at, Power now) {
  const Power* before = last_ ? std::get_if<Power>(&last_->reading) : nullptr;
  if (before == nullptr) {
    miss(*known_until_, at, std::nullopt);
    return;
  }
  const nanoseconds apart = at - last_->at;
  const Energy trapezoid = 0.5 * (*before + now) * duration(apart);
  if (failed_since_last_ || apart > longest_bridge_) {
    miss(last_->at, at, trapezoid);
  } else {
    cover(last_->at, at, trapezoid);
  }
}

void EnergyAccount::add_span(Moment from, Moment to, std::optional<Energy> energy) {
  if (!(from < to)) return;
  if (known_until_ && *known_until_ < from) miss(*known_until_, from, std::nullopt);
  looked_at_ = std::max(looked_at_, to);
  if (energy) {
    ++so_far_.readings;
    cover(from, to, *energy);
    so_far_.largest_gap = std::max(so_far_.largest_gap, to - from);
  } else {
    ++so_far_.failures;
    miss(from, to, std::nullopt);
  }
}

void EnergyAccount::add_missing(nanoseconds time) {
  so_far_.missing += time;
  unguessed_ += time;
  so_far_.largest_gap = std::max(so_far_.largest_gap, time);
}

// Looks at the end that found nothing leave missing time.
void EnergyAccount::close() {
  if (known_until_ && *known_until_ < looked_at_) miss(*known_until_, looked_at_, std::nullopt);
}

void EnergyAccount::set_name(std::string_view name) {
  if (so_far_.device.name.empty()) so_far_.device.name = printable(name);
}

void EnergyAccount::skip_to(Moment at) {
  close();
  last_.reset();
  failed_since_last_ = false;
  known_until_ = looked_at_ = at;
}

void EnergyAccount::cover(Moment from, Moment to, Energy energy) {
  known_until_ = to;
  if (!(from < to)) return;
  so_far_.measured += energy;
  so_far_.covered += to - from;
  if (sink_) sink_(from, to, energy);
}

void EnergyAccount::miss(Moment from, Moment to, std::optional<Energy> guess) {
  known_until_ = to;
  if (!(from < to)) return;
  so_far_.missing += to - from;
  so_far_.largest_gap = std::max(so_far_.largest_gap, to - from);
  if (guess) {
    so_far_.filled += *guess;
  } else {
    unguessed_ += to - from;
  }
}

DeviceEnergy EnergyAccount::finish() {
  close();
  std::optional<Power> own;
  if (so_far_.measured > Energy{}) {
    own = so_far_.measured / duration(so_far_.covered);
  } else if (last_ && so_far_.covered == nanoseconds{0}) {
    if (const Power* only = std::get_if<Power>(&last_->reading)) own = *only;
  }
  if (own && unguessed_ > nanoseconds{0}) {
    so_far_.filled += *own * duration(unguessed_);
    unguessed_ = nanoseconds{0};
  }
  return so_far_;
}

}  // namespace footpound::measure
