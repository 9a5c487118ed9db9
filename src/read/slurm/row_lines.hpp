// SPDX-License-Identifier: MIT
// Rows of sacct's text over several lines: users write line ends into what is theirs (SubmitLine), and sacct
// does not escape them. A line that begins no row goes on with the row before.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "text/cutter.hpp"

namespace footpound {

class RowLines {
 public:
  // Of a header whose column number `id_column` (from 0) of `columns` is a job's id. `last_is_free`: users
  // write anything into the last one.
  RowLines(char delimiter, std::size_t columns, std::size_t id_column, bool last_is_free)
      : delimiter_(delimiter), columns_(columns), id_column_(id_column), last_is_free_(last_is_free) {}

  // Without its line end.
  bool begins_row(std::string_view line) const;
  // Where the row that begins at `at` ends: the place of its line feed, or the text's size.
  std::size_t end_of_row(std::string_view text, std::size_t at) const;
  // Cuts in front of lines that begin rows.
  std::unique_ptr<Cutter> cutter() const;

 private:
  bool has_id(std::string_view line) const;
  std::size_t cells(std::string_view line) const;

  char delimiter_;
  std::size_t columns_, id_column_;
  bool last_is_free_;
};

}  // namespace footpound
