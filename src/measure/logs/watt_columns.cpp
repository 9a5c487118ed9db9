// SPDX-License-Identifier: MIT
#include "measure/logs/watt_columns.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "measure/calendar.hpp"
#include "measure/logs/log_lines.hpp"
#include "units/plain_amount.hpp"

namespace footpound::measure {

namespace {

enum class Role : unsigned char { time, watts, device, name };

struct Heading {
  std::string_view text;  // in lower case, without its unit in brackets
  Role role;
  int rank;  // of several, the lowest is taken; the same rank twice is ambiguous
};

constexpr std::array headings = {
    Heading{"timestamp", Role::time, 0},
    Heading{"time", Role::time, 0},
    Heading{"datetime", Role::time, 0},
    Heading{"date_time", Role::time, 0},
    Heading{"time_s", Role::time, 0},
    Heading{"seconds", Role::time, 0},
    Heading{"elapsed_s", Role::time, 0},
    Heading{"epoch", Role::time, 0},
    Heading{"t", Role::time, 0},
    Heading{"power.draw", Role::watts, 0},
    Heading{"power_w", Role::watts, 0},
    Heading{"power", Role::watts, 0},
    Heading{"watts", Role::watts, 0},
    Heading{"watt", Role::watts, 0},
    Heading{"w", Role::watts, 0},
    Heading{"power_watts", Role::watts, 0},
    Heading{"gpu_power_w", Role::watts, 0},
    Heading{"accelerator_power_w", Role::watts, 0},
    Heading{"power.draw.average", Role::watts, 1},
    Heading{"power.draw.instant", Role::watts, 2},
    Heading{"uuid", Role::device, 0},
    Heading{"gpu_uuid", Role::device, 0},
    Heading{"index", Role::device, 1},
    Heading{"gpu", Role::device, 2},
    Heading{"device", Role::device, 3},
    Heading{"pci.bus_id", Role::device, 4},
    Heading{"serial", Role::device, 5},
    Heading{"name", Role::name, 0},
    Heading{"gpu_name", Role::name, 0},
};

struct Unit {
  std::string_view text;
  double watts;
};
constexpr std::array units = {Unit{"", 1}, Unit{"W", 1}, Unit{"kW", 1e3}, Unit{"mW", 1e-3}, Unit{"MW", 1e6}};

constexpr std::string_view name_them =
    "name the columns in their order, such as --log-columns timestamp,uuid,power_w (- for one to pass over)";

// "power.draw [W]" -> {"power.draw", "W"}
std::pair<std::string, std::string> cut_unit(std::string_view text) {
  const std::size_t open = text.find_first_of("[(");
  const std::size_t close = text.find_last_of("])");
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return {lower_case(trimmed(text)), {}};
  }
  return {lower_case(trimmed(text.substr(0, open))),
      std::string(trimmed(text.substr(open + 1, close - open - 1)))};
}

const Heading* find_heading(std::string_view text) {
  const auto* found =
      std::find_if(headings.begin(), headings.end(), [&](const Heading& h) { return h.text == text; });
  return found == headings.end() ? nullptr : found;
}

struct Best {
  std::optional<std::size_t> column;
  int rank = 0;
  bool twice = false;
};

void consider(Best& best, std::size_t column, int rank) {
  if (!best.column || rank < best.rank) {
    best = Best{column, rank, false};
  } else if (rank == best.rank) {
    best.twice = true;
  }
}

bool is_whole_number(std::string_view text) {
  return !text.empty() && text.size() <= 4 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool looks_like_watts(std::string_view text) {
  double number = 0;
  if (parse_number(text, number)) return text.find('.') != std::string_view::npos && number >= 0;
  return !text.empty() && (text.back() == 'W' || text.back() == 'w') &&
         static_cast<bool>(parse_plain_amount(text, UnitKind::power));
}

}  // namespace

Result<std::optional<WattColumns>> columns_of_header(std::span<const std::string> fields) {
  Best best[4];
  double unit_watts = 1;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::pair<std::string, std::string> heading_and_unit = cut_unit(fields[i]);
    const std::string& text = heading_and_unit.first;
    const std::string& unit_text = heading_and_unit.second;
    const Heading* heading = find_heading(text);
    if (heading == nullptr) continue;
    Best& role = best[static_cast<std::size_t>(heading->role)];
    consider(role, i, heading->rank);
    if (heading->role != Role::watts || role.column != i) continue;
    const auto* unit =
        std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.text == unit_text; });
    if (unit == units.end()) {
      return Error{ErrorKind::bad_value, {}, in_quotes(fields[i]) + " is not in watts", {}};
    }
    unit_watts = unit->watts;
  }
  const Best& time = best[static_cast<std::size_t>(Role::time)];
  const Best& power = best[static_cast<std::size_t>(Role::watts)];
  if (!time.column || !power.column) return std::optional<WattColumns>();
  if (time.twice || power.twice) {
    return Error{ErrorKind::ambiguous, {}, "several columns of times or watts", std::string(name_them)};
  }
  return std::optional<WattColumns>(WattColumns{*time.column, *power.column, unit_watts,
      best[static_cast<std::size_t>(Role::device)].column, best[static_cast<std::size_t>(Role::name)].column,
      fields.size()});
}

Result<WattColumns> columns_by_name(std::span<const std::string> names) {
  Result<std::optional<WattColumns>> columns = columns_of_header(names);
  if (!columns) return columns.error();
  if (!*columns) {
    return Error{ErrorKind::missing, "--log-columns", "names no time and power", std::string(name_them)};
  }
  return **columns;
}

Result<WattColumns> columns_by_guess(std::span<const std::string> fields) {
  WattColumns out;
  out.count = fields.size();
  std::vector<std::size_t> times;
  std::vector<std::size_t> powers;
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string& field = fields[i];
    const std::optional<Stamp> stamp = parse_stamp(field);
    if (stamp && (stamp->kind != Stamp::Kind::plain || field.find(':') != std::string::npos)) {
      times.push_back(i);
    } else if (field.compare(0, 4, "GPU-") == 0) {
      out.device = i;
    } else if (is_whole_number(field)) {
      numbers.push_back(i);
    } else if (looks_like_watts(field)) {
      powers.push_back(i);
    }
  }
  if (times.size() != 1 || powers.size() != 1 || (!out.device && numbers.size() > 1)) {
    return Error{ErrorKind::ambiguous, {},
        "no header, and not clear which field is the time and which the power", std::string(name_them)};
  }
  out.time = times.front();
  out.watts = powers.front();
  if (!out.device && numbers.size() == 1) out.device = numbers.front();
  return out;
}

}  // namespace footpound::measure
