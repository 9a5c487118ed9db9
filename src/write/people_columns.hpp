// SPDX-License-Identifier: MIT
// The columns of a sheet that people see, in text and Markdown: those with something in them.
#pragma once

#include <vector>

#include "sheet/sheet.hpp"

namespace footpound {

struct PeopleColumn {
  std::size_t at;  // in the sheet
  bool is_numeric = true;
  std::size_t width = 0;  // of its widest text, in columns of a terminal
};

std::vector<PeopleColumn> columns_for_people(const Sheet& sheet);

}  // namespace footpound
