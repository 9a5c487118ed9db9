// SPDX-License-Identifier: MIT
// What --verbose says, on stderr. Without --verbose no logger is made.
#pragma once

#include <string>

#include <fmt/format.h>

namespace footpound {

class Log {
 public:
  explicit Log(bool verbose) : verbose_(verbose) {}

  template <class... Args>
  void print(fmt::format_string<Args...> format, Args&&... args) const {
    if (verbose_) write(fmt::format(format, std::forward<Args>(args)...));
  }

 private:
  static void write(const std::string& text);
  bool verbose_;
};

}  // namespace footpound
