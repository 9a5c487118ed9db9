// SPDX-License-Identifier: MIT
// Rows that hold the totals so far of a run that goes on: of each run the last one counts.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/cutter.hpp"

namespace footpound {

// The rows of a block of CSV, in their order.
class GrowingRuns {
 public:
  // `totals`: what is to grow from row to row, the first (the time) strictly. "" is no run.
  void add(std::string_view run, std::span<const double> totals, std::string_view raw);
  void add_other() { ++rows_; }

  // Of each row: does a later one hold all that it counts? So it is where the totals grow through all rows
  // of the run; and of rows that are there twice, letter by letter.
  std::vector<bool> held_by_later_rows() const;

 private:
  struct Run {
    std::vector<std::size_t> rows;
    std::vector<double> last;
    std::string raw;  // of the last
    bool grows = true;
  };
  std::map<std::string, Run, std::less<>> runs_;
  std::size_t rows_ = 0;
};

// Cuts CSV so that the rows of a run that follow each other are in one block: behind the first row from
// `least` bytes on that another run follows, so always at the same places. `column`: that names the run.
std::unique_ptr<Cutter> make_run_cutter(std::size_t column, std::size_t least);

}  // namespace footpound
