// SPDX-License-Identifier: MIT
// What the records of a stream look like in their file: all that a writer which passes their own fields
// on has to know of where they come from.
#pragma once

#include <string>
#include <vector>

#include "record/own_field.hpp"

namespace footpound {

struct SourceShape {
  Encoding encoding = Encoding::none;  // of the own fields
  std::vector<std::string> header;     // names of the own fields, decoded, where a header fixes them
  std::string raw_header;              // the same line as its file has it, without its end; "" where none
  std::string line_end = "\n";
};

}  // namespace footpound
