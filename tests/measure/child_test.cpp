// SPDX-License-Identifier: MIT
#include "measure/child.hpp"

#include <pthread.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <thread>

#include "fakes.hpp"
#include "support/catch.hpp"

using namespace footpound;
using namespace footpound::measure;

namespace {

constexpr nanoseconds long_enough = std::chrono::seconds(20);

// Runs a command to its end; `meanwhile` is called once it has started.
ChildEnd run(const std::vector<std::string>& command, const std::function<void()>& meanwhile = {}) {
  ProcessWorld world;
  if (world.start(command)) {
    if (meanwhile) meanwhile();
    REQUIRE(world.wait_until(world.now() + long_enough) == Wake::child_ended);
  }
  return world.child_end().value();
}

ChildEnd shell(const std::string& script) { return run({"sh", "-c", script}); }

// Waits for a file that the child makes.
void wait_for(const std::string& path) {
  while (access(path.c_str(), F_OK) != 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

}  // namespace

TEST_CASE("the command's status is its own") {
  CHECK(shell_status(shell("exit 0")) == 0);
  CHECK(shell_status(shell("exit 3")) == 3);
  CHECK(shell_status(shell("exit 255")) == 255);
  CHECK(how_it_ended(shell("exit 3")) == "exited with status 3");
}

TEST_CASE("a command killed by a signal ends in 128 + its number") {
  const ChildEnd end = shell("kill -9 $$");
  CHECK(shell_status(end) == 137);
  CHECK(how_it_ended(end) == "was killed by signal 9 (Killed)");
}

TEST_CASE("a command that is not there is 127, one that cannot be run 126, as shells do") {
  const ChildEnd missing = run({"no-such-command-of-ours"});
  CHECK(missing.start_error == ENOENT);
  CHECK(shell_status(missing) == 127);
  CHECK(how_it_ended(missing) == "could not be started: No such file or directory");
  const FakeTree tree;
  tree.write("plain", "text\n");
  CHECK(shell_status(run({tree.path("plain")})) == 126);
  CHECK(shell_status(run({tree.root()})) == 126);
}

TEST_CASE("a script without a first line for the kernel runs, as in a shell") {
  const FakeTree tree;
  tree.write("script", "exit 7\n");
  chmod(tree.path("script").c_str(), 0755);
  CHECK(shell_status(run({tree.path("script")})) == 7);
}

TEST_CASE("arguments arrive as they are") {
  const FakeTree tree;
  const std::string out = tree.path("out");
  run({"sh", "-c", "printf '%s|' \"$@\" >" + out, "sh", "a b", "", "--", "-x", "\"'$HOME", "\xff"});
  CHECK(text_of_file(out) == "a b||--|-x|\"'$HOME|\xff|");
}

TEST_CASE("a signal sent to us alone reaches the command") {
  const FakeTree tree;
  const std::string ready = tree.path("ready");
  const ChildEnd end =
      run({"sh", "-c", "trap 'exit 9' TERM; : >" + ready + "; while :; do sleep 0.01; done"}, [&] {
        wait_for(ready);
        kill(getpid(), SIGTERM);
      });
  CHECK(shell_status(end) == 9);
}

TEST_CASE("an interrupt passed on ends a command that does not catch it in 130") {
  const FakeTree tree;
  const std::string ready = tree.path("ready");
  const ChildEnd end = run({"sh", "-c", ": >" + ready + "; exec sleep 20"}, [&] {
    wait_for(ready);
    kill(getpid(), SIGINT);
  });
  CHECK(shell_status(end) == 130);
}

TEST_CASE("what the terminal sends has reached the command already, and is not sent again") {
  siginfo_t info{};
  info.si_signo = SIGINT;
  info.si_code = SI_KERNEL;
  CHECK_FALSE(is_sent_to_us_alone(info, 1234));
  info.si_code = SI_USER;
  info.si_pid = 1;
  CHECK(is_sent_to_us_alone(info, 1234));
  info.si_pid = 1234;
  CHECK_FALSE(is_sent_to_us_alone(info, 1234));
}

// What is left behind ends by itself within seconds, and holds nobody's pipe open.
TEST_CASE("a command that leaves processes behind is told apart") {
  const FakeTree tree;
  const ChildEnd left =
      shell("(i=0; while [ ! -e " + tree.path("go") +
            " ] && [ $i -lt 500 ]; do sleep 0.01; i=$((i+1)); done) >/dev/null 2>&1 & exit 5");
  CHECK(left.left_processes);
  CHECK(shell_status(left) == 5);
  tree.write("go", "");
  // it is ours now: as long as it lives, the next command would seem to have left it
  while (waitpid(-1, nullptr, 0) > 0) {
  }
  CHECK_FALSE(shell("sleep 0 & wait; exit 5").left_processes);
}

TEST_CASE("without a command a signal ends the wait") {
  ProcessWorld world;
  kill(getpid(), SIGINT);
  CHECK(world.wait_until(world.now() + long_enough) == Wake::stopped);
  CHECK(world.stopped_by() == SIGINT);
}

TEST_CASE("signals are as before when it is over, and those that came are done with") {
  sigset_t before;
  sigset_t after;
  sigemptyset(&before);
  sigemptyset(&after);
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  {
    ProcessWorld world;
    kill(getpid(), SIGINT);
  }
  pthread_sigmask(SIG_SETMASK, nullptr, &after);
  for (const int signal : {SIGINT, SIGTERM, SIGCHLD})
    CHECK(sigismember(&before, signal) == sigismember(&after, signal));
}

TEST_CASE("the command has the signals we were started with") {
  const FakeTree tree;
  const std::string out = tree.path("out");
  shell("grep SigBlk /proc/self/status >" + out);
  CHECK(text_of_file(out) == "SigBlk:\t0000000000000000\n");
  // ignored while we measure, not in the command
  struct sigaction before {};
  sigaction(SIGPIPE, nullptr, &before);
  for (const auto handler : {SIG_DFL, SIG_IGN}) {
    std::signal(SIGPIPE, handler);
    CHECK(shell_status(shell("kill -PIPE $$; exit 4")) == (handler == SIG_DFL ? 128 + SIGPIPE : 4));
  }
  sigaction(SIGPIPE, &before, nullptr);
}

TEST_CASE("an open file of ours is not the command's") {
  const FakeTree tree;
  const std::string out = tree.path("out");
  shell("ls /proc/self/fd | wc -l >" + out);
  const std::string without = text_of_file(out);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> ours(
      std::fopen(tree.path("trace").c_str(), "we"), std::fclose);
  shell("ls /proc/self/fd | wc -l >" + out);
  CHECK(text_of_file(out) == without);
}
