// SPDX-License-Identifier: MIT
// The program from outside, as its neighbours in a pipe treat it: they stand still, go away, and
// send signals.
#include "stream/interrupt.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"

namespace {

using namespace footpound;
using Clock = std::chrono::steady_clock;

constexpr double soon_s = 4;  // under a sanitizer, on a busy machine
const std::string header = "it_power_w,hours\n";
const std::string columns = "it_power_w,hours,energy_kwh,error\n";

// footpound estimate, with a pipe at either end.
class Running {
 public:
  explicit Running(
      std::vector<std::string> more = {}, const std::function<void()>& in_child = [] {}) {
    std::vector<std::string> words = {program_path(), "estimate", "--in", "csv", "--block", "64", "--region",
        "FR", "--pue", "1", "--columns", "energy_kwh,error"};
    words.insert(words.end(), more.begin(), more.end());
    if (!more.empty() && more.front() == "--files") {
      words.erase(std::find(words.begin(), words.end(), "--files"));
    } else {
      words.insert(words.end(), {"--threads", "3", "-"});
    }
    std::vector<char*> args;
    for (std::string& word : words) args.push_back(word.data());
    args.push_back(nullptr);
    int to[2];
    int from[2];
    REQUIRE(pipe2(to, O_CLOEXEC) == 0);
    REQUIRE(pipe2(from, O_CLOEXEC) == 0);
    child_ = fork();
    REQUIRE(child_ >= 0);
    if (child_ == 0) {
      dup2(to[0], STDIN_FILENO);
      dup2(from[1], STDOUT_FILENO);
      dup2(open(err_.path("err").c_str(), O_CREAT | O_WRONLY, 0600), STDERR_FILENO);
      in_child();
      execv(args[0], args.data());
      _exit(99);
    }
    close(to[0]);
    close(from[1]);
    in_ = to[1];
    out_ = from[0];
  }
  ~Running() {
    if (child_ > 0) {
      kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
    close_in();
    close_out();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void write(const std::string& text) const {
    REQUIRE(::write(in_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  ssize_t put(const char* bytes, std::size_t size) const { return ::write(in_, bytes, size); }
  void close_in() { close_once(in_); }
  void close_out() { close_once(out_); }

  // Sends it when the program has had the time to wait for more.
  void signal(int number) const {
    std::this_thread::sleep_for(std::chrono::milliseconds(600));
    kill(child_, number);
  }

  // Its status, as a shell has it; -1 where it does not end soon.
  int status() {
    const Clock::time_point begun = Clock::now();
    int raw = 0;
    while (waitpid(child_, &raw, WNOHANG) == 0) {
      if (std::chrono::duration<double>(Clock::now() - begun).count() > soon_s) return -1;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    child_ = -1;
    return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  }

  std::string out() const {
    std::string text;
    char buffer[4096];
    for (ssize_t got = 0; (got = read(out_, buffer, sizeof buffer)) > 0;)
      text.append(buffer, static_cast<std::size_t>(got));
    return text;
  }
  std::string err() const { return err_.read("err"); }

 private:
  static void close_once(int& descriptor) {
    if (descriptor >= 0) close(descriptor);
    descriptor = -1;
  }

  Scratch err_;
  pid_t child_ = -1;
  int in_ = -1;
  int out_ = -1;
};

std::string rows(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "1000,2\n";
  return text;
}

}  // namespace

TEST_CASE("a signal ends a stream that waits for more at once, with whole rows") {
  const int signal = GENERATE(SIGINT, SIGTERM, SIGHUP);
  Running running;
  running.write(header + rows(3) + "1000,");
  running.signal(signal);
  CHECK(running.status() == 128 + signal);
  CHECK(running.out() == columns + "1000,2,2,\n1000,2,2,\n1000,2,2,\n");
  CHECK(running.err().empty());
}

TEST_CASE("a signal before the first line has come ends it too") {
  Running running;
  running.write("it_power");
  running.signal(SIGTERM);
  CHECK(running.status() == 128 + SIGTERM);
  CHECK(running.out().empty());
}

TEST_CASE("a reader that stands still does not keep a signal from ending us") {
  Running running;
  // more than both pipes hold
  std::thread feeder([&] {
    std::signal(SIGPIPE, SIG_IGN);
    const std::string text = header + rows(60000);
    std::size_t at = 0;
    while (at < text.size()) {
      const ssize_t put = running.put(text.data() + at, text.size() - at);
      if (put <= 0) break;
      at += static_cast<std::size_t>(put);
    }
  });
  running.signal(SIGTERM);
  CHECK(running.status() == 128 + SIGTERM);
  feeder.join();
}

TEST_CASE("a signal that was ignored when we started stays ignored") {
  Running running({}, [] { std::signal(SIGINT, SIG_IGN); });
  running.write(header + rows(1));
  running.signal(SIGINT);
  running.write(rows(1));
  running.close_in();
  CHECK(running.status() == 0);
  CHECK(running.out() == columns + "1000,2,2,\n1000,2,2,\n");
}

TEST_CASE("a signal leaves no file that looks whole, and none that does not") {
  const int signal = GENERATE(SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGQUIT);
  const Scratch scratch;
  Running running({"-o", scratch.path("out.csv")}, [] {
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
  });
  running.write(header + rows(50));
  running.signal(signal);
  CHECK(running.status() == 128 + signal);
  CHECK(std::filesystem::is_empty(scratch.folder()));
}

TEST_CASE("a reader that went away ends us quietly, also where SIGPIPE is ignored") {
  Running running({}, [] { std::signal(SIGPIPE, SIG_IGN); });
  running.close_out();
  running.write(header + rows(50));
  running.close_in();
  CHECK(running.status() == 128 + SIGPIPE);
  CHECK(running.err().empty());
}

TEST_CASE("without stderr, or with a full one, the result is the same and holds no words") {
  const Scratch scratch;
  const bool closed = GENERATE(true, false);
  Running running({"-o", scratch.path("out.csv")}, [closed] {
    if (closed) {
      close(STDERR_FILENO);
    } else {
      dup2(open("/dev/full", O_WRONLY), STDERR_FILENO);
    }
  });
  running.write(header + "x,2\n");
  running.close_in();
  CHECK(running.status() == 1);
  CHECK(scratch.read("out.csv") ==
        columns + "x,2,,\"it_power_w: \"\"x\"\" is not a power; write a power such as 300W or 12.04kW\"\n");
}

TEST_CASE("a file that meets the limit on its size cannot be written, and leaves nothing") {
  const Scratch scratch;
  Running running({"-o", scratch.path("out.csv")}, [] {
    const rlimit a_kilobyte{1000, 1000};
    setrlimit(RLIMIT_FSIZE, &a_kilobyte);
  });
  running.write(header + rows(500));
  running.close_in();
  CHECK(running.status() == 4);
  CHECK(contains(running.err(), "out.csv: cannot be written: File too large"));
  CHECK(std::filesystem::is_empty(scratch.folder()));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they take all addresses for themselves
TEST_CASE("where memory or threads run out there is the answer, or an end in words") {
  // more than what a format is known by, so that all threads have work
  const std::string text = header + rows(20000);
  const Scratch scratch;
  const std::string path = scratch.write("in.csv", text);
  std::set<int> seen;
  for (const unsigned megabytes : {60U, 80U, 100U, 150U, 200U, 300U, 500U}) {
    // a stack is 8 MB as a rule: some of the 200 threads find no room
    Running running({"--files", "--threads", "200", path}, [megabytes] {
      const rlimit all{megabytes * 1000000UL, megabytes * 1000000UL};
      setrlimit(RLIMIT_AS, &all);
    });
    std::string out;
    std::thread reader([&] { out = running.out(); });
    const int status = running.status();
    reader.join();
    INFO(megabytes << " MB: " << running.err());
    seen.insert(status);
    if (status == 0) {
      CHECK(std::count(out.begin(), out.end(), '\n') == 20001);
    } else {
      CHECK(status == 3);
      CHECK(contains(running.err(), "there is not enough memory"));
    }
  }
  CHECK(seen.count(0) == 1);
}
#endif

TEST_CASE("a closed stdout is one that cannot be written") {
  Running running({}, [] { close(STDOUT_FILENO); });
  running.write(header + rows(1));
  running.close_in();
  CHECK(running.status() == 4);
}
