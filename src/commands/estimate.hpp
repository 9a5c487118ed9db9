// SPDX-License-Identifier: MIT
// `estimate` for other commands: a spec that they made goes the same way as one from a file.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/exit_code.hpp"
#include "commands/session.hpp"

namespace footpound {

struct EstimateOptions {
  std::vector<std::string> files;
  SessionFlags session;
  OutputFlags output;
};

class EstimateRun;

class SpecEstimate {
 public:
  // Loads the tables and checks the options; they have to outlive it. Throws RunError.
  explicit SpecEstimate(const EstimateOptions& options);
  ~SpecEstimate();
  SpecEstimate(const SpecEstimate&) = delete;
  SpecEstimate& operator=(const SpecEstimate&) = delete;

  // The answer to one spec, in the format the options ask for. Throws RunError(failed).
  std::string answer(const std::string& spec, ExitCode failed);

 private:
  std::unique_ptr<EstimateRun> run_;
};

}  // namespace footpound
