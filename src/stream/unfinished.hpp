// SPDX-License-Identifier: MIT
// A file that is being written under another name goes away with the program, whatever signal ends it
// (SIGKILL excepted), for nobody knows that name.
#pragma once

#include <cstddef>

namespace footpound {

class Unfinished {
 public:
  Unfinished() = default;
  ~Unfinished() { forget(); }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

  // `path` stays where it is until forget(). Signals that are caught or ignored are left alone.
  void remember(const char* path);
  void forget();  // it has been removed, or has its name

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t place_ = none;
};

// Removes all that there are; a signal handler may do so.
void remove_unfinished();

}  // namespace footpound
