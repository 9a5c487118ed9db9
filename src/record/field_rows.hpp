// SPDX-License-Identifier: MIT
// What the rows of the field table are made with: a maker for each kind of field, and the functions
// that read its values.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "factors/nearest.hpp"
#include "factors/table.hpp"
#include "record/fields.hpp"
#include "units/amount.hpp"

namespace footpound::field_rows {

enum class Range : unsigned char {
  positive,
  non_negative,
  at_least_one,
  share,
  positive_share,
  intensity,   // 0 or more; below 1 g/kWh only with its unit: calculators print kilograms
  power,       // above 0; below 1 W only with its unit: kilowatts
  host_power,  // or 0
  wall_clock,  // 0 or more; above fifty years only with its unit: seconds, or devices' hours
};

constexpr bool in_range(double value, Range range) {
  switch (range) {
    case Range::positive: return value > 0;
    case Range::non_negative: return value >= 0;
    case Range::at_least_one: return value >= 1;
    case Range::share: return value >= 0 && value <= 1;
    case Range::positive_share: return value > 0 && value <= 1;
    case Range::intensity:
    case Range::host_power:
    case Range::wall_clock: return value >= 0;
    case Range::power: return value > 0;
  }
  return false;
}

// Is it, without a unit, hardly a number of the field's own? Then the unit has to be stated.
inline constexpr double longest_bare_hours = 50 * hours_per_year;
constexpr bool needs_unit(double value, Range range) {
  switch (range) {
    case Range::intensity:
    case Range::power:
    case Range::host_power: return value > 0 && value < 1;
    case Range::wall_clock: return value > longest_bare_hours;
    default: return false;
  }
}

inline const char* wanted(Range range) {
  switch (range) {
    case Range::positive: return "above 0";
    case Range::non_negative: return "0 or more";
    case Range::at_least_one: return "1 or more";
    case Range::share: return "between 0 and 1 (or 0% and 100%)";
    case Range::positive_share: return "above 0 and at most 1 (100%)";
    case Range::intensity:
    case Range::host_power:
    case Range::wall_clock: return "0 or more";
    case Range::power: return "above 0";
  }
  return "";
}

inline Error out_of_range(Range range, std::string_view text) {
  return Error{ErrorKind::out_of_range, {}, in_quotes(text) + " is out of range",
      std::string("it has to be ") + wanted(range)};
}

// A bare number that is hardly meant in the field's own unit, and how to write what is meant.
inline Error unit_needed(Range range, std::string_view text) {
  double number = 0;
  const std::string said(parse_number(text, number) ? text : std::string_view("..."));
  switch (range) {
    case Range::intensity:
      return Error{ErrorKind::out_of_range, {},
          in_quotes(text) + " without a unit is g/kWh, and next to nothing",
          "write " + said + "kg/kWh, as most calculators print it, or " + said + "g/kWh"};
    case Range::power:
    case Range::host_power:
      return Error{ErrorKind::out_of_range, {}, in_quotes(text) + " without a unit is less than a watt",
          "write " + said + "kW, or " + said + "W"};
    default:
      return Error{ErrorKind::out_of_range, {},
          in_quotes(text) + " without a unit is hours, more than fifty years of wall-clock time",
          "write " + said + "s where it is seconds, --accelerator-hours where it is devices' time, or " +
              said + "h"};
  }
}

template <class T>
struct StatedType;
template <class T>
struct StatedType<std::optional<Stated<T>>> {
  using type = T;
};

// "3/7": MIG slices and other parts of a device
inline bool parse_fraction(std::string_view text, double& value) {
  const std::size_t slash = text.find('/');
  double over = 0;
  double under = 0;
  if (slash == std::string_view::npos || !parse_number(text.substr(0, slash), over) ||
      !parse_number(text.substr(slash + 1), under) || !(under > 0)) {
    return false;
  }
  value = over / under;
  return std::isfinite(value) && (value != 0 || over == 0);
}

// A number with a unit or a spread, or a fraction.
inline Result<Amount> read_amount(std::string_view text, UnitKind kind) {
  Amount amount;
  amount.is_bare = true;
  const bool counts = kind == UnitKind::count || kind == UnitKind::devices;
  if (parse_number(text, amount.value) || (counts && parse_fraction(text, amount.value))) return amount;
  return parse_amount(text, kind);
}

template <auto Member, UnitKind Kind, Range range>
Result<void> set_amount(Spec& spec, std::string_view text) {
  using T = typename StatedType<std::remove_reference_t<decltype(spec.*Member)>>::type;
  const Result<Amount> amount = read_amount(text, Kind);
  if (!amount) return amount.error();
  if (!in_range(amount->value, range)) return out_of_range(range, text);
  if (amount->is_bare && needs_unit(amount->value, range)) return unit_needed(range, text);
  spec.*Member = Stated<T>{T(amount->value), amount->log_sd, amount->of_range};
  return {};
}

template <auto Member, Range range>
bool set_number(Spec& spec, double value) {
  using T = typename StatedType<std::remove_reference_t<decltype(spec.*Member)>>::type;
  if (!in_range(value, range) || needs_unit(value, range)) return false;
  spec.*Member = Stated<T>{T(value), 0};
  return true;
}

template <auto Member>
Result<void> set_instant(Spec& spec, std::string_view text) {
  const Result<Instant> instant = parse_instant(text, spec.local_offset_seconds);
  if (!instant) return instant.error();
  spec.*Member = *instant;
  return {};
}

inline Result<void> set_year(Spec& spec, std::string_view text) {
  double year = 0;
  if (!parse_number(text, year) || year != std::floor(year)) {
    return Error{ErrorKind::bad_value, {}, in_quotes(text) + " is not a year", "write four digits, 2026"};
  }
  if (year < first_year || year > last_year) {
    return Error{
        ErrorKind::out_of_range, {}, in_quotes(text) + " is out of range", "years go from 1990 to 2100"};
  }
  spec.year = static_cast<int>(year);
  return {};
}

// One of a few words.
template <auto Member, auto... values>
Result<void> set_word(Spec& spec, std::string_view text) {
  std::vector<std::string_view> known;
  for (const auto value : {values...}) {
    if (folds_alike(text, name(value), Fold::name)) return spec.*Member = value, Result<void>{};
    known.push_back(name(value));
  }
  return Error{ErrorKind::bad_value, {}, "unknown " + in_quotes(text), "it is " + either(known)};
}

template <auto Member>
Result<void> set_bool(Spec& spec, std::string_view text) {
  for (const std::string_view yes : {"true", "yes", "1"}) {
    if (folds_alike(text, yes, Fold::name)) return spec.*Member = true, Result<void>{};
  }
  for (const std::string_view no : {"false", "no", "0"}) {
    if (folds_alike(text, no, Fold::name)) return spec.*Member = false, Result<void>{};
  }
  return Error{ErrorKind::bad_value, {}, in_quotes(text) + " is neither true nor false", {}};
}

template <auto Member>
bool is_set(const Spec& spec) {
  return (spec.*Member).has_value();
}

template <auto Member>
void copy(Spec& to, const Spec& from) {
  to.*Member = from.*Member;
}

// The rows of the table, by what their values are. Its other columns stand in Field's order.
using Names = std::array<std::string_view, 2>;

template <auto Member>
constexpr Field other_field(std::string_view name, std::string_view flag, Names aliases, FieldGroup group,
    std::string_view value, std::string_view help, Result<void> (*set)(Spec&, std::string_view)) {
  return {name, flag, aliases, group, value, help, {set}, is_set<Member>, copy<Member>};
}

template <auto Member, UnitKind Kind, Range range>
constexpr Field number_field(std::string_view name, std::string_view flag, Names aliases, FieldGroup group,
    std::string_view value, std::string_view help) {
  Field field = other_field<Member>(name, flag, aliases, group, value, help, set_amount<Member, Kind, range>);
  field.setter.number = set_number<Member, range>;
  return field;
}

template <auto Member>
constexpr Field text_field(std::string_view name, std::string_view flag, Names aliases, FieldGroup group,
    std::string_view value, std::string_view help) {
  Field field = other_field<Member>(name, flag, aliases, group, value, help, nullptr);
  field.setter.text = Member;
  return field;
}

template <auto Member>
constexpr Field instant_field(std::string_view name, std::string_view flag, Names aliases, FieldGroup group,
    std::string_view value, std::string_view help) {
  Field field = other_field<Member>(name, flag, aliases, group, value, help, set_instant<Member>);
  field.setter.instant = Member;
  return field;
}

template <std::size_t n>
constexpr std::array<Field, n> numbered(std::array<Field, n> table) {
  static_assert(n <= std::numeric_limits<std::uint64_t>::digits, "Record::stated has a bit for each field");
  for (std::size_t i = 0; i < n; ++i) table[i].setter.bit = std::uint64_t{1} << i;
  return table;
}

}  // namespace footpound::field_rows
