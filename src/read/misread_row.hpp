// SPDX-License-Identifier: MIT
// Rows of CSV and TSV that do not fit their header are passed on too, with all they had, and at the
// header's width, so that our columns stand under their names. What has no column of its own is text
// in one of those that are the user's, as its file writes it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "record/record.hpp"

namespace footpound {

// The first and the last column of a header that bear no output's name.
struct UserColumns {
  std::size_t first = static_cast<std::size_t>(-1);
  std::size_t last = 0;

  void add(std::size_t column) {
    if (first > column) first = column;
    last = column;
  }
  bool none() const { return first > last; }
};

// Errors of a row that does not fit its header.
Error misfit_row(std::size_t cells, std::size_t columns, std::string instead = {});
Error unmatched_quotes();

// Of a row with more cells than the header, whose first are own fields: the others, from the first's
// beginning to the row's end, go behind the last cell that is the user's.
void keep_surplus(Record& record, const UserColumns& users, std::string_view surplus, char delimiter);

// Of a row whose quotes do not match, whose columns are own fields without a value: all of it goes into
// the first one that is the user's.
void keep_whole(Record& record, const UserColumns& users, char delimiter);

}  // namespace footpound
