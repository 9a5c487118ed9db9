// SPDX-License-Identifier: MIT
// The program's own entry: what main() calls, and tests that run whole command lines in a process of
// their own making.
#pragma once

#include <string>
#include <vector>

namespace footpound {

// Runs the command that `words` (argv without the program's name) state, and returns the exit status.
// Results go to descriptor 1, words about them to descriptor 2. Nothing is thrown.
int run_program(std::vector<std::string> words) noexcept;

}  // namespace footpound
