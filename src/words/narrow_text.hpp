// SPDX-License-Identifier: MIT
// What would make an answer surer, for people and for JSON.
#pragma once

#include <optional>
#include <string>

#include "estimate/narrow.hpp"

namespace footpound {

// "state --accelerator-power: the interval would shrink from 0.6-1.6x to 0.9-1.1x"
std::string narrow_text(const Narrowing& narrow);

// {"name":...,"state":...,"low":...,"high":...,"then_low":...,"then_high":...}, or null
void append_narrowing(const std::optional<Narrowing>& narrow, std::string& out);

}  // namespace footpound
