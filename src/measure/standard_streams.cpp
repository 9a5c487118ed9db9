// SPDX-License-Identifier: MIT
#include "measure/standard_streams.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include "base/broken_pipe.hpp"

namespace footpound::measure {

namespace {

// A reader that does not read for so long will not.
constexpr int patience_ms = 5000;

}  // namespace

void say(std::string_view text) noexcept {
  const NoBrokenPipe no_broken_pipe;
  while (!text.empty()) {
    const ssize_t put = write(STDERR_FILENO, text.data(), text.size());
    if (put >= 0) {
      text.remove_prefix(static_cast<std::size_t>(put));
    } else if (errno == EAGAIN) {
      pollfd room{STDERR_FILENO, POLLOUT, 0};
      if (poll(&room, 1, patience_ms) <= 0) return;
    } else if (errno != EINTR) {
      return;
    }
  }
}

}  // namespace footpound::measure
