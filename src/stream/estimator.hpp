// SPDX-License-Identifier: MIT
// The worker of `estimate`: record -> answer -> bytes.
#pragma once

#include "memory/answerer.hpp"
#include "stream/engine.hpp"
#include "write/writer.hpp"

namespace footpound {

// Records with own fields that the output has no column for.
struct LeftOut {
  std::uint64_t records = 0;
  std::string example;  // one such field's name

  void add(const LeftOut& other) {
    if (records == 0) example = other.example;
    records += other.records;
  }
};

class Estimator : public Worker {
 public:
  Estimator(const Catalog& catalog, const AnswerOptions& options, const RecordWriter& writer)
      : answerer_(catalog, options, writer.wants_inputs()),
        writer_(writer),
        may_leave_out_(writer.may_leave_out()) {}

  const std::optional<Error>& record(Record& record, std::string& out) override {
    if (const Answer* answer = answerer_.answer(record)) {
      writer_.record(record, *answer, out);
    } else {
      writer_.failure(record, *answerer_.error(), out);
    }
    if (may_leave_out_) {
      if (const std::string_view field = writer_.left_out(record); !field.empty())
        left_out_.add({1, std::string(field)});
    }
    return answerer_.error();
  }
  std::uint64_t flags_needed() const override { return answerer_.flags_needed(); }
  const LeftOut& left_out() const { return left_out_; }

 private:
  Answerer answerer_;
  const RecordWriter& writer_;
  bool may_leave_out_;
  LeftOut left_out_;
};

}  // namespace footpound
