// SPDX-License-Identifier: MIT
#include "units/plain_amount.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "footpound/units/quantity.hpp"
#include "units/unit_table.hpp"

namespace footpound {

namespace {

using enum UnitKind;

Error bad(std::string what, std::string instead) {
  return Error{ErrorKind::bad_value, {}, std::move(what), std::move(instead)};
}

std::string example(UnitKind kind) {
  switch (kind) {
    case count: return "write a number such as 8 or 65B";
    case ratio: return "write a ratio such as 1.58";
    case devices: return "write a number such as 8, 3/7 or 16 GPUs";
    case share: return "write a share such as 0.35 or 35%";
    case power: return "write a power such as 300W or 12.04kW";
    case duration: return "write a duration such as 79.2h, 3d7h or 36:00:00";
    case device_time: return "write device-hours such as 960, 40 GPU-days or 1.3M; --gpu names the device";
    case energy: return "write an energy such as 1500kWh or 2.1MWh";
    case intensity: return "write an intensity such as 385g/kWh or 0.954lb/kWh";
    case memory: return "write an amount of memory such as 512GB";
    case operations: return "write a number of operations such as 3.14e23 or 300ZFLOP";
    case money: return "write an amount such as 2.48USD";
  }
  return {};
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::size_t number_length(std::string_view text) {
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
  const std::size_t start = i;
  const auto digits = [&] {
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
  };
  digits();
  if (i < text.size() && text[i] == '.') {
    ++i;
    digits();
  }
  if (i == start || (i == start + 1 && text[start] == '.')) return 0;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    std::size_t exponent = i + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    if (exponent < text.size() && text[exponent] >= '0' && text[exponent] <= '9') {
      i = exponent;
      digits();
    }
  }
  return i;
}

namespace {

Error not_a_number(std::string_view text, UnitKind kind) {
  if (text.find(',') != std::string_view::npos) {
    return bad(
        in_quotes(text) + " has a comma", "write numbers with a point and without separators, 12041.51");
  }
  const std::size_t length = number_length(text);
  if (length > 0 && length == text.size()) {
    return Error{ErrorKind::out_of_range, {}, in_quotes(text) + " does not fit a number",
        "numbers go from about 1e-307 to 1e308"};
  }
  return bad(in_quotes(text) + " is not " + std::string(kind_name(kind)), example(kind));
}

struct Cut {
  double value;
  std::string_view rest;
};

Result<Cut> cut_number(std::string_view text, std::string_view whole, UnitKind kind) {
  const std::size_t length = number_length(text);
  double value = 0;
  if (length == 0 || !parse_number(text.substr(0, length), value)) {
    return not_a_number(length == 0 ? whole : text.substr(0, length), kind);
  }
  return Cut{value, text.substr(length)};
}

Error unknown_unit(std::string_view symbol, std::string_view whole, UnitKind kind) {
  if (!symbol.empty() && symbol.front() == ',') return not_a_number(whole, kind);
  if (kind == duration && is_device_time(symbol)) {
    return bad(in_quotes(whole) + " is device time, not wall-clock time",
        "state it as --accelerator-hours; --hours is what the clock shows");
  }
  const Unit* foreign = find_foreign_unit(symbol);
  if (foreign != nullptr && foreign->kind != kind) {
    return bad(in_quotes(whole) + " is " + std::string(kind_name(foreign->kind)) + ", not " +
                   std::string(kind_name(kind)),
        example(kind));
  }
  return bad(in_quotes(whole) + ": unknown unit " + in_quotes(symbol), example(kind));
}

Result<double> in_own_unit(double value, std::string_view symbol, std::string_view whole, UnitKind kind) {
  const std::optional<Scale> scale = find_scale(symbol, kind);
  if (!scale && !symbol.empty()) return unknown_unit(symbol, whole, kind);
  const double own = scale ? value * scale->multiply / scale->divide : value;
  if (!std::isfinite(own) || (own == 0 && value != 0))
    return not_a_number(whole.substr(0, number_length(whole)), kind);
  return own;
}

bool has_digits_alone(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// [D-]HH:MM[:SS[.sss]]; nullopt-like: false where the text has another shape
bool parse_clock(std::string_view text, double& value_hours) {
  double days = 0;
  const std::size_t dash = text.find('-');
  if (dash != std::string_view::npos) {
    if (!has_digits_alone(text.substr(0, dash)) || !parse_number(text.substr(0, dash), days)) return false;
    text.remove_prefix(dash + 1);
  }
  double parts[3] = {0, 0, 0};
  std::size_t count_of_parts = 0;
  while (true) {
    const std::size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    if (count_of_parts == 3) return false;
    const bool seconds = count_of_parts == 2;
    if (!has_digits_alone(seconds ? part.substr(0, part.find('.')) : part)) return false;
    if (seconds && part.find_first_of("eE") != std::string_view::npos) return false;
    if (!parse_number(part, parts[count_of_parts++])) return false;
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
  }
  if (count_of_parts < 2 || parts[1] >= 60 || parts[2] >= 60) return false;
  // whole seconds first: one rounding
  value_hours = (((days * 24 + parts[0]) * 60 + parts[1]) * 60 + parts[2]) / seconds_per_hour;
  return std::isfinite(value_hours);
}

// 3d7h, 1h30m: at least two number-unit pairs, the units ever smaller ("2 H100 hours" is no sum)
Result<double> parse_compound(std::string_view text, std::string_view whole, UnitKind kind) {
  double total = 0;
  double unit_before = std::numeric_limits<double>::infinity();
  while (!text.empty()) {
    const Result<Cut> cut = cut_number(text, whole, kind);
    if (!cut) return cut.error();
    std::size_t length = 0;
    while (length < cut->rest.size() && (cut->rest[length] < '0' || cut->rest[length] > '9')) ++length;
    const std::string_view symbol = trim(cut->rest.substr(0, length));
    if (symbol.empty()) return unknown_unit(symbol, whole, kind);
    const Result<double> part = in_own_unit(cut->value, symbol, whole, kind);
    if (!part) return part.error();
    const Unit* const unit = find_unit(symbol, kind);
    if (unit == nullptr || !(unit->multiply / unit->divide < unit_before))
      return unknown_unit(symbol, whole, kind);
    unit_before = unit->multiply / unit->divide;
    if (*part < 0) return bad(in_quotes(whole) + " mixes signs", example(kind));
    total += *part;
    text = trim(cut->rest.substr(length));
  }
  return total;
}

struct SpreadMark {
  std::size_t at;
  std::size_t length;
};

SpreadMark find_spread(std::string_view text) {
  for (const std::string_view mark : {"\xC2\xB1", "+-", "+/-"}) {
    const std::size_t at = text.find(mark);
    if (at != std::string_view::npos && at > 0) return {at, mark.size()};
  }
  return {std::string_view::npos, 0};
}

}  // namespace

Result<Amount> parse_plain_amount(std::string_view whole, UnitKind kind) {
  whole = trim(whole);
  double plain = 0;
  if (parse_number(whole, plain)) return Amount{plain, 0, true};
  if (whole.empty()) return bad("is empty", example(kind));

  const SpreadMark mark = find_spread(whole);
  std::string_view text = trim(whole.substr(0, mark.at));
  std::string_view spread;
  if (mark.length > 0) spread = trim(whole.substr(mark.at + mark.length));

  const bool is_time = kind == duration || kind == device_time;
  if (is_time && text.find(':') != std::string_view::npos) {
    double value = 0;
    if (!parse_clock(text, value)) return not_a_number(whole, kind);
    if (mark.length == 0) return Amount{value, 0};
    return bad(in_quotes(whole) + " states a spread on a clock time", "state it in hours, 36h+-2h");
  }

  const Result<Cut> cut = cut_number(text, whole, kind);
  if (!cut) return cut.error();
  std::string_view symbol = trim(cut->rest);
  const bool compound = is_time && symbol.find_first_of("0123456789") != std::string_view::npos;
  if (compound) {
    const Result<double> total = parse_compound(text, whole, kind);
    if (!total) return total.error();
    if (mark.length == 0) return Amount{*total, 0};
    return bad(in_quotes(whole) + " states a spread on a sum of units", "state it in hours, 79h+-2h");
  }
  if (mark.length == 0) {
    const Result<double> value = in_own_unit(cut->value, symbol, whole, kind);
    if (!value) return value.error();
    return Amount{*value, 0, symbol.empty()};
  }

  // the unit may stand behind the value, the spread, or both: "79+-2h", "79h+-2", "79h+-5%"
  const Result<Cut> half = cut_number(spread, whole, kind);
  if (!half) return half.error();
  const std::string_view spread_symbol = trim(half->rest);
  const bool relative = spread_symbol == "%" && !(kind == share && symbol == "%");
  if (symbol.empty() && !relative) symbol = spread_symbol;
  const Result<double> value = in_own_unit(cut->value, symbol, whole, kind);
  if (!value) return value.error();
  Result<double> width = *value * half->value / 100;
  if (!relative)
    width = in_own_unit(half->value, spread_symbol.empty() ? symbol : spread_symbol, whole, kind);
  if (!width) return width.error();
  if (!(*value > 0) || !(*width >= 0)) {
    return bad(
        in_quotes(whole) + ": a spread needs a value above 0 and a half-width of at least 0", example(kind));
  }
  // value x sinh(z90 x log_sd) = half the width of the 5-95 % range
  const double log_sd = std::asinh(*width / *value) / z90;
  if (!(log_sd <= most_log_sd)) {
    return Error{ErrorKind::out_of_range, {},
        in_quotes(whole) + " states a spread of more than a million times the value", example(kind)};
  }
  return Amount{*value, log_sd, symbol.empty()};
}

}  // namespace footpound
