// SPDX-License-Identifier: MIT
// Looking up a unit by its symbol.
#pragma once

#include <optional>
#include <string_view>

#include "units/amount.hpp"

namespace footpound {

// What a number with a unit is multiplied and divided by to be in its kind's own unit.
struct Scale {
  double multiply;
  double divide;
};

// Of a unit as tables and as people write it: "h", "hours", "GPU-days", "M hours", "kgCO2eq/kWh",
// "kg CO2-eq. per kilowatt-hour". None where the kind has no such unit.
std::optional<Scale> find_scale(std::string_view symbol, UnitKind kind);

const Unit* find_unit(std::string_view symbol, UnitKind kind);  // just as the table has it; nullptr: none
const Unit* find_foreign_unit(std::string_view symbol);         // of whatever kind; nullptr: of none
bool is_device_time(std::string_view symbol);  // "GPU-hours": devices x time, not the clock's

}  // namespace footpound
