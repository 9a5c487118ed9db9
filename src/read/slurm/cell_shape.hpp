// SPDX-License-Identifier: MIT
// What a column of sacct's can hold, and which way a row with too many cells can be read by it: sacct does
// not escape its delimiter, and users write it into what is theirs.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace footpound {

enum class CellShape : unsigned char {
  free,     // users write anything into it, the delimiter too
  path,     // the same, but it begins with "/"
  text,     // anything, but no delimiter
  word,     // names that Slurm gives or checks: without blanks, "/" and "="
  job_id,   // "123", "123_4", "123_[5-9%2]", "123+1", "123.batch"
  state,    // "COMPLETED", "CANCELLED by 1000"
  time,     // "2026-11-23T14:05:09", seconds since 1970, "Unknown"
  elapsed,  // "1-02:03:04", seconds, "UNLIMITED"
  number,   // also with a letter behind it, for a size
  pair,     // "0:15", an exit code
  tres,     // "cpu=4,mem=8G"
};

// Every column may be empty.
bool fits(CellShape shape, std::string_view text);
inline bool may_hold_delimiter(CellShape shape, char delimiter) {
  return shape <= CellShape::path ||
         (delimiter == ':' && (shape == CellShape::tres || shape >= CellShape::time));
}

// How many cells each column takes, of a row with more cells than columns: the only way in which each column
// holds what it can; empty where there is none, or more than one, or where the cells are very many.
std::vector<std::size_t> only_reading(
    std::span<const CellShape> columns, std::span<const std::string_view> cells, char delimiter);

}  // namespace footpound
