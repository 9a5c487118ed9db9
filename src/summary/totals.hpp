// SPDX-License-Identifier: MIT
// Totals of jobs by group. Sums are exact, so that threads, order and shards change nothing.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_map.hpp"
#include "footpound/base/result.hpp"
#include "footpound/estimate/inputs.hpp"
#include "io/sheet.hpp"
#include "summary/exact_sum.hpp"

namespace footpound {

// The names of what is summed up for each group, in their order: the sheet's columns behind the keys.
std::vector<std::string_view> summary_columns();

// What one job adds. An unknown part leaves its group's total unknown: never a silent zero.
struct JobFigures {
  std::optional<double> accelerator_hours;
  double energy_kwh = 0;
  std::optional<double> energy_low_kwh, energy_high_kwh;
  double co2e_kg = 0;
  std::optional<double> co2e_low_kg, co2e_high_kg;
  std::optional<Boundary> boundary;
};

struct Group {
  std::uint64_t jobs = 0;  // with figures
  std::uint64_t skipped = 0;
  std::uint64_t failed = 0;
  std::uint64_t boundary_it = 0;
  std::uint64_t boundary_accelerators = 0;
  // one for each name in sum_names; a sum with an unknown term is unknown
  static constexpr std::size_t sum_count = 7;
  std::array<std::uint64_t, sum_count>
      unknown{};  // terms; apart from the sums, most of which a job does not touch
  std::array<ExactSum, sum_count> sums;

  void add(const JobFigures& job);
  void add(const Group& other);
};

class Totals {
 public:
  explicit Totals(std::vector<std::string> keys) : keys_(std::move(keys)) {}

  const std::vector<std::string>& keys() const { return keys_; }
  Group& group(const std::vector<std::string>& values);
  Group& group_of_key(std::string_view key);  // the same, of values put together by append_key
  void add(const Totals& other);
  bool empty() const { return groups_.size() == 0; }
  std::uint64_t failed() const;

  // Groups sorted by their keys, or the `top` with most CO2e, largest first.
  // Errors: a sum does not fit a number.
  Result<Sheet> sheet(std::optional<std::size_t> top, bool for_people) const;

  // Mergeable totals, one JSON object a line, the keys first; the same bytes for the same jobs.
  std::string partial() const;
  // Adds what partial() wrote, one or several behind each other. Errors: malformed, cut off, other
  // keys, with the line.
  Result<void> add_partial(std::string_view text);

 private:
  std::vector<std::string> keys_;

  struct Entry {
    std::vector<std::string> values;
    const Group* group;
  };
  std::vector<Entry> sorted() const;  // by the values of their keys

  TextMap<std::unique_ptr<Group>> groups_;  // by the values of their keys, see append_key
};

// A group's values as one text: each but the last behind its length, so that no two lists are alike.
void append_key(std::string& key, std::string_view value, bool is_last);

}  // namespace footpound
