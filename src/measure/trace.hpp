// SPDX-License-Identifier: MIT
// Every reading as a line of NDJSON, for those who want to look for themselves.
#pragma once

#include <string>

#include "measure/sampler.hpp"

namespace footpound::measure {

// {"t_s":0.1,"device":"gpu0","energy_j":1234.5} of a counter, since it began to count;
// {"t_s":0.1,"device":"gpu0","power_w":300}; {"t_s":0.1,"device":"gpu0","error":"..."}.
std::string trace_line(const Look& look);

}  // namespace footpound::measure
