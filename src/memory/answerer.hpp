// SPDX-License-Identifier: MIT
// Answers one record after another: streams, one-offs, totals, and whoever else needs a record's figures.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "estimate/resolve.hpp"
#include "footpound/base/error.hpp"
#include "memory/memory.hpp"
#include "record/answer.hpp"
#include "record/fields.hpp"
#include "record/record.hpp"

namespace footpound {

// Of stated values so large or small that what comes of them is no finite number.
Error does_not_fit();

// A run that is asked for by itself is not skipped: it failed.
Error as_failure(Error error);

struct AnswerOptions {
  ResolveOptions resolve;
  std::uint64_t flags_stated = 0;  // bits of the fields that flags state: defaults under the records
  bool plain = false;              // remember nothing from one record to the next
};

class Answerer {
 public:
  // `wants_inputs`: answers are to hold their inputs too.
  Answerer(const Catalog& catalog, const AnswerOptions& options, bool wants_inputs);

  // nullptr where there is none: error() says why. Both stay valid until the next call.
  const Answer* answer(const Record& record);
  const std::optional<Error>& error() const { return error_; }

  // Bits of the flags that at least one record did not state itself.
  std::uint64_t flags_needed() const { return flags_needed_; }

 private:
  const Answer* answer_by_ladders(const Record& record, const Spec& spec);
  const Spec& without_displaced_flags(const Record& record);

  std::uint64_t flags_stated_;
  bool wants_inputs_;
  std::unique_ptr<Memory> memory_;
  Resolver resolver_;
  std::uint64_t flags_needed_ = 0;
  Spec undisplaced_;
  Inputs inputs_;  // of the record at hand
  Terms terms_;
  const Field* blamed_ = nullptr;  // by the last error
  Answer answer_;
  std::optional<Error> error_;
};

}  // namespace footpound
