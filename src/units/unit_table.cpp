// SPDX-License-Identifier: MIT
#include "units/unit_table.hpp"

#include <array>

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
    Unit{"seconds", duration, 1, seconds_per_hour, true},
    Unit{"m", duration, 1, 60, false},
    Unit{"min", duration, 1, 60, true},
    Unit{"minutes", duration, 1, 60, true},
    Unit{"d", duration, 24, 1, true},
    Unit{"day", duration, 24, 1, true},
    Unit{"days", duration, 24, 1, true},
    Unit{"w", duration, 168, 1, false},
    Unit{"week", duration, 168, 1, true},
    Unit{"weeks", duration, 168, 1, true},
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

}  // namespace

std::span<const Unit> units() { return unit_table; }

std::string_view own_unit(UnitKind kind) {
  for (const Unit& unit : unit_table) {
    if (unit.kind == kind) return unit.symbol;
  }
  return {};
}

std::string_view kind_name(UnitKind kind) {
  switch (kind) {
    case count: return "a number";
    case share: return "a share";
    case power: return "a power";
    case duration: return "a duration";
    case energy: return "an energy";
    case intensity: return "a carbon intensity";
    case memory: return "an amount of memory";
    case operations: return "a number of operations";
    case money: return "an amount of money";
  }
  return {};
}

std::string without_gas(std::string_view symbol) {
  std::string out;
  for (std::size_t i = 0; i < symbol.size();) {
    std::size_t skip = 0;
    for (const std::string_view gas : {"co2eq", "co2e", "co2"}) {
      if (same_without_case(symbol.substr(i, gas.size()), gas)) {
        skip = gas.size();
        break;
      }
    }
    if (skip == 0 && symbol[i] != ' ') out += symbol[i];
    i += skip == 0 ? 1 : skip;
  }
  return out;
}

const Unit* find_unit(std::string_view symbol, UnitKind kind) {
  for (const Unit& unit : unit_table) {
    if (unit.kind != kind) continue;
    if (unit.symbol == symbol || (unit.any_case && same_without_case(unit.symbol, symbol))) return &unit;
  }
  return nullptr;
}

const Unit* find_foreign_unit(std::string_view symbol) {
  for (const Unit& unit : unit_table) {
    if (!unit.symbol.empty() &&
        (unit.symbol == symbol || (unit.any_case && same_without_case(unit.symbol, symbol)))) {
      return &unit;
    }
  }
  return nullptr;
}

}  // namespace footpound
