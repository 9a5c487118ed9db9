// SPDX-License-Identifier: MIT
// Which jobs of the files so far have been counted, so that those that stand in two dumps count once. It is
// asked by many threads while a file is read, and told of the file's jobs when that is done: nothing hangs on
// their order.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "record/job_mark.hpp"
#include "summary/totals.hpp"

namespace footpound {

class SeenJobs {
 public:
  // Of so many jobs it knows again which they are, in 64 MiB; files behind those are counted as they are.
  static constexpr std::size_t most_jobs = std::size_t{6} << 20;

  // Of a file and a thread, that are held back; a cluster has no more that run. Others are counted at once.
  static constexpr std::size_t most_open = 100'000;

  // What one thread finds in one file.
  struct Found {
    // A job that had not ended, to be counted when no file tells more of it.
    struct Open {
      std::uint64_t fingerprint;
      double hours;
      std::string key;  // of its group
      JobFigures figures;
    };
    std::vector<std::uint64_t> ended;
    std::vector<Open> open;
    std::uint64_t repeated = 0;  // not counted, for a file before has them
  };

  // Did a file before have it, ended?
  bool holds(std::uint64_t fingerprint) const;
  // Is there room for one more of this file? Called for each, by any thread.
  bool has_room() { return ++of_file_ <= most_jobs - count_; }

  // A file has been read.
  void add(std::vector<Found> file);
  // All have been: counts those that had not ended.
  void finish(Totals& totals) const;

  std::uint64_t repeated() const { return repeated_; }    // counted once
  std::uint64_t twice_in_file() const { return twice_; }  // counted each time
  bool is_full() const { return is_full_; }

 private:
  bool insert(std::uint64_t fingerprint);

  std::vector<std::uint64_t> slots_;  // a power of two; 0: free
  std::size_t count_ = 0;
  std::map<std::uint64_t, Found::Open> open_;
  std::atomic<std::size_t> of_file_{0};
  std::uint64_t repeated_ = 0;
  std::uint64_t twice_ = 0;
  bool is_full_ = false;
};

}  // namespace footpound
