// SPDX-License-Identifier: MIT
// What is wrong with one input, in words that teach: the field, what was found, what to do
// instead. The caller that knows file and line puts them in front.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace footpound {

// Kinds exist so that a stream can count and limit messages by kind. Two say what a record is, and the
// program heeds them where it reads its own output again: their names stand in front of their messages.
enum class ErrorKind : unsigned char {
  bad_value,      // not a number, wrong unit, not a date ...
  out_of_range,   // a number outside what the field can mean
  unknown_name,   // not in the tables
  ambiguous,      // a name that stands for several things
  missing,        // something needed was not stated
  contradiction,  // two statements that cannot both be true
  refused,        // understood, but not done (--strict, --boundary ...)
  malformed,      // the record itself cannot be read
  misfit,         // a row that does not fit its header: which field is which is not known
  skipped,        // the record is no run (a Slurm step, a pending job): counted apart, not a failure
};

std::string_view name(ErrorKind kind);

class LateWords;  // words that are found when they are read

struct Error {
  ErrorKind kind = ErrorKind::bad_value;
  std::string field;                        // as the user wrote it; empty when it is about the whole record
  std::string what;                         // what was found, the offending text quoted
  std::string instead;                      // what to do; may be empty
  std::shared_ptr<const LateWords> late{};  // in front of both; the catalog they speak of outlives them
};

// "field: what; instead". Control characters in the quoted input are already escaped.
std::string message(const Error& error);

// `text` in double quotes, cut after 60 bytes, with control characters, quotes and invalid
// UTF-8 as \xNN: safe to print to a terminal.
std::string in_quotes(std::string_view text);

// `text` with control characters and invalid UTF-8 as \xNN, whole.
std::string printable(std::string_view text);

}  // namespace footpound
