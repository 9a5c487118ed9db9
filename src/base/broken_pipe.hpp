// SPDX-License-Identifier: MIT
// While it lives, a write of this thread to a pipe that nobody reads fails, and does not end the program.
#pragma once

#include <pthread.h>

#include <csignal>
#include <ctime>

namespace footpound {

// SIGPIPE is held back, and one that a write of ours caused is taken away again.
class NoBrokenPipe {
 public:
  NoBrokenPipe() noexcept {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    pending_before_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &mask_before_);
  }
  ~NoBrokenPipe() {
    constexpr timespec at_once{0, 0};
    if (!pending_before_) sigtimedwait(&pipe_, nullptr, &at_once);
    pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
  }
  NoBrokenPipe(const NoBrokenPipe&) = delete;
  NoBrokenPipe& operator=(const NoBrokenPipe&) = delete;

 private:
  sigset_t pipe_{};
  sigset_t mask_before_{};
  bool pending_before_ = false;
};

}  // namespace footpound
