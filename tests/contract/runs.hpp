// SPDX-License-Identifier: MIT
// Runs as users state them, one for each thing that can become of a run, and the ways to state them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/shapes.hpp"
#include "footpound/base/error.hpp"

namespace footpound::contract {

using Statements = std::vector<std::pair<std::string, std::string>>;  // names of fields, and values

struct Run {
  std::string what;
  Statements says;
  Became became = Became::answered;
  ErrorKind kind = ErrorKind::bad_value;  // where it is not answered
  std::string blames{};                   // the field the message begins with; "" where it is of none
};

// All that an estimate needs, so that --strict has nothing to refuse.
const Statements& stated_in_full();

// At least one for each kind of error that a run can have, by --strict for what is refused; between them
// runs that are answered.
const std::vector<Run>& runs();

// Options that all the runs above are tried with.
std::vector<std::string> estimate_words();

std::vector<std::string> flags_of(const Statements& says);
std::string spec_of(const Statements& says);  // a JSON object, on one line

// A stream of records, with what becomes of each.
struct Stream {
  std::string text;
  Records records;
  std::vector<std::string> words{};  // options it needs
};

// Streams of an input format of the table: one whose records become this and that, one of which no
// record fails; and those that hold nothing. None where no maker is known: a new input format has to add
// one.
std::vector<Stream> streams_of(std::string_view format);
std::vector<std::string> empty_streams(std::string_view format);

}  // namespace footpound::contract
