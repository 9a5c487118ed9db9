// SPDX-License-Identifier: MIT
// Looking up a unit by its symbol.
#pragma once

#include <string>
#include <string_view>

#include "units/amount.hpp"

namespace footpound {

const Unit* find_unit(std::string_view symbol, UnitKind kind);  // nullptr: the kind has none of this symbol
const Unit* find_foreign_unit(std::string_view symbol);         // of whatever kind

// "gCO2e/kWh", "kgCO2eq/kWh" and "lb CO2/MWh" say the same as without the gas.
std::string without_gas(std::string_view symbol);

}  // namespace footpound
