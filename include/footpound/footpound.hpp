// SPDX-License-Identifier: MIT
// All of the library: docs/library.md.
#pragma once

#include "footpound/answer.hpp"
#include "footpound/base/error.hpp"
#include "footpound/base/result.hpp"
#include "footpound/factors/catalog.hpp"
#include "footpound/run_spec.hpp"
#include "footpound/units/quantity.hpp"
