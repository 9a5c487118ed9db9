// SPDX-License-Identifier: MIT
// Every exit status of the program. `measure` passes on its command's own status instead.
#pragma once

namespace footpound {

enum class ExitCode : int {
  ok = 0,
  some_records_failed = 1,
  usage = 2,
  input = 3,   // unreadable, or malformed as a whole; a failed spec too
  output = 4,  // could not be written
  interrupted = 130,
  terminated = 143,
};

}  // namespace footpound
