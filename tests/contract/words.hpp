// SPDX-License-Identifier: MIT
// The words of a call, and all that became of it, for messages of tests.
#pragma once

#include <string>
#include <vector>

#include "support/program.hpp"

namespace footpound::contract {

using Words = std::vector<std::string>;

inline Words operator+(Words all, const Words& more) {
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

inline std::string all_of(const ProgramRun& run, const Words& words) {
  return typed(words) + "\nstatus " + std::to_string(run.status) + ", signal " + std::to_string(run.signal) +
         "\nout: " + run.out + "\nerr: " + run.err;
}

}  // namespace footpound::contract
