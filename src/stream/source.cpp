// SPDX-License-Identifier: MIT
#include "stream/source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/run_error.hpp"
#include "footpound/base/error.hpp"
#include "stream/interrupt.hpp"

namespace footpound {

namespace {

[[noreturn]] void fail(ExitCode code, const std::string& name, const char* doing) {
  const int reason = errno;
  throw RunError(code, printable(name) + ": " + doing + ": " + std::strerror(reason));
}

}  // namespace

Source::Source(const std::string& path) : name_(path == "-" ? "<stdin>" : path) {
  descriptor_ = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) fail(ExitCode::input, name_, "cannot be opened");
  struct stat status {};
  if (fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode)) size_ = static_cast<std::uint64_t>(status.st_size);
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
    const ssize_t got = ::read(descriptor_, buffer, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) fail(ExitCode::input, name_, "cannot be read");
    if (interrupted() != 0) return 0;
  }
}

Target::Target(const std::string& path) : path_(path), descriptor_(STDOUT_FILENO) {
  if (path_.empty()) return;
  struct stat status {};
  if (stat(path_.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    // a device or a pipe is written to, never replaced
    descriptor_ = open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor_ < 0) fail(ExitCode::output, path_, "cannot be written");
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

void Target::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(descriptor_, bytes.data(), bytes.size());
    if (put < 0) {
      if (errno == EINTR) continue;
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
