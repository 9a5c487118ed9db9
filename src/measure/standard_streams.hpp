// SPDX-License-Identifier: MIT
// Standard streams as a measurement needs them: a report that nobody can read costs neither the
// record nor the command's status.
#pragma once

#include <string_view>

namespace footpound::measure {

// To standard error. What cannot be written (closed, a full disk, a terminal or reader that went
// away) is lost: no exception, no SIGPIPE.
void say(std::string_view text) noexcept;

}  // namespace footpound::measure
