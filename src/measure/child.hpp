// SPDX-License-Identifier: MIT
// The measured command: its arguments, its input and output, its signals and its exit status are
// its own.
#pragma once

#include <sys/types.h>
#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include "measure/sampler.hpp"

namespace footpound::measure {

struct ChildEnd {
  int start_error = 0;          // errno; not 0: it never ran
  int status = 0;               // of its exit
  int signal = 0;               // that killed it; 0: it exited
  bool left_processes = false;  // some that it started still run
};

// As shells tell it: 127 not found, 126 cannot be run, 128+n killed by signal n, else its own.
int shell_status(const ChildEnd& end);
// "exited with status 3", "killed by signal 9 (Killed)"; for the report
std::string how_it_ended(const ChildEnd& end);

// Somebody sent it to us, and the child did not get it: not the terminal and not `timeout`, which
// send to the whole group, and not the child itself. Of another sender the kernel does not tell
// whether the group got it: it is passed on, for a signal twice is better than none.
bool is_sent_to_us_alone(const siginfo_t& info, pid_t child);

// The real clock, the real signals and at most one child.
//
// A signal from the terminal (^C) reaches the whole foreground group, the child among it: it is
// not sent twice. A signal that somebody sent to us alone is passed on to the child. Without a
// child, both end the wait.
class ProcessWorld : public World {
 public:
  // Holds back the signals it handles, until let_go() or its end; SIGPIPE is ignored until its end,
  // for a report that nobody reads must not cost the command's status.
  ProcessWorld();
  ~ProcessWorld() override;
  ProcessWorld(const ProcessWorld&) = delete;
  ProcessWorld& operator=(const ProcessWorld&) = delete;

  // False when it could not be started; child_end() says why.
  bool start(const std::vector<std::string>& command);

  Moment now() override;
  WallTime wall() override;
  Wake wait_until(Moment at) override;

  // Nothing is left to wait for: signals are as before, those that came meanwhile are done with.
  void let_go();

  const std::optional<ChildEnd>& child_end() const { return end_; }
  // The signal that ended a wait without a child; 0: none.
  int stopped_by() const { return stopped_by_; }

 private:
  bool child_has_ended();

  sigset_t handled_{};
  sigset_t mask_before_{};
  struct sigaction child_action_before_ {};
  struct sigaction pipe_action_before_ {};
  bool holds_ = true;
  pid_t child_ = 0;
  std::optional<ChildEnd> end_;
  int stopped_by_ = 0;
};

}  // namespace footpound::measure
