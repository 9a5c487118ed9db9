// SPDX-License-Identifier: MIT
#include "measure/child.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>

#include "footpound/base/error.hpp"

namespace footpound::measure {

namespace {

constexpr int status_not_found = 127;
constexpr int status_not_runnable = 126;
constexpr int status_of_signal = 128;

// what ends or tells a program, and may come from a scheduler
constexpr std::array passed_on = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};

// In the child, after fork: only what a signal handler may do.
[[noreturn]] void become(char* const* arguments, const sigset_t& mask, const struct sigaction& child_action,
    const struct sigaction& pipe_action, int report) {
  sigaction(SIGCHLD, &child_action, nullptr);
  sigaction(SIGPIPE, &pipe_action, nullptr);
  sigprocmask(SIG_SETMASK, &mask, nullptr);
  execvp(arguments[0], arguments);
  const int error = errno;
  // closed on exec: the parent reads the end of the pipe when all went well
  const ssize_t written = write(report, &error, sizeof error);
  _exit(written == sizeof error ? status_not_found : status_not_runnable);
}

// errno of the exec; 0 when the pipe was closed by it.
int read_report(int pipe_end) {
  int error = 0;
  ssize_t length = 0;
  do {
    length = read(pipe_end, &error, sizeof error);
  } while (length < 0 && errno == EINTR);
  return length == sizeof error ? error : 0;
}

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// GNU timeout leads its group and signals all of it, us and the command, but for --foreground.
// When in doubt it is taken for one that does not: a signal twice is better than none.
bool signals_its_group(pid_t sender, pid_t child) {
  if (sender <= 0 || child <= 0 || getpgrp() != sender || getpgid(child) != sender) return false;
  const std::string process = "/proc/" + std::to_string(sender);
  if (text_of(process + "/comm") != "timeout\n") return false;
  std::istringstream arguments(text_of(process + "/cmdline"));
  for (std::string argument; std::getline(arguments, argument, '\0') && argument != "measure";) {
    const bool is_short = argument.size() > 1 && argument[0] == '-' && argument[1] != '-';
    if (argument.compare(0, 3, "--f") == 0 || (is_short && argument.find('f') != std::string::npos))
      return false;
  }
  return true;
}

}  // namespace

int shell_status(const ChildEnd& end) {
  if (end.start_error == ENOENT) return status_not_found;
  if (end.start_error != 0) return status_not_runnable;
  return end.signal != 0 ? status_of_signal + end.signal : end.status;
}

std::string how_it_ended(const ChildEnd& end) {
  if (end.start_error != 0) return std::string("could not be started: ") + std::strerror(end.start_error);
  if (end.signal != 0) {
    return "was killed by signal " + std::to_string(end.signal) + " (" + strsignal(end.signal) + ")";
  }
  return "exited with status " + std::to_string(end.status);
}

bool is_sent_to_us_alone(const siginfo_t& info, pid_t child) {
  // positive codes come from the kernel
  return info.si_code <= 0 && info.si_pid != child && !signals_its_group(info.si_pid, child);
}

ProcessWorld::ProcessWorld() {
  sigemptyset(&handled_);
  for (const int signal : passed_on) sigaddset(&handled_, signal);
  sigaddset(&handled_, SIGCHLD);
  sigprocmask(SIG_BLOCK, &handled_, &mask_before_);
  // ignored by whoever started us, the child's end would not be told
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  sigaction(SIGCHLD, &action, &child_action_before_);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, &pipe_action_before_);
  // what the child leaves behind becomes ours, so that we can tell
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

ProcessWorld::~ProcessWorld() {
  let_go();
  sigaction(SIGPIPE, &pipe_action_before_, nullptr);
}

void ProcessWorld::let_go() {
  if (!holds_) return;
  holds_ = false;
  // those that came while the child was ending are done with
  constexpr timespec at_once{0, 0};
  while (sigtimedwait(&handled_, nullptr, &at_once) > 0) {
  }
  sigaction(SIGCHLD, &child_action_before_, nullptr);
  sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
}

bool ProcessWorld::start(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) {
    end_ = ChildEnd{errno, 0, 0, false};
    return false;
  }
  child_ = fork();
  if (child_ == 0)
    become(arguments.data(), mask_before_, child_action_before_, pipe_action_before_, report[1]);
  const int fork_error = child_ < 0 ? errno : 0;
  close(report[1]);
  const int error = child_ < 0 ? fork_error : read_report(report[0]);
  close(report[0]);
  if (error == 0) return true;
  if (child_ > 0) waitpid(child_, nullptr, 0);
  child_ = 0;
  end_ = ChildEnd{error, 0, 0, false};
  return false;
}

Moment ProcessWorld::now() {
  return std::chrono::duration_cast<nanoseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

WallTime ProcessWorld::wall() {
  return std::chrono::duration_cast<nanoseconds>(std::chrono::system_clock::now().time_since_epoch());
}

bool ProcessWorld::child_has_ended() {
  int status = 0;
  pid_t ended = 0;
  while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
    if (ended != child_) continue;  // one it left behind, and that is over
    ChildEnd end;
    if (WIFSIGNALED(status)) {
      end.signal = WTERMSIG(status);
    } else {
      end.status = WEXITSTATUS(status);
    }
    end_ = end;
  }
  if (!end_) return false;
  end_->left_processes = ended == 0;
  child_ = 0;
  return true;
}

Wake ProcessWorld::wait_until(Moment at) {
  while (true) {
    const nanoseconds left = std::max(at - now(), nanoseconds{0});
    const auto whole = std::chrono::floor<std::chrono::seconds>(left);
    const timespec timeout{whole.count(), static_cast<long>((left - whole).count())};
    siginfo_t info{};
    const int signal = sigtimedwait(&handled_, &info, &timeout);
    if (signal == SIGCHLD) {
      if (child_ != 0 && child_has_ended()) return Wake::child_ended;
    } else if (signal > 0) {
      if (child_ == 0) {
        stopped_by_ = signal;
        return Wake::stopped;
      }
      if (is_sent_to_us_alone(info, child_)) kill(child_, signal);
    } else if (left == nanoseconds{0}) {
      return Wake::tick;
    }
  }
}

}  // namespace footpound::measure
