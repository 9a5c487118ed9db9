// SPDX-License-Identifier: MIT
// Statements that cannot both be true, and what --strict refuses.
#pragma once

#include "estimate/inputs.hpp"
#include "estimate/spec.hpp"
#include "footpound/base/result.hpp"

namespace footpound {

// Hours against accelerator-hours / count and end - start; it_power_w against boards x count + host;
// accelerator_power_w against utilization; measured energies against each other and against power x
// hours; active parameters above all; FLOPs against tokens, and against what the devices can do;
// count against instance x nodes. Stated roundings (1 %) are no contradiction.
Result<void> check_contradictions(const Spec& spec, const Inputs& inputs);

// Error naming each assumed factor and what to state instead.
Result<void> refuse_assumed(const Inputs& inputs);

}  // namespace footpound
