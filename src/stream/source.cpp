// SPDX-License-Identifier: MIT
#include "stream/source.hpp"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/broken_pipe.hpp"
#include "base/run_error.hpp"
#include "footpound/base/error.hpp"
#include "stream/interrupt.hpp"
#include "text/byte_order_mark.hpp"

namespace footpound {

namespace {

[[noreturn]] void fail(ExitCode code, const std::string& name, const char* doing) {
  const int reason = errno;
  throw RunError(code, printable(name) + ": " + doing + ": " + std::strerror(reason));
}

// Ends as everybody does whose reader went away, also where SIGPIPE was ignored or blocked.
void end_by_broken_pipe() {
  remove_unfinished();
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

// /dev/fd/3 -> 3: no file of its own.
std::optional<int> numbered_descriptor(std::string_view path) {
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (path.substr(0, folder.size()) != folder) continue;
    int number = 0;
    const char* const end = path.data() + path.size();
    const auto [stop, error] = std::from_chars(path.data() + folder.size(), end, number);
    if (error == std::errc() && stop == end) return number;
  }
  return std::nullopt;
}

// What a link stands for, also one to a link; it need not be there yet.
std::string behind_links(const std::string& said) {
  constexpr int most = 40;  // as the system has it
  std::string path = said;
  std::array<char, PATH_MAX> to;
  for (int links = 0; !numbered_descriptor(path); ++links) {
    const ssize_t size = readlink(path.c_str(), to.data(), to.size());
    if (size < 0) break;
    if (links == most) {
      errno = ELOOP;
      fail(ExitCode::output, said, "cannot be written");
    }
    // from the folder that the link lies in
    path.resize(to.front() == '/' ? 0 : path.rfind('/') + 1);
    path.append(to.data(), static_cast<std::size_t>(size));
  }
  return path;
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
  if (!start_) read_start();
  const std::size_t before = start_->copy(buffer, size);
  start_->erase(0, before);
  return before == size ? before : before + read_some(buffer + before, size - before);
}

// As many of the first bytes as show that there is no mark; a pipe may bring them one by one.
void Source::read_start() {
  start_.emplace();
  char next = 0;
  while (*start_ != byte_order_mark && byte_order_mark.starts_with(*start_) && read_some(&next, 1) == 1)
    *start_ += next;
  if (*start_ == byte_order_mark) start_->clear();
}

std::size_t Source::read_some(char* buffer, std::size_t size) {
  while (true) {
    if (waits_ && !wait_readable(descriptor_)) return 0;
    const ssize_t got = ::read(descriptor_, buffer, size);
    if (got >= 0) {
      if (returns_) returns_->to_feeds(buffer, static_cast<std::size_t>(got));
      return static_cast<std::size_t>(got);
    }
    if (errno != EINTR) fail(ExitCode::input, name_, "cannot be read");
    if (interrupted() != 0) return 0;
  }
}

Target::Target(const std::string& path, Named named)
    : path_(path == "-" ? "" : path), place_(behind_links(path_)), descriptor_(STDOUT_FILENO) {
  struct stat status {};
  const bool is_there = stat(place_.c_str(), &status) == 0;
  const std::optional<int> open_one = numbered_descriptor(place_);
  if (open_one) {
    // what it is open on, and at its place there
    descriptor_ = fcntl(*open_one, F_DUPFD_CLOEXEC, 0);
  } else if (is_there && !S_ISREG(status.st_mode)) {
    // a device or a pipe is written to, never replaced
    descriptor_ = open(place_.c_str(), O_WRONLY | O_CLOEXEC);
  } else if (!path_.empty() && named == Named::at_once) {
    descriptor_ = open(place_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  } else if (!path_.empty()) {
    begin_file(is_there ? &status : nullptr);
    return;
  }
  if (descriptor_ < 0) fail(ExitCode::output, path_, "cannot be written");
  waits_ = fstat(descriptor_, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) ||
                                                   (S_ISCHR(status.st_mode) && isatty(descriptor_) == 1));
}

void Target::begin_file(const struct stat* before) {
  if (before != nullptr && faccessat(AT_FDCWD, place_.c_str(), W_OK, AT_EACCESS) != 0)
    fail(ExitCode::output, path_, "cannot be written");
  temporary_ = place_ + ".XXXXXX";
  descriptor_ = mkostemp(temporary_.data(), O_CLOEXEC);
  if (descriptor_ < 0) {
    temporary_.clear();
    fail(ExitCode::output, path_, "cannot be written");
  }
  unfinished_.remember(temporary_.c_str());
  if (before != nullptr) {
    // who may not give a file away owns it from now on
    static_cast<void>(fchown(descriptor_, before->st_uid, before->st_gid) == 0);
    static_cast<void>(fchmod(descriptor_, before->st_mode & 0777));
  } else {
    // as a file made by the shell's > would have
    const mode_t mask = umask(0);
    umask(mask);
    static_cast<void>(fchmod(descriptor_, 0666 & ~mask));
  }
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
  if (rename(temporary_.c_str(), place_.c_str()) != 0)
    fail(ExitCode::output, path_, "cannot be put in place");
  unfinished_.forget();
  temporary_.clear();
}

}  // namespace footpound
