// SPDX-License-Identifier: MIT
#include "support/program.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "commands/program.hpp"

#if defined(__SANITIZE_ADDRESS__)
#define FOOTPOUND_TELLS_OF_CRASHES 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FOOTPOUND_TELLS_OF_CRASHES 1
#endif
#endif

namespace footpound {

namespace {

// A file in memory: unlike a pipe it takes all that the child writes while nobody reads.
class MemoryFile {
 public:
  explicit MemoryFile(const char* name) : descriptor_(memfd_create(name, MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw std::runtime_error("no file in memory can be made");
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  int descriptor() const { return descriptor_; }

  void fill(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t put = write(descriptor_, bytes.data(), bytes.size());
      if (put <= 0) throw std::runtime_error("a file in memory cannot be written");
      bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    lseek(descriptor_, 0, SEEK_SET);
  }

  std::string all() const {
    std::string bytes(static_cast<std::size_t>(lseek(descriptor_, 0, SEEK_END)), '\0');
    for (std::size_t have = 0; have < bytes.size();) {
      const ssize_t got =
          pread(descriptor_, bytes.data() + have, bytes.size() - have, static_cast<off_t>(have));
      if (got <= 0) throw std::runtime_error("a file in memory cannot be read");
      have += static_cast<std::size_t>(got);
    }
    return bytes;
  }

 private:
  int descriptor_;
};

// What Catch2 and libFuzzer do on a signal is for their own process: here it has to end the run. The
// address sanitizer tells of a crash by itself, and aborts then.
void forget_signal_handlers() {
#if defined(FOOTPOUND_TELLS_OF_CRASHES)
  return;
#endif
  for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGILL, SIGBUS, SIGTERM, SIGINT, SIGALRM}) {
    std::signal(signal, SIG_DFL);
  }
}

[[noreturn]] void run_as_child(
    const std::vector<std::string>& words, int input, int out, int err, unsigned seconds) {
  forget_signal_handlers();
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  const rlimit cpu{seconds, seconds};
  setrlimit(RLIMIT_CPU, &cpu);
  std::signal(SIGALRM, SIG_DFL);
  alarm(10 * seconds);  // threads that wait for each other take no processor time
  if (dup2(input, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0)
    _exit(125);
  for (const char* name : {"FOOTPOUND_TABLES", "NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR"}) {
    unsetenv(name);
  }
  const int status = run_program(words);
  std::fflush(nullptr);
  _exit(status);
}

}  // namespace

ProgramRun run_program_apart(
    const std::vector<std::string>& words, std::string_view input, unsigned seconds) {
  const MemoryFile in("input");
  const MemoryFile out("out");
  const MemoryFile err("err");
  in.fill(input);
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process can be started");
  if (child == 0) run_as_child(words, in.descriptor(), out.descriptor(), err.descriptor(), seconds);
  int raw = 0;
  while (waitpid(child, &raw, 0) < 0) {
    if (errno != EINTR) throw std::runtime_error("the child was lost");
  }
  ProgramRun run;
  if (WIFEXITED(raw)) run.status = WEXITSTATUS(raw);
  if (WIFSIGNALED(raw)) run.signal = WTERMSIG(raw);
  run.out = out.all();
  run.err = err.all();
  // a sanitizer's report ends in an exit status of its own
  for (const std::string_view report :
      {"AddressSanitizer", "runtime error:", "ThreadSanitizer", "LeakSanitizer"}) {
    if (run.signal == 0 && run.err.find(report) != std::string::npos) {
      run.signal = SIGABRT;
      run.status = -1;
    }
  }
  return run;
}

std::string typed(const std::vector<std::string>& words) {
  std::string line = "footpound";
  for (const std::string& word : words) {
    const bool plain =
        !word.empty() && word.find_first_of(" \t\n\"'\\$&|;<>()*?{}[]#~`!") == std::string::npos;
    if (plain) {
      line += " " + word;
      continue;
    }
    line += " '";
    for (const char c : word) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += "'";
  }
  return line;
}

}  // namespace footpound
