// SPDX-License-Identifier: MIT
// The worker of `estimate`: record -> answer -> bytes.
#pragma once

#include "memory/answerer.hpp"
#include "stream/engine.hpp"
#include "write/writer.hpp"

namespace footpound {

class Estimator : public Worker {
 public:
  Estimator(const Catalog& catalog, const AnswerOptions& options, const RecordWriter& writer)
      : answerer_(catalog, options, writer.wants_inputs()), writer_(writer) {}

  const std::optional<Error>& record(Record& record, std::string& out) override {
    if (const Answer* answer = answerer_.answer(record)) {
      writer_.record(record, *answer, out);
    } else {
      writer_.failure(record, *answerer_.error(), out);
    }
    return answerer_.error();
  }
  std::uint64_t flags_needed() const { return answerer_.flags_needed(); }

 private:
  Answerer answerer_;
  const RecordWriter& writer_;
};

}  // namespace footpound
