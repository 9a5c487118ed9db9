// SPDX-License-Identifier: MIT
#include "measure/logs/log_book.hpp"

#include <algorithm>
#include <functional>

#include "measure/logs/looks.hpp"
#include "units/number_text.hpp"

namespace footpound::measure {

namespace {

// Rows that are kept back per device until the median of their intervals is taken.
constexpr std::size_t rows_for_median = 1001;
constexpr int intervals_bridged = 5;
constexpr nanoseconds first_cell = std::chrono::seconds(1);
// more devices than any node has: the file is not what it is taken for
constexpr std::size_t most_devices = 4096;

// Half as much again as the most that a data sheet says (1400 W)
constexpr Power most_of_one_today = watts(2100);

std::size_t with_row(std::size_t hash, Moment at, std::optional<Power> power) {
  constexpr std::size_t prime = 1099511628211;  // of FNV-1a
  hash = (hash ^ std::hash<Moment::rep>{}(at.count())) * prime;
  return (hash ^ (power ? std::hash<double>{}(in_watts(*power)) : 1)) * prime;
}

}  // namespace

std::size_t LogBook::device(const Device& like) {
  if (const auto known = by_id_.find(like.id); known != by_id_.end()) return known->second;
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
  by_id_.emplace(like.id, index);
  return index;
}

void LogBook::name(std::size_t device, std::string_view name) { channels_[device].account.set_name(name); }

// Half a day back is midnight; half a day on, after one, a row that another device wrote before it.
Stamp LogBook::past_midnights(Stamp at) {
  constexpr nanoseconds half_a_day = std::chrono::hours(12);
  constexpr nanoseconds day = std::chrono::hours(24);
  if (at.kind != Stamp::Kind::clock) return at;
  at.at += midnights_;
  if (last_clock_ && *last_clock_ - at.at > half_a_day) {
    midnights_ += day;
    at.at += day;
  } else if (last_clock_ && midnights_ > nanoseconds{0} && at.at - *last_clock_ > half_a_day) {
    at.at -= day;
    return at;
  }
  last_clock_ = at.at;
  return at;
}

void LogBook::power(std::size_t device, Stamp stamp, std::optional<Power> power) {
  const Stamp at = past_midnights(stamp);
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
  std::vector<Moment> times;
  for (const Row& row : channel.waiting) times.push_back(row.at);
  if (const std::size_t rows = rows_per_look(times); rows > 1 && !crowd_)
    crowd_ = Crowd{static_cast<std::size_t>(&channel - channels_.data()), rows};
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
  const bool anew = !channel.any_row || apart < nanoseconds{0} || apart > channel.longest_bridge;
  if (anew) channel.account.skip_to(row.at);
  if (anew && channel.any_row) {
    ++breaks_;
    unlogged_ = std::max(unlogged_, apart);
  }
  if (anew) channel.pieces.push_back(Piece{row.at, row.at});
  Piece& piece = channel.pieces.back();
  piece.to = row.at;
  piece.rows = with_row(piece.rows, row.at, row.power);
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
  const bool anew = !channel.any_row || from > channel.last_row;
  if (anew) channel.account.skip_to(from);
  if (anew) channel.pieces.push_back(Piece{from, from});
  channel.pieces.back().to = std::max(channel.pieces.back().to, to);
  // what is shorter than a span is no missing row, but the clock's or the logger's rounding
  channel.longest_bridge = std::max(channel.longest_bridge, to - from);
  channel.any_row = true;
  channel.account.add_span(from, to, energy);
  channel.last_row = std::max(channel.last_row, to);
}

void LogBook::seen(Stamp at) {
  if (!first_ || at.at < first_->at) first_ = at;
  if (!last_ || at.at > last_->at) last_ = at;
}

void LogBook::note_cut_off() { note("the last line was cut off and is not counted"); }

void LogBook::note(std::string text) {
  constexpr std::size_t most_notes = 20;
  if (notes_.size() < most_notes) notes_.push_back(std::move(text));
}

std::vector<LogBook::Piece> LogBook::merged(std::vector<Piece> pieces) {
  std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.from < b.from; });
  std::vector<Piece> out;
  for (const Piece& piece : pieces) {
    if (out.empty() || piece.from > out.back().to) {
      out.push_back(piece);
    } else {
      out.back().to = std::max(out.back().to, piece.to);
    }
  }
  return out;
}

// Rows that are there twice would be counted twice. A clock set back (the end of summer time) makes
// hours that are there twice as well, and right so; but those are not the same readings.
Result<void> LogBook::check_pieces() {
  nanoseconds twice{0};
  for (const Channel& channel : channels_) {
    const std::vector<Piece>& pieces = channel.pieces;
    nanoseconds sum{0};
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      sum += pieces[i].to - pieces[i].from;
      if (i > 0 && pieces[i].from == pieces[0].from && pieces[i].rows == pieces[0].rows) {
        return Error{ErrorKind::contradiction, {}, "has the same rows twice", "give each log once"};
      }
    }
    for (const Piece& piece : merged(pieces)) sum -= piece.to - piece.from;
    twice = std::max(twice, sum);
  }
  if (twice > nanoseconds{0}) {
    note("times go back: " + human_number(in_seconds(twice)) +
         " s are there twice and are counted twice; right for a clock set back, wrong for rows given twice");
  }
  return {};
}

void LogBook::add_missing_rows() {
  std::vector<Piece> all;
  for (const Channel& channel : channels_)
    all.insert(all.end(), channel.pieces.begin(), channel.pieces.end());
  const std::vector<Piece> logged = merged(std::move(all));
  for (Channel& channel : channels_) {
    const std::vector<Piece> own = merged(channel.pieces);
    nanoseconds missing{0};
    auto next = own.begin();
    for (const Piece& piece : logged) {
      Moment at = piece.from;
      // GPUs are asked one after the other: a little earlier or later is no missing row
      const auto gap_to = [&](Moment until) {
        if (until - at > channel.longest_bridge) missing += until - at;
      };
      for (; next != own.end() && next->from <= piece.to; ++next) {
        gap_to(next->from);
        at = next->to;
      }
      gap_to(piece.to);
    }
    if (missing == nanoseconds{0}) continue;
    channel.account.add_missing(missing);
    note(channel.account.device().id + " has no rows for " + human_number(in_seconds(missing)) +
         " s in which others have: missing time");
  }
}

Result<Measurement> LogBook::finish() {
  if (too_many_) {
    return Error{ErrorKind::malformed, {}, "names above " + std::to_string(most_devices) + " devices",
        "is the right column taken for the device? --log-columns names them"};
  }
  for (Channel& channel : channels_) {
    if (!channel.settled) settle(channel);
  }
  if (crowd_ && one_row_per_look_) {
    return Error{ErrorKind::ambiguous, {},
        in_quotes(channels_[crowd_->channel].account.device().id) + " has " + std::to_string(crowd_->rows) +
            " rows at each look: as many devices, which no column tells apart",
        "name that column: --log-columns timestamp,uuid,power_w (- for one to pass over); of one device that "
        "is "
        "looked at so often, log times with decimals"};
  }
  if (Result<void> checked = check_pieces(); !checked) return checked.error();
  add_missing_rows();
  Measurement out;
  bool any = false;
  for (Channel& channel : channels_) {
    DeviceEnergy device = channel.account.finish();
    out.window = std::max(out.window, device.covered + device.missing);
    any = any || device.measured > Energy{};
    if (device.device.part == Part::accelerator && device.covered > nanoseconds{0} &&
        device.measured / duration(device.covered) > most_of_one_today) {
      note(device.device.id + " has " + human_number(in_watts(device.measured / duration(device.covered))) +
           " W on average, above what one accelerator of today draws: is it the sum of several, or in "
           "milliwatts (--log-columns timestamp,gpu_power_mw)?");
    }
    out.devices.push_back(std::move(device));
  }
  if (!any) {
    return Error{ErrorKind::missing, {}, "the log holds no energy",
        "each device needs two readings that follow each other"};
  }
  if (breaks_ > 0) {
    note("the log has " + std::to_string(breaks_) + " breaks, the longest of " +
         human_number(in_seconds(unlogged_)) + " s; what lies between is not counted");
  }
  fill_from_alike(out);
  if (profile_) out.profile = std::move(*profile_);
  if (first_ && last_) {
    out.start = stamp_text(*first_);
    out.end = stamp_text(*last_);
  }
  out.notes = std::move(notes_);
  return out;
}

}  // namespace footpound::measure
