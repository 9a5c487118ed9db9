// SPDX-License-Identifier: MIT
#include "stream/interrupt.hpp"

#include <csignal>

namespace footpound {

namespace {

volatile std::sig_atomic_t signal_seen = 0;

extern "C" void footpound_on_signal(int signal) { signal_seen = signal; }

}  // namespace

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = footpound_on_signal;
  sigemptyset(&action.sa_mask);
  // no SA_RESTART: a read that waits has to end
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

int interrupted() { return signal_seen; }

}  // namespace footpound
