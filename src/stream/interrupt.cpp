// SPDX-License-Identifier: MIT
#include "stream/interrupt.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>

namespace footpound {

namespace {

constexpr int patience_ms = 500;

// the handler runs in any thread, and any thread asks
std::atomic<int> signal_seen = 0;
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may not wait");
// a byte that is never read: from the first signal on, poll() finds it at once
int wake[2] = {-1, -1};

extern "C" void footpound_on_signal(int signal) {
  const int before = errno;
  signal_seen = signal;
  static_cast<void>(write(wake[1], "", 1) == 1);
  errno = before;
}

void catch_unless_ignored(int signal) {
  struct sigaction action {};
  if (sigaction(signal, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) return;
  action = {};
  action.sa_handler = footpound_on_signal;
  sigemptyset(&action.sa_mask);
  // no SA_RESTART: an open that waits for a FIFO's other end has to return
  sigaction(signal, &action, nullptr);
}

bool is_ready(int descriptor, short events, bool and_signals, int timeout_ms) {
  pollfd waited[2] = {{descriptor, events, 0}, {and_signals ? wake[0] : -1, POLLIN, 0}};
  return poll(waited, 2, timeout_ms) > 0 && waited[0].revents != 0;
}

}  // namespace

void catch_interrupts() {
  static const bool once = [] {
    if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0) wake[0] = wake[1] = -1;
    catch_unless_ignored(SIGINT);
    catch_unless_ignored(SIGTERM);
    catch_unless_ignored(SIGHUP);
    return true;
  }();
  static_cast<void>(once);
}

int interrupted() { return signal_seen; }

bool wait_readable(int descriptor) {
  while (interrupted() == 0) {
    if (is_ready(descriptor, POLLIN, true, -1)) return interrupted() == 0;
  }
  return false;
}

bool wait_writable(int descriptor) {
  while (interrupted() == 0) {
    if (is_ready(descriptor, POLLOUT, true, -1)) return true;
  }
  return is_ready(descriptor, POLLOUT, false, patience_ms);
}

}  // namespace footpound
