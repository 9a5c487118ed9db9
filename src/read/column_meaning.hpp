// SPDX-License-Identifier: MIT
// What each own field of a stream means to us: a field of the spec, an output to replace, or
// nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "read/reader.hpp"
#include "record/fields.hpp"
#include "record/outputs.hpp"

namespace footpound {

struct ColumnMeaning {
  const Field* field = nullptr;
  const OutputField* output = nullptr;
};

ColumnMeaning meaning_of(std::string_view name);

// Is the own field of this name one that Record::own_fields is to hold?
bool keeps(const ReaderOptions& options, std::string_view name);

// A name that nearly matches a field and is none: the note to print once; "" otherwise.
std::string near_miss(std::string_view name);

// What is to be noted of a header's names: the first few, then how many more there are.
class NameNotes {
 public:
  void add(std::string note);  // "" is none
  std::vector<std::string> notes() const;

 private:
  static constexpr std::size_t most = 10;
  std::vector<std::string> first_;
  std::size_t more_ = 0;
};

// The names of one header that mean something to us. Names ignore case: of two that differ in nothing
// else, as of two names of one field, none can be told to be the one that is meant.
class KnownColumns {
 public:
  // The error where another column before means the same.
  std::optional<Error> add(std::string_view name, const ColumnMeaning& meaning);

 private:
  std::vector<std::pair<ColumnMeaning, std::string>> known_;  // no more than there are fields and outputs
};

}  // namespace footpound
