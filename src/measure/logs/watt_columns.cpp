// SPDX-License-Identifier: MIT
#include "measure/logs/watt_columns.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "measure/logs/headings.hpp"
#include "measure/logs/log_format.hpp"
#include "measure/logs/looks.hpp"
#include "units/plain_amount.hpp"

namespace footpound::measure {

namespace {

using Role = Heading::Role;

constexpr std::string_view log_times =
    "log them: nvidia-smi --query-gpu=timestamp,index,power.draw --format=csv -l 1";

struct Placed {
  std::size_t column;
  Heading heading;
};

std::optional<std::size_t> best(const std::vector<Placed>& placed, Role role) {
  const Placed* found = nullptr;
  for (const Placed& one : placed) {
    if (one.heading.role == role && (found == nullptr || one.heading.rank < found->heading.rank))
      found = &one;
  }
  return found == nullptr ? std::nullopt : std::optional(found->column);
}

const Heading& at(const std::vector<Placed>& placed, std::size_t column) {
  return std::find_if(placed.begin(), placed.end(), [&](const Placed& p) {
    return p.column == column;
  })->heading;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + in_quotes(name);
  return out;
}

bool ends_in_digit(std::string_view text) {
  return !text.empty() && text.back() >= '0' && text.back() <= '9';
}

// Of several columns of one device the one of the lowest rank; an error where there are two.
Result<std::vector<Placed>> one_of_each(std::vector<Placed> watts, std::span<const std::string> fields) {
  std::map<std::pair<int, std::string>, Placed> kept;
  for (Placed& one : watts) {
    const std::pair key{one.heading.part ? static_cast<int>(*one.heading.part) : -1, one.heading.id};
    const auto [known, is_new] = kept.try_emplace(key, one);
    if (is_new) continue;
    if (known->second.heading.rank == one.heading.rank) {
      return Error{ErrorKind::ambiguous, {},
          "several columns of watts: " + joined({fields[known->second.column], fields[one.column]}),
          std::string(name_the_columns)};
    }
    if (one.heading.rank < known->second.heading.rank) known->second = one;
  }
  std::vector<Placed> out;
  for (auto& [key, one] : kept) out.push_back(std::move(one));
  std::sort(out.begin(), out.end(), [](const Placed& a, const Placed& b) { return a.column < b.column; });
  return out;
}

// Is it the sum of others: called a total, or the GPUs' beside columns of GPU 0, 1, 2?
bool is_sum_of_others(const Placed& one, const std::vector<Placed>& all) {
  if (one.heading.total) {
    return std::any_of(all.begin(), all.end(), [&](const Placed& other) {
      return !other.heading.total &&
             (!one.heading.part || other.heading.part == one.heading.part || one.heading.part == Part::node);
    });
  }
  return one.heading.part && !ends_in_digit(one.heading.id) &&
         std::any_of(all.begin(), all.end(), [&](const Placed& other) {
           return other.heading.part == one.heading.part && ends_in_digit(other.heading.id) &&
                  !other.heading.total;
         });
}

// The columns of watts that add up to what was drawn, each with its device.
Result<void> choose_watts(
    const std::vector<Placed>& watts, std::span<const std::string> fields, WattColumns& out) {
  std::vector<Placed> parts;
  std::vector<std::string> sums;
  for (const Placed& one : watts) {
    if (is_sum_of_others(one, watts)) {
      sums.push_back(fields[one.column]);
    } else {
      parts.push_back(one);
    }
  }
  Result<std::vector<Placed>> chosen = one_of_each(std::move(parts), fields);
  if (!chosen) return chosen.error();
  if (!sums.empty()) out.notes.push_back(joined(sums) + ": a total, whose parts are counted instead");
  std::map<Part, std::vector<std::string>> unnumbered;
  std::vector<std::string> unnamed;
  for (const Placed& one : *chosen) {
    const Heading& heading = one.heading;
    if (heading.part && !ends_in_digit(heading.id)) unnumbered[*heading.part].push_back(fields[one.column]);
    if (!heading.part && heading.id.empty()) unnamed.push_back(fields[one.column]);
    out.watts.push_back(WattColumn{one.column, heading.unit.value_or(1), heading.id, heading.part});
  }
  for (const auto& [part, names] : unnumbered) {
    if (names.size() > 1 && part != Part::accelerator) unnamed = names;
  }
  if (!unnamed.empty() && out.watts.size() > 1) {
    return Error{ErrorKind::ambiguous, {},
        "several columns of watts, and not clear whether " + joined(unnamed) + " is part of another",
        std::string(name_the_columns)};
  }
  return {};
}

bool is_whole_number(std::string_view text) {
  return !text.empty() && text.size() <= 4 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_power_with_unit(std::string_view text) {
  double number = 0;
  return !text.empty() && (text.back() == 'W' || text.back() == 'w') && !parse_number(text, number) &&
         static_cast<bool>(parse_plain_amount(text, UnitKind::power));
}

bool has_decimals(std::string_view text) {
  double number = 0;
  return parse_number(text, number) && text.find('.') != std::string_view::npos && number >= 0;
}

std::optional<Stamp> time_in(std::string_view field) {
  const std::optional<Stamp> stamp = parse_stamp(field);
  const bool is_time =
      stamp && (stamp->kind != Stamp::Kind::plain || field.find(':') != std::string_view::npos);
  return is_time ? stamp : std::nullopt;
}

// How the fields of one column look, over all rows.
struct Looks {
  std::size_t times = 0;
  std::size_t with_unit = 0;
  std::size_t decimals = 0;
  std::size_t whole = 0;
  std::size_t uuids = 0;
  std::size_t others = 0;
};

Looks looks_of(Rows rows, std::size_t column) {
  Looks out;
  for (const std::vector<std::string>& row : rows) {
    const std::string& field = row[column];
    if (field.compare(0, 4, "GPU-") == 0) {
      ++out.uuids;
    } else if (time_in(field)) {
      ++out.times;
    } else if (is_whole_number(field)) {
      ++out.whole;
    } else if (is_power_with_unit(field)) {
      ++out.with_unit;
    } else if (has_decimals(field)) {
      ++out.decimals;
    } else if (!means_missing(field)) {
      ++out.others;
    }
  }
  return out;
}

// A whole number that tells devices apart stands once in each look for each of them.
bool tells_devices(Rows rows, std::size_t column, std::size_t per_look) {
  std::map<std::string, std::size_t> seen;
  for (const std::vector<std::string>& row : rows) ++seen[row[column]];
  constexpr std::string_view last_of_most_nodes = "15";
  if (seen.size() != per_look) return false;
  // one device alone: its number, and no temperature that never changes
  if (per_look == 1) return seen.begin()->first.size() == 1 || seen.begin()->first <= last_of_most_nodes;
  const std::size_t looks = rows.size() / per_look;
  return std::all_of(seen.begin(), seen.end(),
      [&](const auto& device) { return device.second * 5 >= looks * 4 && device.second <= looks + 1; });
}

// In each first so many rows: devices at their look.
void find_device(Rows rows, const std::vector<Looks>& looks, WattColumns& out) {
  std::vector<Moment> times;
  for (const std::vector<std::string>& row : rows) {
    if (const std::optional<Stamp> stamp = parse_stamp(row[out.time])) times.push_back(stamp->at);
  }
  const std::size_t per_look = rows_per_look(times);
  for (std::size_t i = 0; i < looks.size(); ++i) {
    if (looks[i].whole != rows.size() || !tells_devices(rows, i, per_look)) continue;
    if (out.device) continue;
    out.device = i;
    for (const std::vector<std::string>& row : rows) out.devices.insert(row[i]);
  }
}

constexpr std::array delimiters = {',', ';', '\t'};

}  // namespace

std::optional<Stamp> WattColumns::stamp(std::span<const std::string> fields) const {
  if (date) return parse_stamp(fields[*date] + " " + fields[time]);
  const std::optional<Stamp> at = parse_stamp(fields[time], unit_seconds);
  return since_1970 && at && at->kind == Stamp::Kind::plain ? std::nullopt : at;
}

Result<std::optional<WattColumns>> columns_of_header(std::span<const std::string> fields) {
  std::vector<Placed> placed;
  std::vector<Placed> watts;
  std::optional<Error> wrong;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Result<Heading> heading = heading_of(fields[i]);
    if (!heading) {
      if (!wrong) wrong = heading.error();
    } else if (heading->role != Role::none) {
      (heading->role == Role::watts ? watts : placed).push_back({i, *heading});
    }
  }
  std::optional<std::size_t> time = best(placed, Role::time);
  std::optional<std::size_t> date = best(placed, Role::date);
  if (!time) std::swap(time, date);
  if (!time) {
    if (watts.empty()) return std::optional<WattColumns>();
    return Error{ErrorKind::missing, {}, "no column of times", std::string(log_times)};
  }
  if (wrong) return *wrong;
  WattColumns out;
  out.time = *time;
  out.unit_seconds = at(placed, *time).unit;
  out.since_1970 = at(placed, *time).rank == 3;
  // "Date, Time": apart; a timestamp holds both
  if (date && at(placed, *time).rank == 1) out.date = date;
  out.device = best(placed, Role::device);
  if (out.device) out.part = at(placed, *out.device).part;
  out.host = best(placed, Role::host);
  out.name = best(placed, Role::name);
  out.count = fields.size();
  if (watts.empty()) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (const std::string id = bare_device(fields[i]); !id.empty()) {
        const Result<Heading> heading = heading_of(fields[i] + " power");
        out.watts.push_back(WattColumn{i, 0, id, heading->part});
      }
    }
    return out.watts.empty() ? std::optional<WattColumns>() : std::optional(std::move(out));
  }
  if (Result<void> chosen = choose_watts(watts, fields, out); !chosen) return chosen.error();
  return std::optional(std::move(out));
}

Result<std::optional<WattColumns>> columns_of_head(std::span<const std::string> lines) {
  for (const char delimiter : delimiters) {
    const std::vector<std::string> names = csv_fields(lines.front(), delimiter);
    Result<std::optional<WattColumns>> columns = columns_of_header(names);
    // a single heading may be a whole line with other delimiters
    if (!columns && names.size() == 1 && delimiter != delimiters.back()) continue;
    if (!columns) return columns;
    if (!*columns) continue;
    WattColumns& found = **columns;
    found.delimiter = delimiter;
    if (found.watts.front().unit_watts != 0) return columns;
    // "GPU0": of what? Neither percents nor degrees are above 110, nor have megabytes decimals.
    bool watts = false;
    for (const std::string& line : lines.subspan(1)) {
      const std::vector<std::string> fields = csv_fields(line, delimiter);
      double number = 0;
      for (const WattColumn& column : found.watts) {
        watts = watts || (column.column < fields.size() && has_decimals(fields[column.column]) &&
                             parse_number(fields[column.column], number) && number > 110);
      }
    }
    if (!watts) {
      return Error{ErrorKind::ambiguous, {},
          "columns such as " + in_quotes(names[found.watts.front().column]) + " do not say what they hold",
          "where it is power: --log-columns timestamp,gpu0_power_w,gpu1_power_w"};
    }
    for (WattColumn& column : found.watts) column.unit_watts = 1;
    found.notes.push_back("columns such as " + in_quotes(names[found.watts.front().column]) +
                          " name no quantity; they are taken for watts");
    return columns;
  }
  return std::optional<WattColumns>();
}

Result<WattColumns> columns_by_name(std::span<const std::string> names) {
  Result<std::optional<WattColumns>> columns = columns_of_header(names);
  if (!columns && columns.error().kind != ErrorKind::missing) return columns.error();
  if (!columns || !*columns) {
    return Error{
        ErrorKind::missing, "--log-columns", "names no time and power", std::string(name_the_columns)};
  }
  for (WattColumn& column : (*columns)->watts) {
    if (column.unit_watts == 0) column.unit_watts = 1;
  }
  return std::move(**columns);
}

Result<WattColumns> columns_by_guess(Rows rows) {
  WattColumns out;
  out.count = rows.empty() ? 0 : rows.front().size();
  std::vector<Looks> looks;
  std::vector<std::size_t> times;
  std::vector<std::size_t> with_unit;
  std::vector<std::size_t> decimals;
  std::size_t whole = 0;
  for (std::size_t i = 0; i < out.count; ++i) {
    const Looks& column = looks.emplace_back(looks_of(rows, i));
    if (column.times == rows.size()) {
      times.push_back(i);
    } else if (column.uuids == rows.size()) {
      out.device = i;
      out.part = Part::accelerator;
    } else if (column.with_unit > 0 && column.others == 0) {
      with_unit.push_back(i);
    } else if (column.decimals > 0 && column.others == 0) {
      decimals.push_back(i);
    } else if (column.whole == rows.size()) {
      ++whole;
    }
  }
  const std::vector<std::size_t>& powers = with_unit.empty() ? decimals : with_unit;
  if (times.empty() && !powers.empty())
    return Error{ErrorKind::missing, {}, "no column of times", std::string(log_times)};
  // nvidia-smi, which alone writes such times, has decimals in nothing else that is logged
  const bool by_nvidia = times.size() == 1 && rows.front()[times.front()].find('/') == 4;
  const bool clear = out.device || !with_unit.empty() || by_nvidia || whole <= 1;
  if (times.size() != 1 || powers.size() != 1 || !clear) {
    return Error{ErrorKind::ambiguous, {},
        "no header, and not clear which field is the time and which the power",
        std::string(name_the_columns)};
  }
  out.time = times.front();
  out.watts.push_back(WattColumn{powers.front(), 1, {}, {}});
  if (!out.device) find_device(rows, looks, out);
  return out;
}

}  // namespace footpound::measure
