// SPDX-License-Identifier: MIT
// Every reading as a line of NDJSON, for those who want to look for themselves.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "measure/sampler.hpp"

namespace footpound::measure {

// {"t_s":0.1,"device":"gpu0","energy_j":1234.5} of a counter, since it began to count;
// {"t_s":0.1,"device":"gpu0","power_w":300}; {"t_s":0.1,"device":"gpu0","error":"..."}.
std::string trace_line(const Look& look);

// A file, or standard output for "-", that a child does not inherit. Errors while writing are told by
// close().
class OutputFile {
 public:
  static Result<OutputFile> open(const std::string& path);
  void write(const std::string& text);
  Result<void> close();

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Closer> file_;
  std::string path_;
  int error_ = 0;
};

}  // namespace footpound::measure
