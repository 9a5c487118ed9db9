// SPDX-License-Identifier: MIT
#include "support/outside.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <stdexcept>

#include "support/paths.hpp"
#include "support/scratch.hpp"

namespace footpound {

namespace {

// In the child.
void send(int descriptor, Goes where, const std::string& file) {
  int to = -1;
  if (where == Goes::to_closed) {
    close(descriptor);
    return;
  }
  if (where == Goes::to_nobody) {
    int ends[2];
    if (pipe(ends) != 0) _exit(125);
    close(ends[0]);
    to = ends[1];
  } else {
    const char* path = where == Goes::to_full_disk ? "/dev/full" : file.c_str();
    to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  }
  if (to < 0 || dup2(to, descriptor) < 0) _exit(125);
  close(to);
}

[[noreturn]] void become_program(const std::vector<std::string>& words, const Outside& outside,
    const std::string& out, const std::string& err) {
  for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGILL, SIGBUS, SIGTERM, SIGINT, SIGALRM, SIGPIPE})
    std::signal(signal, SIG_DFL);
  for (const char* name : {"FOOTPOUND_TABLES", "NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR"}) unsetenv(name);
  alarm(outside.seconds);
  const std::string program = program_path();
  std::vector<char*> arguments = {const_cast<char*>(program.c_str())};
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const int nothing = open("/dev/null", O_RDONLY);
  if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0) _exit(125);
  if (nothing != STDIN_FILENO) close(nothing);
  send(STDOUT_FILENO, outside.out, out);
  send(STDERR_FILENO, outside.err, err);
  execv(program.c_str(), arguments.data());
  _exit(126);
}

}  // namespace

std::string_view name(Goes where) {
  switch (where) {
    case Goes::to_us: return "to us";
    case Goes::to_full_disk: return "to a full disk";
    case Goes::to_closed: return "closed";
    case Goes::to_nobody: return "to nobody";
  }
  return {};
}

ProgramRun run_program_outside(const std::vector<std::string>& words, const Outside& outside) {
  const Scratch scratch;
  const std::string out = scratch.path("out");
  const std::string err = scratch.path("err");
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process can be started");
  if (child == 0) become_program(words, outside, out, err);
  int raw = 0;
  while (waitpid(child, &raw, 0) < 0) {
    if (errno != EINTR) throw std::runtime_error("the child was lost");
  }
  ProgramRun run;
  if (WIFEXITED(raw)) run.status = WEXITSTATUS(raw);
  if (WIFSIGNALED(raw)) run.signal = WTERMSIG(raw);
  run.out = scratch.read("out");
  run.err = scratch.read("err");
  return run;
}

}  // namespace footpound
