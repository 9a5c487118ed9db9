// SPDX-License-Identifier: MIT
// A stream from its text to its bytes, in memory but for the file it is read from.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "stream/engine.hpp"
#include "support/answers.hpp"

namespace footpound {

struct StreamSetup {
  std::string in = "csv";
  std::string out;      // as `in` where empty
  std::string columns;  // default columns where empty
  StreamOptions options{};
  Said flags{};
  bool header = true;
};

struct StreamResult {
  std::string out;
  std::string err;
  Tally total;
  bool whole = false;
  std::string refused;  // what ended the run, of a RunError; `out` is what was written before
};

StreamResult run_text(const std::string& text, const StreamSetup& setup = {});

}  // namespace footpound
