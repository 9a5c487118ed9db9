// SPDX-License-Identifier: MIT
// Messages to a person, on stderr. Whether anyone can read them changes nothing about the run.
#pragma once

#include <cstdio>
#include <string_view>

namespace footpound {

// What cannot be written (closed, a full disk, a terminal or a reader that went away, a pipe that nobody
// reads for five seconds) is lost: no exception, no SIGPIPE.
void write_message(std::FILE* to, std::string_view text) noexcept;

}  // namespace footpound
