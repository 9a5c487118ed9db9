// SPDX-License-Identifier: MIT
// What a reader of logs finds, device by device, and the measurement that comes of it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "measure/calendar.hpp"
#include "measure/measurement.hpp"

namespace footpound::measure {

class LogBook {
 public:
  LogBook() = default;
  LogBook(const LogBook&) = delete;
  LogBook& operator=(const LogBook&) = delete;

  // The device with this id, made when it is new.
  std::size_t device(const Device& like);
  // A name that came with a row, where the device has none yet.
  void name(std::size_t device, std::string_view name);

  // The power at a time; nullopt: the log says that it could not be read.
  // Rows further apart than five times the device's median interval are two pieces: what lies
  // between was not logged and counts for nothing.
  void power(std::size_t device, Stamp at, std::optional<Power> power);

  // Time in which other devices have rows and this one has none is missing, whether it lies at the
  // begin, at the end or in between.

  // Several rows of one device at every look are those of several devices, which nothing tells apart:
  // finish() is to refuse them.
  void expect_one_row_per_look() { one_row_per_look_ = true; }

  // The energy of a span; nullopt: not counted.
  void span(std::size_t device, Moment from, Moment to, std::optional<Energy> energy);

  // The calendar times the log begins and ends, where it knows them.
  void seen(Stamp at);
  void note(std::string text);
  void note_cut_off();  // the last line

  // An error when no device has an energy, or when there are more devices than any node has.
  Result<Measurement> finish();

 private:
  struct Row {
    Moment at;
    std::optional<Power> power;
  };
  struct Piece {
    Moment from;
    Moment to;
    std::size_t rows = 0;  // a hash of them
  };
  // In order of time, pieces that overlap as one.
  static std::vector<Piece> merged(std::vector<Piece> pieces);

  struct Channel {
    EnergyAccount account;
    std::vector<Row> waiting;  // until the median interval is known
    bool settled = false;
    nanoseconds longest_bridge{0};
    Moment last_row{0};
    bool any_row = false;
    std::vector<Piece> pieces{};  // rows that follow each other, from the first to the last
  };
  Result<void> check_pieces();
  void add_missing_rows();
  Stamp past_midnights(Stamp at);
  void settle(Channel& channel);
  void take(Channel& channel, const Row& row);

  std::vector<Channel> channels_;
  std::map<std::string, std::size_t, std::less<>> by_id_;  // of them
  std::optional<PowerProfile> profile_;
  std::optional<Stamp> first_;
  std::optional<Stamp> last_;
  std::vector<std::string> notes_;
  std::size_t breaks_ = 0;
  nanoseconds midnights_{0};  // that a clock without a date has passed
  std::optional<Moment> last_clock_;
  bool one_row_per_look_ = false;
  struct Crowd {
    std::size_t channel;
    std::size_t rows;
  };
  std::optional<Crowd> crowd_;  // a device with so many rows at each look
  bool too_many_ = false;
  nanoseconds unlogged_{0};
};

}  // namespace footpound::measure
