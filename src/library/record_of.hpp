// SPDX-License-Identifier: MIT
// The library's specs as the program's records.
#pragma once

#include "footpound/run_spec.hpp"
#include "record/record.hpp"

namespace footpound {

// Points into `spec`.
Record record_of(const RunSpec& spec);

}  // namespace footpound
