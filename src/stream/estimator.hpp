// SPDX-License-Identifier: MIT
// The worker of `estimate`: record -> inputs -> estimate -> bytes.
#pragma once

#include <memory>

#include "footpound/estimate/resolve.hpp"
#include "io/writer.hpp"
#include "stream/engine.hpp"

namespace footpound {

// Answers one record; shared by streams, one-offs and whoever else needs a record's figures.
class Answerer {
 public:
  Answerer(const Catalog& catalog, ResolveOptions options, std::uint64_t flags_stated);

  // The answer stays valid until the next call.
  const Answer& answer(const Record& record);

  // Bits of the flags that at least one record did not state itself.
  std::uint64_t flags_needed() const { return flags_needed_; }

 private:
  const Spec& without_displaced_flags(const Record& record);

  Resolver resolver_;
  std::uint64_t flags_stated_;
  std::uint64_t flags_needed_ = 0;
  Spec undisplaced_;
  Answer answer_;
};

class Estimator : public Worker {
 public:
  Estimator(const Catalog& catalog, ResolveOptions options, std::uint64_t flags_stated, const RecordWriter& writer)
      : answerer_(catalog, options, flags_stated), writer_(writer) {}

  const std::optional<Error>& record(Record& record, std::string& out) override;
  std::uint64_t flags_needed() const { return answerer_.flags_needed(); }

 private:
  Answerer answerer_;
  const RecordWriter& writer_;
};

}  // namespace footpound
