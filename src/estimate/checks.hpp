// SPDX-License-Identifier: MIT
// Statements that cannot both be true, and what --strict refuses.
#pragma once

#include "footpound/base/result.hpp"
#include "footpound/estimate/inputs.hpp"

namespace footpound {

// hours against accelerator-hours / count; it_power_w against boards x count + host; measured
// accelerator energy above measured IT energy; active parameters above all. Stated roundings
// (1 %) are no contradiction.
Result<void> check_contradictions(const Spec& spec, const Inputs& inputs);

// Error naming each assumed factor and what to state instead.
Result<void> refuse_assumed(const Inputs& inputs);

}  // namespace footpound
