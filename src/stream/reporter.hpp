// SPDX-License-Identifier: MIT
// Counts what became of the records and tells stderr of the bad ones: the first few of each
// kind, then counts.
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "footpound/base/error.hpp"

namespace footpound {

class Progress;

inline constexpr std::size_t error_kinds = 10;
inline constexpr std::uint64_t most_messages_per_kind = 20;

// Of one block, or of a whole stream.
struct Tally {
  std::uint64_t bytes = 0;  // of the block
  std::uint64_t records = 0;
  std::uint64_t failed = 0;
  std::uint64_t skipped = 0;
  std::array<std::uint64_t, error_kinds> by_kind{};
  struct Message {
    std::uint64_t line;  // within the block
    Error error;
  };
  std::vector<Message> messages;  // at most so many per kind

  void count(std::uint64_t line, const Error& error);
};

class Reporter {
 public:
  explicit Reporter(std::FILE* to, bool quiet) : to_(to), quiet_(quiet) {}

  // From now on, blocks advance it and words make it step aside. It outlives the last block.
  void watch(Progress* progress) { progress_ = progress; }

  // A block's tally; its first line is line `first_line` of `source`.
  void add(const std::string& source, std::uint64_t first_line, const Tally& tally);
  void note(const std::string& text);  // once each
  void summary();                      // the last word: counts of what was not printed, and of all
  const Tally& total() const { return total_; }

 private:
  void print(const std::string& words);

  std::FILE* to_;
  bool quiet_;
  Progress* progress_ = nullptr;
  Tally total_;
  std::array<std::uint64_t, error_kinds> printed_{};
  std::set<std::string> noted_;
};

}  // namespace footpound
