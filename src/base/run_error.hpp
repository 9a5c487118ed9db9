// SPDX-License-Identifier: MIT
// Thrown when a run cannot go on; caught in main alone.
#pragma once

#include <stdexcept>
#include <string>

#include "base/exit_code.hpp"

namespace footpound {

class RunError : public std::runtime_error {
 public:
  RunError(ExitCode code, const std::string& what) : std::runtime_error(what), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

}  // namespace footpound
