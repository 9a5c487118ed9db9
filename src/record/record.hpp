// SPDX-License-Identifier: MIT
// One record on its way through: what was read, and the spec it makes over the flags.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "estimate/spec.hpp"
#include "footpound/base/error.hpp"
#include "record/job_mark.hpp"
#include "record/own_field.hpp"

namespace footpound {

// Reused for one record after another. Its views point into the block that was read, into `decoded` or into
// what the reader keeps (names of columns): valid until the reader's sink returns. It is moved, never copied.
// Where `error` is set, the spec and what is stated mean nothing; the own fields are what could be read.
struct Record {
  Record() = default;
  Record(Record&&) = default;
  Record& operator=(Record&&) = default;

  std::uint64_t line = 0;            // of its first byte, counted from 1 at the start of the block
  std::string_view raw;              // its bytes without the line end
  std::size_t fields = 0;            // how many own fields it has, where a header fixes them
  std::vector<OwnField> own_fields;  // in their order
  bool passes_own_fields = false;    // they, not `raw`, are what is passed on
  bool replaces = false;             // an own field bears the name of an output
  std::deque<std::string> decoded;   // texts of the spec that had quotes or escapes in the file
  Spec spec;
  std::uint64_t stated = 0;               // bit i: it states fields()[i] itself
  bool states_by_field = false;           // and nothing else was written to the spec
  std::array<std::string_view, 64> said;  // and by which name, where it does
  std::optional<Error> error;             // it could not be read: the spec means nothing
  JobMark job;                            // where the reader was asked to mark jobs
  KnownDay day;                           // of an instant read before
};

// The name that a record without an answer states, where it could be read; "" where it has none.
inline std::string_view name_of_failed(const Record& record) {
  return record.error ? std::string_view() : record.spec.name.value_or("");
}

}  // namespace footpound
