// SPDX-License-Identifier: MIT
// Totals of jobs by group. Sums are exact, so that threads, order and shards change nothing.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_map.hpp"
#include "estimate/inputs.hpp"
#include "footpound/base/result.hpp"
#include "sheet/sheet.hpp"
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
  // Of a partial that is read; false where there are groups by other ones.
  bool set_keys(const std::vector<std::string>& keys);
  Group& group(const std::vector<std::string>& values);
  Group& group_of_key(std::string_view key);  // the same, of values put together by append_key
  void add(Totals&& other);                   // takes its groups over: they are not in memory twice
  bool empty() const { return groups_.size() == 0; }
  std::uint64_t failed() const;

  // Does every figure fit a number? If not, what is printed or written below would not be one.
  Result<void> check() const;

  // Groups sorted by their keys, or the `top` with most CO2e, largest first. Its rows are made from
  // the groups, which are not to change meanwhile.
  Sheet sheet(std::optional<std::size_t> top, bool for_people) const;

  // Mergeable totals, one JSON object a line, the keys first; the same bytes for the same jobs.
  void write_partial(const std::function<void(std::string_view line)>& write) const;

 private:
  std::vector<std::string> keys_;

  struct Entry {
    std::string_view key;
    const Group* group;
  };
  std::vector<Entry> sorted() const;  // by the values of their keys
  bool is_before(std::string_view a, std::string_view b) const;
  std::vector<std::string_view> values_of(std::string_view key) const;

  TextMap<std::unique_ptr<Group>> groups_;  // by the values of their keys, see append_key
};

// Reads what write_partial() wrote into totals, in pieces of whole lines; one partial or several
// behind each other. Errors: malformed, cut off, other keys, with the line.
class PartialReader {
 public:
  explicit PartialReader(Totals& totals) : totals_(totals) {}
  Result<void> read(std::string_view lines);
  Result<void> finish() const;

 private:
  Result<void> take(std::string_view line);

  Totals& totals_;
  std::size_t line_ = 0;
  bool open_ = false;  // between a first and a last line
  std::uint64_t groups_ = 0;
};

// A group's values as one text: each but the last behind its length, so that no two lists are alike.
void append_key(std::string& key, std::string_view value, bool is_last);

}  // namespace footpound
