// SPDX-License-Identifier: MIT
// bench_paired ROUNDS A... -- B...: runs A and B in turn, their output to /dev/null, and prints
// the median wall time of each and the median of the ratios A/B of neighbouring runs. A machine
// that slows down slows both, so the ratio is worth more than the times.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>

extern char** environ;

namespace {

double milliseconds(char* const* command) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  int status = -1;
  if (posix_spawnp(&child, command[0], &actions, nullptr, command, environ) != 0 ||
      waitpid(child, &status, 0) != child || status != 0) {
    fmt::print(stderr, "bench_paired: {} failed\n", command[0]);
    std::exit(1);
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  posix_spawn_file_actions_destroy(&actions);
  return took.count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<char*> words(argv + 1, argv + argc);
  const auto dashes = std::find_if(
      words.begin(), words.end(), [](const char* word) { return std::string_view(word) == "--"; });
  const int rounds = words.empty() ? 0 : std::atoi(words.front());
  if (rounds < 1 || words.end() - dashes < 2 || dashes - words.begin() < 2) {
    fmt::print(stderr, "usage: bench_paired ROUNDS A... -- B...\n");
    return 2;
  }
  std::vector<char*> a(words.begin() + 1, dashes);
  std::vector<char*> b(dashes + 1, words.end());
  a.push_back(nullptr);
  b.push_back(nullptr);
  std::vector<double> of_a;
  std::vector<double> of_b;
  std::vector<double> ratios;
  for (int i = -5; i < rounds; ++i) {
    const double ta = milliseconds(a.data());
    const double tb = milliseconds(b.data());
    if (i < 0) continue;  // warming up
    of_a.push_back(ta);
    of_b.push_back(tb);
    ratios.push_back(ta / tb);
  }
  fmt::print("A {:.3f} ms, B {:.3f} ms, A/B {:.3f} (medians of {} pairs)\n", median(of_a), median(of_b),
      median(ratios), rounds);
}
