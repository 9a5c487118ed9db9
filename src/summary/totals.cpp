// SPDX-License-Identifier: MIT
#include "summary/totals.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "estimate/estimate.hpp"
#include "footpound/units/quantity.hpp"
#include "units/number_text.hpp"

namespace footpound {

namespace {

enum SumId : unsigned char { device_hours, energy, energy_low, energy_high, co2e, co2e_low, co2e_high };
constexpr std::array<std::string_view, Group::sum_count> sum_names = {"accelerator_hours", "energy_kwh",
    "energy_low_kwh", "energy_high_kwh", "co2e_kg", "co2e_low_kg", "co2e_high_kg"};

Cell cell_of(const Group& group, std::size_t sum) {
  return group.unknown[sum] > 0 ? Cell() : Cell(group.sums[sum].value());
}

constexpr std::array<std::string_view, 3> boundary_names = {
    "boundary_it", "boundary_accelerators", "boundary_unknown"};
std::array<std::uint64_t, 3> boundaries_of(const Group& group) {
  return {group.boundary_it, group.boundary_accelerators,
      group.jobs - group.boundary_it - group.boundary_accelerators};
}

constexpr std::size_t widest_bar = 20;

// Its share of all CO2e, as a bar of eighths.
std::string bar(double share) {
  static constexpr std::array<std::string_view, 8> eighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const auto units = static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * widest_bar * 8));
  std::string text;
  for (std::size_t i = 0; i < units / 8; ++i) text += "█";
  text += eighths[units % 8];
  return fmt::format("{} {:.0f} %", text, 100 * share);
}

}  // namespace

std::vector<std::string_view> summary_columns() {
  std::vector<std::string_view> columns = {"jobs", "skipped", "failed"};
  columns.insert(columns.end(), sum_names.begin(), sum_names.end());
  for (const std::string_view name : {"co2e_lb", "car_lifetimes"}) columns.push_back(name);
  columns.insert(columns.end(), boundary_names.begin(), boundary_names.end());
  return columns;
}

std::uint64_t Totals::failed() const {
  std::uint64_t failed = 0;
  groups_.each([&](std::string_view, const std::unique_ptr<Group>& group) { failed += group->failed; });
  return failed;
}

void Group::add(const JobFigures& job) {
  ++jobs;
  if (job.boundary == Boundary::it) ++boundary_it;
  if (job.boundary == Boundary::accelerators) ++boundary_accelerators;
  const auto add = [&](SumId id, const std::optional<double>& term) {
    if (term) {
      sums[id].add(*term);
    } else {
      ++unknown[id];
    }
  };
  add(device_hours, job.accelerator_hours);
  sums[energy].add(job.energy_kwh);
  add(energy_low, job.energy_low_kwh);
  add(energy_high, job.energy_high_kwh);
  sums[co2e].add(job.co2e_kg);
  add(co2e_low, job.co2e_low_kg);
  add(co2e_high, job.co2e_high_kg);
}

void Group::add(const Group& other) {
  jobs += other.jobs;
  skipped += other.skipped;
  failed += other.failed;
  boundary_it += other.boundary_it;
  boundary_accelerators += other.boundary_accelerators;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    sums[i].add(other.sums[i]);
    unknown[i] += other.unknown[i];
  }
}

void append_key(std::string& key, std::string_view value, bool is_last) {
  const auto size = static_cast<std::uint32_t>(value.size());
  if (!is_last) key.append(reinterpret_cast<const char*>(&size), sizeof size);
  key += value;
}

Group& Totals::group(const std::vector<std::string>& values) {
  std::string key;
  for (std::size_t i = 0; i < values.size(); ++i) append_key(key, values[i], i + 1 == values.size());
  return group_of_key(key);
}

namespace {

// The first value of a key of several, which is taken off it.
std::string_view take_value(std::string_view& key) {
  std::uint32_t size = 0;
  std::memcpy(&size, key.data(), sizeof size);
  const std::string_view value = key.substr(sizeof size, size);
  key.remove_prefix(sizeof size + size);
  return value;
}

}  // namespace

Group& Totals::group_of_key(std::string_view key) {
  const std::unique_ptr<Group>* const known = groups_.find(key);
  return known != nullptr ? **known : *groups_.put(key, 0, std::make_unique<Group>());
}

// As their values are, one after the other; without a list of them, for all groups are sorted by it.
bool Totals::is_before(std::string_view a, std::string_view b) const {
  for (std::size_t i = 1; i < keys_.size(); ++i) {
    const std::string_view one = take_value(a);
    const std::string_view other = take_value(b);
    if (const int order = one.compare(other); order != 0) return order < 0;
  }
  return a < b;
}

std::vector<std::string_view> Totals::values_of(std::string_view key) const {
  std::vector<std::string_view> values;
  while (values.size() + 1 < keys_.size()) {
    values.push_back(take_value(key));
  }
  if (!keys_.empty()) values.push_back(key);
  return values;
}

std::vector<Totals::Entry> Totals::sorted() const {
  std::vector<Entry> entries;
  entries.reserve(groups_.size());
  groups_.each([&](std::string_view key, const std::unique_ptr<Group>& group) {
    entries.push_back({key, group.get()});
  });
  const auto before = [&](const Entry& a, const Entry& b) { return is_before(a.key, b.key); };
  std::sort(entries.begin(), entries.end(), before);
  return entries;
}

void Totals::add(Totals&& other) {
  if (empty()) {
    groups_ = std::move(other.groups_);
  } else {
    other.groups_.each([&](std::string_view key, std::unique_ptr<Group>& theirs) {
      if (const std::unique_ptr<Group>* const ours = groups_.find(key)) {
        (*ours)->add(*theirs);
        theirs.reset();
      } else {
        groups_.put(key, 0, std::move(theirs));
      }
    });
  }
  other.groups_ = {};
}

bool Totals::set_keys(const std::vector<std::string>& keys) {
  if (keys_.empty() && empty()) keys_ = keys;
  return keys == keys_;
}

Result<void> Totals::check() const {
  std::size_t wrong = sum_names.size();  // the first of all groups, whatever their order
  groups_.each([&](std::string_view, const std::unique_ptr<Group>& group) {
    for (std::size_t i = 0; i < wrong; ++i) {
      const double value = group->sums[i].value();
      if (!std::isfinite(i == co2e ? in_pounds(kilograms(value)) : value)) wrong = i;
    }
  });
  if (wrong == sum_names.size()) return {};
  return Error{ErrorKind::out_of_range, std::string(sum_names[wrong]), "the sum does not fit a number",
      "look for records with absurd figures"};
}

namespace {

// Each group's share of all CO2e, where there is any.
class Shares {
 public:
  void add(const ExactSum& sum) { all_.add(scaled(sum)); }
  std::string of(const ExactSum& sum) const {
    const double all = all_.value();
    return all > 0 ? bar(scaled(sum) / all) : std::string();
  }

 private:
  // all sums together may be more than a number holds
  static double scaled(const ExactSum& sum) { return sum.value() * 0x1p-64; }
  ExactSum all_;
};

}  // namespace

Sheet Totals::sheet(std::optional<std::size_t> top, bool for_people) const {
  std::vector<Entry> order = sorted();
  Shares shares;
  if (for_people) {
    for (const Entry& entry : order) shares.add(entry.group->sums[co2e]);
  }
  if (top) {
    std::stable_sort(order.begin(), order.end(), [](const Entry& a, const Entry& b) {
      return a.group->sums[co2e].value() > b.group->sums[co2e].value();
    });
    order.resize(std::min(order.size(), *top));
  }

  Sheet sheet;
  sheet.name = "summary";
  for (const std::string& key : keys_) sheet.columns.push_back({key});
  for (const std::string_view name : {"jobs", "skipped", "failed"})
    sheet.columns.push_back({std::string(name)});
  for (const std::string_view name : sum_names) sheet.columns.push_back({std::string(name), true, 4});
  for (const std::string_view name : {"co2e_lb", "car_lifetimes"})
    sheet.columns.push_back({std::string(name), true, 3});
  // people see those that count something
  std::array<std::uint64_t, 3> counted{};
  for (const Entry& entry : order) {
    const std::array<std::uint64_t, 3> boundaries = boundaries_of(*entry.group);
    for (std::size_t i = 0; i < boundaries.size(); ++i) counted[i] += boundaries[i];
  }
  for (std::size_t i = 0; i < boundary_names.size(); ++i)
    sheet.columns.push_back({std::string(boundary_names[i]), counted[i] > 0});
  if (for_people) sheet.columns.push_back({"share"});
  sheet.made.count = order.size();
  sheet.made.make = [this, order = std::move(order), shares = std::move(shares), for_people](
                        std::size_t at, std::vector<Cell>& row) {
    const Group& group = *order[at].group;
    for (const std::string_view value : values_of(order[at].key)) row.emplace_back(std::string(value));
    for (const std::uint64_t n : {group.jobs, group.skipped, group.failed})
      row.emplace_back(static_cast<double>(n));
    for (std::size_t i = 0; i < Group::sum_count; ++i) row.push_back(cell_of(group, i));
    const Mass mass = kilograms(group.sums[co2e].value());
    row.emplace_back(in_pounds(mass));
    row.emplace_back(car_lifetimes(mass));
    for (const std::uint64_t n : boundaries_of(group)) row.emplace_back(static_cast<double>(n));
    if (for_people) row.emplace_back(shares.of(group.sums[co2e]));
  };
  return sheet;
}

}  // namespace footpound
