// SPDX-License-Identifier: MIT
// Words to stderr. Whether anyone can read them (it may be closed, or on a full disk) changes
// nothing about the run, so nothing here fails.
#pragma once

#include <cstdio>
#include <string_view>

namespace footpound {

inline void tell(std::FILE* to, std::string_view words) {
  static_cast<void>(std::fwrite(words.data(), 1, words.size(), to));
  static_cast<void>(std::fflush(to));
}

}  // namespace footpound
