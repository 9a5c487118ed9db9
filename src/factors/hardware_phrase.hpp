// SPDX-License-Identifier: MIT
// Hardware as people print it, looked up: for texts that are no name of a table as they stand.
#pragma once

#include <string>
#include <string_view>

#include "factors/hardware.hpp"

namespace footpound {

// What was read out of the words, to be told.
struct HardwarePhrase {
  Accelerator accelerator;
  std::string aside;  // in brackets, and not used; "" where there is nothing
  Row slice;          // of table instances, where one is named
  double boards = 0;  // where boards were counted, not devices
};

// Errors: unknown_name, with the name that was left to look for; ambiguous, where the words name several or a
// number in them may be two things; contradiction, where a device of that name has other memory or form.
Result<HardwarePhrase> read_hardware(const Catalog& catalog, std::string_view text);

}  // namespace footpound
