// SPDX-License-Identifier: MIT
#include "stream/message_output.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include "base/broken_pipe.hpp"

namespace footpound {

namespace {

// A reader that does not read for so long will not.
constexpr int patience_ms = 5000;

}  // namespace

// By its descriptor: where that does not block, a stream of C would drop the text it has taken.
void write_message(std::FILE* to, std::string_view text) noexcept {
  const NoBrokenPipe no_broken_pipe;
  std::fflush(to);
  const int descriptor = fileno(to);
  while (!text.empty()) {
    const ssize_t put = write(descriptor, text.data(), text.size());
    if (put >= 0) {
      text.remove_prefix(static_cast<std::size_t>(put));
    } else if (errno == EAGAIN) {
      pollfd room{descriptor, POLLOUT, 0};
      if (poll(&room, 1, patience_ms) <= 0) return;
    } else if (errno != EINTR) {
      return;
    }
  }
}

}  // namespace footpound
