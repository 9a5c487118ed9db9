// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

#include "commands/program.hpp"

namespace {

// A closed stdin, stdout or stderr would be the number of the next file that is opened: messages
// would go into a result. Each is opened so that using it fails as before, but for stderr, whose
// words are nobody's result.
void keep_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(descriptor, F_GETFD) >= 0) continue;
    const int opened = open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_WRONLY);
    if (opened >= 0 && opened != descriptor) close(opened);
  }
}

extern "C" void footpound_go_on(int) {}

// A file that meets its limit (ulimit -f) is one that cannot be written, as on a full disk. Caught and not
// ignored, for a command that we start has the signal as it was.
void survive_the_size_limit() {
  struct sigaction action {};
  if (sigaction(SIGXFSZ, nullptr, &action) != 0 || action.sa_handler != SIG_DFL) return;
  action.sa_handler = footpound_go_on;
  sigaction(SIGXFSZ, &action, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
  keep_standard_streams();
  survive_the_size_limit();
  return footpound::run_program(std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
}
