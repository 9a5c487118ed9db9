// SPDX-License-Identifier: MIT
// A log line by line, in little memory, safe against what is no text.
#pragma once

#include <cstddef>
#include <deque>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/letters.hpp"
#include "footpound/base/result.hpp"

namespace footpound::measure {

class LogLines {
 public:
  explicit LogLines(std::istream& in) : in_(in) {}

  // The next line without its end; nullopt after the last. The view holds until the next call.
  // A line above 64 MiB (JSON may stand in one), a NUL byte and a failing disk are errors.
  Result<std::optional<std::string_view>> next();

  // The first lines, without taking them: for telling formats apart.
  Result<std::vector<std::string>> head(std::size_t count);

  std::size_t number() const { return number_; }  // of the line that next() gave, from 1
  // The last line may have been cut off while it was written.
  bool unfinished() const { return unfinished_; }

 private:
  struct Line {
    std::string text;
    bool unfinished = false;
  };
  Result<std::optional<Line>> read();

  std::istream& in_;
  std::deque<Line> ahead_;
  std::string current_;
  std::size_t number_ = 0;
  std::size_t read_ = 0;
  bool unfinished_ = false;
};

// Fields of a CSV line, blanks around them trimmed; "" inside quotes is a quote.
std::vector<std::string> csv_fields(std::string_view line, char delimiter = ',');

// Fields of a line that runs of blanks separate.
std::vector<std::string> blank_fields(std::string_view line);

std::string_view trimmed(std::string_view text);

}  // namespace footpound::measure
