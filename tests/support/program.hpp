// SPDX-License-Identifier: MIT
// The program as its users run it, without the cost of a new process image: each run is a fork of the
// test that calls the program's own entry. A crash is then the child's, and is told by its signal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace footpound {

struct ProgramRun {
  int status = -1;  // the exit status; -1 where a signal ended it
  int signal = 0;   // that signal, a sanitizer's report too; 0 where it exited
  std::string out;
  std::string err;

  bool crashed() const { return signal != 0; }
};

// Runs `footpound words...` with `input` on its standard input; the environment's settings of the
// program are cleared. A run that takes more than so many seconds of processor time is ended by a signal.
ProgramRun run_program_apart(
    const std::vector<std::string>& words, std::string_view input = {}, unsigned seconds = 60);

// The words as a person would type them, for messages of tests.
std::string typed(const std::vector<std::string>& words);

}  // namespace footpound
