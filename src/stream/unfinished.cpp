// SPDX-License-Identifier: MIT
#include "stream/unfinished.hpp"

#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>

namespace footpound {

namespace {

// what ends a program from outside, or tells it that it has used up its time
constexpr std::array ends = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXCPU};

std::array<std::atomic<const char*>, 8> paths;
static_assert(std::atomic<const char*>::is_always_lock_free, "a signal handler may not wait");
std::atomic<pid_t> owner;  // a child that has not become another program yet removes nothing

extern "C" void footpound_on_end(int signal) {
  remove_unfinished();
  std::signal(signal, SIG_DFL);
  std::raise(signal);  // comes when this handler has returned
}

void catch_ends() {
  for (const int signal : ends) {
    struct sigaction action {};
    if (sigaction(signal, nullptr, &action) != 0 || action.sa_handler != SIG_DFL) continue;
    action.sa_handler = footpound_on_end;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
  }
}

}  // namespace

void remove_unfinished() {
  const int before = errno;
  for (std::atomic<const char*>& path : paths) {
    const char* const found = path.exchange(nullptr);
    if (found != nullptr && owner == getpid()) unlink(found);
  }
  errno = before;
}

void Unfinished::remember(const char* path) {
  owner = getpid();
  for (place_ = 0; place_ < paths.size(); ++place_) {
    const char* free = nullptr;
    if (paths[place_].compare_exchange_strong(free, path)) break;
  }
  if (place_ == paths.size()) place_ = none;  // the last of very many: only a signal would leave it
  catch_ends();
}

void Unfinished::forget() {
  if (place_ != none) paths[place_] = nullptr;
  place_ = none;
}

}  // namespace footpound
