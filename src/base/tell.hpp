// SPDX-License-Identifier: MIT
// Words to stderr. Whether anyone can read them (it may be closed, on a full disk, or a pipe that
// nobody reads) changes nothing about the run, so nothing here fails.
#pragma once

#include <cstdio>
#include <string_view>

#include "base/broken_pipe.hpp"

namespace footpound {

inline void tell(std::FILE* to, std::string_view words) {
  const NoBrokenPipe no_broken_pipe;
  static_cast<void>(std::fwrite(words.data(), 1, words.size(), to));
  static_cast<void>(std::fflush(to));
}

}  // namespace footpound
