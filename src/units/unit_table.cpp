// SPDX-License-Identifier: MIT
#include "units/unit_table.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/letters.hpp"
#include "footpound/units/quantity.hpp"

namespace footpound {

namespace {

using enum UnitKind;

// Own unit of a kind first. Longer symbols need not come before shorter ones: a unit is the
// whole of what follows the number.
constexpr std::array unit_table = {
    Unit{"", count, 1, 1, false},
    Unit{"k", count, 1e3, 1, true},
    Unit{"thousand", count, 1e3, 1, true},
    Unit{"M", count, 1e6, 1, false},
    Unit{"million", count, 1e6, 1, true},
    Unit{"B", count, 1e9, 1, false},
    Unit{"b", count, 1e9, 1, false},
    Unit{"bn", count, 1e9, 1, true},
    Unit{"billion", count, 1e9, 1, true},
    Unit{"G", count, 1e9, 1, false},
    Unit{"T", count, 1e12, 1, false},
    Unit{"trillion", count, 1e12, 1, true},
    Unit{"", ratio, 1, 1, false},
    Unit{"", devices, 1, 1, false},
    Unit{"x", devices, 1, 1, true},
    Unit{"GPU", devices, 1, 1, true},
    Unit{"GPUs", devices, 1, 1, true},
    Unit{"TPUs", devices, 1, 1, true},
    Unit{"accelerators", devices, 1, 1, true},
    Unit{"devices", devices, 1, 1, true},
    Unit{"", share, 1, 1, false},
    Unit{"%", share, 1, 100, false},
    Unit{"W", power, 1, 1, true},
    Unit{"watt", power, 1, 1, true},
    Unit{"watts", power, 1, 1, true},
    Unit{"mW", power, 1, 1e3, false},
    Unit{"kW", power, 1e3, 1, true},
    Unit{"MW", power, 1e6, 1, false},
    Unit{"GW", power, 1e9, 1, false},
    Unit{"h", duration, 1, 1, true},
    Unit{"hr", duration, 1, 1, true},
    Unit{"hrs", duration, 1, 1, true},
    Unit{"hour", duration, 1, 1, true},
    Unit{"hours", duration, 1, 1, true},
    Unit{"ms", duration, 1, 1000 * seconds_per_hour, false},
    Unit{"s", duration, 1, seconds_per_hour, true},
    Unit{"sec", duration, 1, seconds_per_hour, true},
    Unit{"secs", duration, 1, seconds_per_hour, true},
    Unit{"second", duration, 1, seconds_per_hour, true},
    Unit{"seconds", duration, 1, seconds_per_hour, true},
    Unit{"m", duration, 1, 60, false},
    Unit{"min", duration, 1, 60, true},
    Unit{"mins", duration, 1, 60, true},
    Unit{"minute", duration, 1, 60, true},
    Unit{"minutes", duration, 1, 60, true},
    Unit{"d", duration, 24, 1, true},
    Unit{"day", duration, 24, 1, true},
    Unit{"days", duration, 24, 1, true},
    Unit{"w", duration, 168, 1, false},
    Unit{"week", duration, 168, 1, true},
    Unit{"weeks", duration, 168, 1, true},
    Unit{"month", duration, hours_per_year, 12, true},
    Unit{"months", duration, hours_per_year, 12, true},
    Unit{"y", duration, hours_per_year, 1, true},
    Unit{"year", duration, hours_per_year, 1, true},
    Unit{"years", duration, hours_per_year, 1, true},
    Unit{"kWh", energy, 1, 1, true},
    Unit{"Wh", energy, 1, 1e3, true},
    Unit{"mWh", energy, 1, 1e6, false},  // batteries; before MWh, which may be written mwh
    Unit{"MWh", energy, 1e3, 1, true},
    Unit{"GWh", energy, 1e6, 1, true},
    Unit{"TWh", energy, 1e9, 1, true},
    Unit{"J", energy, 1, joules_per_kwh, true},
    Unit{"kJ", energy, 1, joules_per_kwh / 1e3, true},
    Unit{"MJ", energy, 1, joules_per_kwh / 1e6, false},
    Unit{"GJ", energy, 1e3, joules_per_kwh / 1e6, true},
    Unit{"g/kWh", intensity, 1, 1, true},
    Unit{"kg/kWh", intensity, 1e3, 1, true},
    Unit{"g/MWh", intensity, 1, 1e3, true},
    Unit{"kg/MWh", intensity, 1, 1, true},
    Unit{"t/MWh", intensity, 1e3, 1, true},
    Unit{"t/GWh", intensity, 1, 1, true},
    Unit{"lb/kWh", intensity, grams_per_pound, 1, true},
    Unit{"lbs/kWh", intensity, grams_per_pound, 1, true},
    Unit{"lb/MWh", intensity, grams_per_pound, 1e3, true},
    Unit{"lbs/MWh", intensity, grams_per_pound, 1e3, true},
    Unit{"GB", memory, 1, 1, true},
    Unit{"G", memory, 1, 1, true},
    Unit{"MB", memory, 1, 1e3, true},
    Unit{"TB", memory, 1e3, 1, true},
    Unit{"MiB", memory, 1.048576, 1e3, true},
    Unit{"GiB", memory, 1.073741824, 1, true},
    Unit{"TiB", memory, 1099.511627776, 1, true},
    Unit{"FLOP", operations, 1, 1, true},
    Unit{"FLOPs", operations, 1, 1, true},
    Unit{"GFLOP", operations, 1e9, 1, true},
    Unit{"TFLOP", operations, 1e12, 1, true},
    Unit{"PFLOP", operations, 1e15, 1, true},
    Unit{"EFLOP", operations, 1e18, 1, true},
    Unit{"ZFLOP", operations, 1e21, 1, true},
    Unit{"YFLOP", operations, 1e24, 1, true},
    // a petaflop/s for one day
    Unit{"PF-days", operations, 8.64e19, 1, true},
    Unit{"pfs-days", operations, 8.64e19, 1, true},
    Unit{"USD", money, 1, 1, true},
    Unit{"$", money, 1, 1, true},
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

// In small letters, without the gas and the ways to write "per": what is left is a unit of the table.
std::string without_gas(std::string_view symbol) {
  struct Spelling {
    std::string_view printed;
    std::string_view meant;
  };
  // in this order: what holds another comes before it
  static constexpr std::array spellings = {Spelling{"\xE2\x82\x82", "2"}, Spelling{"\xC2\xB2", "2"},
      Spelling{"\xE2\x81\xBB\xC2\xB9", "-1"}, Spelling{"\xC2\xB7", " "}, Spelling{"_", " "},
      Spelling{"(", ""}, Spelling{")", ""}, Spelling{"carbon dioxide", "co2"}, Spelling{"c02", "co2"},
      Spelling{"equivalents", "eq"}, Spelling{"equivalent", "eq"}, Spelling{"equiv", "eq"},
      Spelling{"emissions", ""}, Spelling{"emission", ""}, Spelling{" of ", " "}, Spelling{" per ", "/"},
      Spelling{"/ ", "/"}, Spelling{"kilowatt", "k*"}, Spelling{"megawatt", "m*"}, Spelling{"hours", "h"},
      Spelling{"hour", "h"}, Spelling{"*", "w"}, Spelling{"kilograms", "kg"}, Spelling{"kilogram", "kg"},
      Spelling{"kgs", "kg"}, Spelling{"grams", "g"}, Spelling{"gram", "g"}, Spelling{"metric tons", "t"},
      Spelling{"metric ton", "t"}, Spelling{"tonnes", "t"}, Spelling{"tonne", "t"}, Spelling{"pounds", "lb"},
      Spelling{"pound", "lb"}, Spelling{"^", ""}, Spelling{"co2-eq", ""}, Spelling{"co2 eq", ""},
      Spelling{"co2eq", ""}, Spelling{"co2-e", ""}, Spelling{"co2 e", ""}, Spelling{"co2e", ""},
      Spelling{"eq. co2", ""}, Spelling{"eq co2", ""}, Spelling{"eqco2", ""}, Spelling{"eq-co2", ""},
      Spelling{"e-co2", ""}, Spelling{"co2", ""}, Spelling{"w.h", "wh"}, Spelling{"w-h", "wh"},
      Spelling{" ", ""}, Spelling{".", ""}};
  std::string out = lower_case(symbol);
  for (const Spelling& each : spellings) replace_all(out, each.printed, each.meant);
  // "kg kWh-1", "g-/kWh"
  if (out.ends_with("-1")) {
    out.resize(out.size() - 2);
    for (const std::string_view energy : {"kwh", "mwh", "gwh"}) {
      if (out.ends_with(energy)) out.insert(out.size() - energy.size(), "/");
    }
  }
  replace_all(out, "-", "");
  return out;
}

// What devices are called in front of their hours, in small letters.
constexpr std::array device_words = {"gpus", "gpu", "tpus", "tpu", "accelerators", "accelerator", "devices",
    "device", "cards", "card", "chips", "chip", "npus", "npu"};

// "GPU-hours" without its "GPU-"; all of it where no device stands in front.
std::string_view without_devices(std::string_view symbol) {
  for (const std::string_view word : device_words) {
    if (!same_without_case(symbol.substr(0, word.size()), word)) continue;
    std::string_view rest = symbol.substr(word.size());
    constexpr std::string_view dot = "\xC2\xB7";
    while (!rest.empty()) {
      if (rest.starts_with(dot)) {
        rest.remove_prefix(dot.size());
      } else if (rest.front() == ' ' || rest.front() == '-' || rest.front() == '*' || rest.front() == '_') {
        rest.remove_prefix(1);
      } else {
        break;
      }
    }
    return rest;
  }
  return symbol;
}

}  // namespace

std::span<const Unit> units() { return unit_table; }

std::string_view own_unit(UnitKind kind) {
  if (kind == device_time) kind = duration;
  for (const Unit& unit : unit_table) {
    if (unit.kind == kind) return unit.symbol;
  }
  return {};
}

std::string_view kind_name(UnitKind kind) {
  switch (kind) {
    case count: return "a number";
    case ratio: return "a ratio";
    case devices: return "a number of devices";
    case share: return "a share";
    case power: return "a power";
    case duration: return "a duration";
    case device_time: return "an amount of device time";
    case energy: return "an energy";
    case intensity: return "a carbon intensity";
    case memory: return "an amount of memory";
    case operations: return "a number of operations";
    case money: return "an amount of money";
  }
  return {};
}

const Unit* find_unit(std::string_view symbol, UnitKind kind) {
  if (kind == device_time) kind = duration;
  for (const Unit& unit : unit_table) {
    if (unit.kind != kind) continue;
    if (unit.symbol == symbol || (unit.any_case && same_without_case(unit.symbol, symbol))) return &unit;
  }
  return nullptr;
}

bool is_device_time(std::string_view symbol) {
  const std::string_view time = without_devices(symbol);
  return time.size() < symbol.size() && !time.empty() && find_scale(time, duration).has_value();
}

std::optional<Scale> find_scale(std::string_view symbol, UnitKind kind) {
  if (const Unit* const unit = find_unit(symbol, kind)) return Scale{unit->multiply, unit->divide};
  if (kind == intensity) {
    if (const Unit* const unit = find_unit(without_gas(symbol), kind))
      return Scale{unit->multiply, unit->divide};
    return std::nullopt;
  }
  if (kind == device_time && is_device_time(symbol)) return find_scale(without_devices(symbol), duration);
  // "1.3M GPU hours", "2k", of devices' hours also "1.3M": minutes are "m"
  for (const Unit& factor : unit_table) {
    if (factor.kind != count || factor.symbol.empty() || kind == count || kind == share) continue;
    const std::string_view front = symbol.substr(0, factor.symbol.size());
    if (front != factor.symbol && !(factor.any_case && same_without_case(front, factor.symbol))) continue;
    const std::string_view rest = symbol.substr(front.size());
    const bool alone =
        rest.empty() && (kind == devices || kind == device_time || (kind == duration && factor.any_case));
    if (alone) return Scale{factor.multiply, factor.divide};
    if (rest.empty() || rest.front() != ' ') continue;
    const std::string_view unit = rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
    if (const std::optional<Scale> of_rest = find_scale(unit, kind))
      return Scale{of_rest->multiply * factor.multiply, of_rest->divide};
  }
  return std::nullopt;
}

const Unit* find_foreign_unit(std::string_view symbol) {
  for (const std::string& each : {std::string(symbol), without_gas(symbol)}) {
    for (const Unit& unit : unit_table) {
      if (!unit.symbol.empty() &&
          (unit.symbol == each || (unit.any_case && same_without_case(unit.symbol, each))))
        return &unit;
    }
  }
  return nullptr;
}

}  // namespace footpound
