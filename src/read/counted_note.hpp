// SPDX-License-Identifier: MIT
// What is noted at the end of a run with how many records it holds of, over all of its files.
#pragma once

#include <cstdint>
#include <string>

namespace footpound {

// "1 job is still running", "2 jobs are still running": of static life, and told apart by their address.
struct NoteWords {
  const char* one;
  const char* many;
  const char* what;
};

struct CountedNote {
  const NoteWords* words;
  std::uint64_t count;

  std::string text() const {
    return std::to_string(count) + " " + (count == 1 ? words->one : words->many) + " " + words->what;
  }
};

}  // namespace footpound
