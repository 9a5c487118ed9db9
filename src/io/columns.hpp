// SPDX-License-Identifier: MIT
// What each own field of a stream means to us: a field of the spec, an output to replace, or
// nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/fields.hpp"
#include "io/outputs.hpp"
#include "io/reader.hpp"

namespace footpound {

struct ColumnMeaning {
  const Field* field = nullptr;
  const OutputField* output = nullptr;
};

ColumnMeaning meaning_of(std::string_view name);

// Is the own field of this name one that Record::own is to hold?
bool keeps(const ReaderOptions& options, std::string_view name);

// A name that nearly matches a field and is none: the note to print once; "" otherwise.
std::string near_miss(std::string_view name);

}  // namespace footpound
