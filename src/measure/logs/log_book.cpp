// SPDX-License-Identifier: MIT
#include "measure/logs/log_book.hpp"

#include <algorithm>

#include "footpound/units/number_text.hpp"

namespace footpound::measure {

namespace {

// Rows that are kept back per device until the median of their intervals is taken.
constexpr std::size_t rows_for_median = 1001;
constexpr int intervals_bridged = 5;
constexpr nanoseconds first_cell = std::chrono::seconds(1);
// more devices than any node has: the file is not what it is taken for
constexpr std::size_t most_devices = 4096;

}  // namespace

std::size_t LogBook::device(const Device& like) {
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    if (channels_[i].account.device().id == like.id) return i;
  }
  if (channels_.size() == most_devices) {
    too_many_ = true;
    return 0;
  }
  const std::size_t index = channels_.size();
  SpanSink sink = [this, index](Moment from, Moment to, Energy energy) {
    if (!profile_) profile_.emplace(first_ ? std::min(first_->at, from) : from, first_cell, channels_.size());
    profile_->add(index, from, to, energy);
  };
  channels_.push_back(Channel{EnergyAccount(like, nanoseconds{0}, std::move(sink)), {}});
  if (profile_) profile_->add_device();
  return index;
}

void LogBook::name(std::size_t device, std::string_view name) {
  channels_[device].account.set_name(name);
}

void LogBook::power(std::size_t device, Stamp at, std::optional<Power> power) {
  seen(at);
  Channel& channel = channels_[device];
  const Row row{at.at, power};
  if (channel.settled) {
    take(channel, row);
    return;
  }
  channel.waiting.push_back(row);
  if (channel.waiting.size() == rows_for_median) settle(channel);
}

void LogBook::settle(Channel& channel) {
  std::vector<nanoseconds> intervals;
  for (std::size_t i = 1; i < channel.waiting.size(); ++i) {
    const nanoseconds interval = channel.waiting[i].at - channel.waiting[i - 1].at;
    if (interval > nanoseconds{0}) intervals.push_back(interval);
  }
  if (!intervals.empty()) {
    const auto middle = intervals.begin() + static_cast<long>(intervals.size() / 2);
    std::nth_element(intervals.begin(), middle, intervals.end());
    channel.longest_bridge = *middle * intervals_bridged;
  }
  channel.account.set_longest_bridge(channel.longest_bridge);
  channel.settled = true;
  for (const Row& row : channel.waiting) take(channel, row);
  channel.waiting = {};
}

void LogBook::take(Channel& channel, const Row& row) {
  const nanoseconds apart = row.at - channel.last_row;
  if (!channel.any_row) {
    channel.account.skip_to(row.at);
  } else if (apart < nanoseconds{0} || apart > channel.longest_bridge) {
    channel.account.skip_to(row.at);
    ++breaks_;
    unlogged_ = std::max(unlogged_, apart);
  }
  channel.any_row = true;
  channel.last_row = row.at;
  if (row.power) {
    channel.account.add(row.at, Reading(*row.power));
  } else {
    channel.account.add(row.at, Error{ErrorKind::missing, {}, "not available in the log", {}});
  }
}

void LogBook::span(std::size_t device, Moment from, Moment to, std::optional<Energy> energy) {
  Channel& channel = channels_[device];
  channel.settled = true;
  if (!channel.any_row || from > channel.last_row) channel.account.skip_to(from);
  channel.any_row = true;
  channel.account.add_span(from, to, energy);
  channel.last_row = std::max(channel.last_row, to);
}

void LogBook::seen(Stamp at) {
  if (!first_ || at.at < first_->at) first_ = at;
  if (!last_ || at.at > last_->at) last_ = at;
}

void LogBook::note(std::string text) {
  constexpr std::size_t most_notes = 20;
  if (notes_.size() < most_notes) notes_.push_back(std::move(text));
}

Result<Measurement> LogBook::finish() {
  if (too_many_) {
    return Error{ErrorKind::malformed,
                 {},
                 "names above " + std::to_string(most_devices) + " devices",
                 "is the right column taken for the device? --log-columns names them"};
  }
  Measurement out;
  bool any = false;
  for (Channel& channel : channels_) {
    if (!channel.settled) settle(channel);
    DeviceEnergy device = channel.account.finish();
    out.window = std::max(out.window, device.covered + device.missing);
    any = any || device.known();
    out.devices.push_back(std::move(device));
  }
  if (!any) {
    return Error{ErrorKind::missing,
                 {},
                 "the log holds no energy",
                 "each device needs two readings that follow each other"};
  }
  if (breaks_ > 0) {
    note("the log has " + std::to_string(breaks_) + " breaks, the longest of " +
         human_number(in_seconds(unlogged_)) + " s; what lies between is not counted");
  }
  if (profile_) out.profile = std::move(*profile_);
  if (first_ && last_) {
    out.start = stamp_text(*first_);
    out.end = stamp_text(*last_);
  }
  out.notes = std::move(notes_);
  return out;
}

}  // namespace footpound::measure
