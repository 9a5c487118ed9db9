// SPDX-License-Identifier: MIT
#include "stream/source.hpp"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/broken_pipe.hpp"
#include "base/run_error.hpp"
#include "footpound/base/error.hpp"
#include "stream/interrupt.hpp"

namespace footpound {

namespace {

[[noreturn]] void fail(ExitCode code, const std::string& name, const char* doing) {
  const int reason = errno;
  throw RunError(code, printable(name) + ": " + doing + ": " + std::strerror(reason));
}

// Ends as everybody does whose reader went away, also where SIGPIPE was ignored or blocked.
void end_by_broken_pipe() {
  std::signal(SIGPIPE, SIG_DFL);
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_UNBLOCK, &broken_pipe, nullptr);
  std::raise(SIGPIPE);
}

// A FIFO's other end may be long in coming.
int open_for_reading(const std::string& path) {
  while (true) {
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor >= 0 || errno != EINTR) return descriptor;
    if (interrupted() != 0) return open("/dev/null", O_RDONLY | O_CLOEXEC);
  }
}

}  // namespace

Source::Source(const std::string& path) : name_(path == "-" ? "<stdin>" : path) {
  descriptor_ = path == "-" ? STDIN_FILENO : open_for_reading(path);
  if (descriptor_ < 0) fail(ExitCode::input, name_, "cannot be opened");
  struct stat status {};
  if (fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode))
    size_ = static_cast<std::uint64_t>(status.st_size);
  waits_ = !size_;
  if (S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    if (descriptor_ != STDIN_FILENO) close(descriptor_);
    fail(ExitCode::input, name_, "cannot be read");
  }
}

Source::~Source() {
  if (descriptor_ != STDIN_FILENO) close(descriptor_);
}

std::size_t Source::read(char* buffer, std::size_t size) {
  while (true) {
    if (waits_ && !wait_readable(descriptor_)) return 0;
    const ssize_t got = ::read(descriptor_, buffer, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) fail(ExitCode::input, name_, "cannot be read");
    if (interrupted() != 0) return 0;
  }
}

Target::Target(const std::string& path) : path_(path), descriptor_(STDOUT_FILENO) {
  const auto waits = [](const struct stat& status, int descriptor) {
    return S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) ||
           (S_ISCHR(status.st_mode) && isatty(descriptor) == 1);
  };
  struct stat status {};
  if (path_.empty()) {
    waits_ = fstat(descriptor_, &status) == 0 && waits(status, descriptor_);
    return;
  }
  if (stat(path_.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    // a device or a pipe is written to, never replaced
    descriptor_ = open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor_ < 0) fail(ExitCode::output, path_, "cannot be written");
    waits_ = waits(status, descriptor_);
    return;
  }
  temporary_ = path_ + ".XXXXXX";
  descriptor_ = mkostemp(temporary_.data(), O_CLOEXEC);
  if (descriptor_ < 0) {
    temporary_.clear();
    fail(ExitCode::output, path_, "cannot be written");
  }
  // as a file made by the shell's > would have
  const mode_t mask = umask(0);
  umask(mask);
  static_cast<void>(fchmod(descriptor_, 0666 & ~mask));
}

Target::~Target() {
  if (descriptor_ != STDOUT_FILENO && descriptor_ >= 0) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

// False where a signal asks us to end and the reader stands still.
bool Target::make_room() {
  if (waits_ && !given_up_) given_up_ = !wait_writable(descriptor_);
  return !given_up_;
}

void Target::write(std::string_view bytes) {
  std::optional<NoBrokenPipe> no_broken_pipe;
  if (outlives_reader_) no_broken_pipe.emplace();
  while (!bytes.empty()) {
    if (!make_room()) return;
    // so much a pipe that has room takes at once; more could wait without end
    const std::size_t most = waits_ ? std::size_t{PIPE_BUF} : bytes.size();
    const ssize_t put = ::write(descriptor_, bytes.data(), std::min(bytes.size(), most));
    if (put < 0) {
      if (errno == EINTR) continue;
      if (errno == EPIPE && !outlives_reader_) end_by_broken_pipe();
      fail(ExitCode::output, path_.empty() ? "<stdout>" : path_, "cannot be written");
    }
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
}

void Target::finish() {
  if (temporary_.empty()) return;
  const bool kept = fsync(descriptor_) == 0;
  const bool closed = close(descriptor_) == 0;
  descriptor_ = -1;
  if (!kept || !closed) fail(ExitCode::output, path_, "cannot be written");
  if (rename(temporary_.c_str(), path_.c_str()) != 0) fail(ExitCode::output, path_, "cannot be put in place");
  temporary_.clear();
}

}  // namespace footpound
