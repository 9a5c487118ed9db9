// SPDX-License-Identifier: MIT
#include "stream/progress.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "stream/message_output.hpp"

namespace footpound {

namespace {

constexpr double first_after_s = 1;
constexpr double every_s = 0.2;

// "950", "12.3k", "4.56M", "7.89G"
std::string count_text(double count) {
  static constexpr const char* units[] = {"", "k", "M", "G", "T"};
  std::size_t unit = 0;
  while (count >= 999.5 && unit + 1 < std::size(units)) {
    count /= 1000;
    ++unit;
  }
  const int digits = unit == 0 || count >= 99.95 ? 0 : count >= 9.995 ? 1 : 2;
  return fmt::format("{:.{}f}{}", count, digits, units[unit]);
}

// "0:07", "1:02:03"
std::string time_text(double seconds) {
  const auto s = static_cast<std::uint64_t>(std::lround(std::min(seconds, 359999.0)));
  return s < 3600 ? fmt::format("{}:{:02}", s / 60, s % 60)
                  : fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
}

}  // namespace

double Progress::steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Progress::Progress(std::FILE* to, std::optional<std::uint64_t> total, Clock clock)
    : to_(to),
      total_(total),
      clock_(std::move(clock)),
      started_(clock_()),
      drawn_at_(started_ + first_after_s - every_s) {}

std::string Progress::line(double now) const {
  const double seconds = now - started_;
  std::string text = fmt::format("footpound: {} rows, {} rows/s", count_text(static_cast<double>(records_)),
      count_text(static_cast<double>(records_) / seconds));
  if (total_ && *total_ > 0 && bytes_ > 0) {
    const double share = std::min(1.0, static_cast<double>(bytes_) / static_cast<double>(*total_));
    text +=
        fmt::format(", {:.0f} %, {} left", std::floor(100 * share), time_text(seconds * (1 - share) / share));
  }
  return text;
}

void Progress::advance(std::uint64_t bytes, std::uint64_t records) {
  bytes_ += bytes;
  records_ += records;
  const double now = clock_();
  if (now - drawn_at_ < every_s) return;
  drawn_at_ = now;
  std::string text = line(now);
  const std::size_t width = text.size();
  // blanks over what is left of a longer line
  if (width < width_) text.append(width_ - width, ' ');
  width_ = width;
  write_message(to_, "\r" + text);
}

void Progress::erase() {
  if (width_ == 0) return;
  write_message(to_, "\r" + std::string(width_, ' ') + "\r");
  width_ = 0;
}

}  // namespace footpound
