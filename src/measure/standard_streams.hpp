// SPDX-License-Identifier: MIT
// Standard streams as a measurement needs them: a report that nobody can read costs neither the
// record nor the command's status.
#pragma once

#include <string_view>

namespace footpound::measure {

// Closed ones are opened on /dev/null, or a file of ours would take their number; the wrong way
// round, so that to read or to write them still fails, here and in the command.
void fill_closed_streams();

// To standard error. What cannot be written (closed, a full disk, a terminal or reader that went
// away) is lost: no exception, no SIGPIPE.
void say(std::string_view text) noexcept;

}  // namespace footpound::measure
