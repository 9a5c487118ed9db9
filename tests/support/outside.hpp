// SPDX-License-Identifier: MIT
// The built program as a process of its own, whose standard streams go where a test says: to what is
// full, closed, or read by nobody.
#pragma once

#include <string>
#include <vector>

#include "support/program.hpp"

namespace footpound {

enum class Goes : unsigned char { to_us, to_full_disk, to_closed, to_nobody };
std::string_view name(Goes where);

struct Outside {
  Goes out = Goes::to_us;
  Goes err = Goes::to_us;
  unsigned seconds = 60;  // after which it is ended by SIGALRM
};

// Standard input is empty.
ProgramRun run_program_outside(const std::vector<std::string>& words, const Outside& outside = {});

}  // namespace footpound
