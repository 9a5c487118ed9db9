// SPDX-License-Identifier: MIT
// The worker of `estimate`: record -> inputs -> estimate -> bytes.
#pragma once

#include <memory>

#include "footpound/estimate/resolve.hpp"
#include "io/fields.hpp"
#include "io/writer.hpp"
#include "stream/engine.hpp"

namespace footpound {

// Answers one record; shared by streams, one-offs and whoever else needs a record's figures.
class Answerer : AnswerMaker {
 public:
  Answerer(const Catalog& catalog, ResolveOptions options, std::uint64_t flags_stated);

  // The answer stays valid until the next call.
  const Answer& answer(const Record& record) {
    // most records of a stream are like one before, and asked for figures alone
    if (!record.error && flags_stated_ == 0 && record.states_by_field && !inputs_are_wanted_ &&
        is_repeat(record.spec, shape_of(record))) {
      answer_.error.reset();
      return answer_;
    }
    return answer_anew(record);
  }

  // Bits of the flags that at least one record did not state itself.
  std::uint64_t flags_needed() const { return flags_needed_; }

 private:
  const Answer& answer_anew(const Record& record);
  bool is_repeat(const Spec& spec, std::uint64_t shape);  // and if so, it is answered
  std::uint64_t shape_of(const Record& record) const;
  const Spec& without_displaced_flags(const Record& record);
  const Inputs& make_inputs() override;
  Doubts make_doubts() override { return resolver_.doubts_of_repeat(*spec_); }

  Resolver resolver_;
  std::uint64_t flags_stated_;
  std::uint64_t flags_needed_ = 0;
  Spec undisplaced_;
  const Spec* spec_ = nullptr;  // of the record at hand
  std::uint64_t shape_ = 0;
  const Field* blamed_ = nullptr;   // by the last error
  bool inputs_are_wanted_ = false;  // they were of a record before, by the same columns
  std::uint64_t shaping_;           // bits of the fields that make a shape
  Answer answer_;
};

// Of stated values so large or small that what comes of them is no finite number.
Error does_not_fit();

class Estimator : public Worker {
 public:
  Estimator(
      const Catalog& catalog, ResolveOptions options, std::uint64_t flags_stated, const RecordWriter& writer)
      : answerer_(catalog, options, flags_stated), writer_(writer) {}

  const std::optional<Error>& record(Record& record, std::string& out) override;
  std::uint64_t flags_needed() const { return answerer_.flags_needed(); }

 private:
  Answerer answerer_;
  const RecordWriter& writer_;
};

}  // namespace footpound
