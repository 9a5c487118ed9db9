// SPDX-License-Identifier: MIT
// The one path: blocks of whole records are read in turn, worked on by any number of threads,
// and written in order. The same bytes come out whatever the number of threads and the size of
// the blocks. Memory: a block in, a block out, per thread, and a few blocks out that wait for a slower
// thread's.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "read/reader.hpp"
#include "stream/reporter.hpp"
#include "stream/source.hpp"

namespace footpound {

enum class OnError : unsigned char { emit, skip, stop };

struct StreamOptions {
  OnError on_error = OnError::emit;
  unsigned threads = 1;
  std::size_t block_size = std::size_t{256} << 10;
  std::size_t longest_record = std::size_t{16} << 20;
};

// What one thread does with each record of its blocks.
class Worker {
 public:
  virtual ~Worker() = default;
  // Appends what is to be written; returns the record's error, if it has one.
  virtual const std::optional<Error>& record(Record& record, std::string& out) = 0;
  // Bits of the fields whose flags at least one record needed.
  virtual std::uint64_t flags_needed() const { return 0; }
};

// One source, and how it is read.
struct StreamJob {
  Source& source;
  std::string head;  // bytes read already, behind the header
  const RecordReader& reader;
  const Spec& base;
  std::string_view separator;    // between two records of the output
  std::uint64_t first_line = 1;  // of what follows the header
};

// Runs a job through the workers, one a thread. `wrote` says whether a record has been written
// before, and is kept up. Returns false when `on_error` or a signal stopped it. Throws RunError.
bool run_stream(StreamJob& job, const std::vector<std::unique_ptr<Worker>>& workers, bool& wrote,
    Target& target, Reporter& reporter, const StreamOptions& options);

}  // namespace footpound
