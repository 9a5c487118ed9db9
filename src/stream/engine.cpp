// SPDX-License-Identifier: MIT
#include "stream/engine.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "base/run_error.hpp"
#include "footpound/base/error.hpp"
#include "record/earlier_output.hpp"
#include "stream/blocks.hpp"
#include "stream/interrupt.hpp"

namespace footpound {

namespace {

// What became of a block.
struct Finished {
  std::string out;
  Tally tally;
  std::uint64_t lines = 0;
  std::uint64_t too_long = 0;  // line within it of a record longer than allowed, behind which nothing is read
};

// State shared by the threads of one stream. A finished block waits in `waiting_` for those before it, so
// that a thread that the machine holds up does not hold up the others; whoever finishes the one that is
// next writes all that can be written then.
class Stream {
 public:
  Stream(StreamJob& job, bool& wrote, Target& target, Reporter& reporter, const StreamOptions& options,
      std::size_t threads)
      : job_(job),
        blocks_(job.source, job.head, job.reader, options),
        wrote_(wrote),
        line_(job.first_line),
        target_(target),
        reporter_(reporter),
        options_(options),
        waiting_(blocks_ahead * threads) {
    spare_.reserve(waiting_.size() + 1);  // so that giving room back cannot fail
  }

  void work(Worker& worker) {
    Block block;
    Finished finished;
    while (const std::optional<std::uint64_t> number = read(block)) {
      try {
        if (block.is_too_long) {
          finished = Finished{};
          finished.too_long = 1;
        } else {
          work_on(worker, block.bytes.text(), finished);
        }
        deliver(*number, finished);
      } catch (...) {
        fail(*number);  // blocks before it are still to be written
      }
    }
  }

  bool finish() {
    try {
      if (failure_) std::rethrow_exception(failure_);
    } catch (const std::bad_alloc&) {
      throw RunError(ExitCode::input,
          printable(job_.source.name()) +
              ": there is not enough memory; fewer --threads or a smaller --block take less");
    }
    return end_ == no_end && interrupted() == 0;
  }

 private:
  static constexpr std::uint64_t no_end = std::numeric_limits<std::uint64_t>::max();
  static constexpr std::size_t blocks_ahead = 2;  // per thread, that may wait to be written

  // The next block's number; nothing at the end.
  std::optional<std::uint64_t> read(Block& block) {
    const std::lock_guard lock(reading_);
    try {
      if (read_ >= end() || !blocks_.next(block)) return std::nullopt;
    } catch (...) {
      fail(read_);
      return std::nullopt;
    }
    return read_++;
  }

  std::uint64_t end() {
    const std::lock_guard lock(writing_);
    return end_;
  }

  // Nothing is written from this block on. Of several that fail the first one counts, as it would alone.
  void fail(std::uint64_t number) {
    {
      const std::lock_guard lock(writing_);
      if (number >= end_) return;
      end_ = number;
      failure_ = std::current_exception();
    }
    turn_.notify_all();
  }

  void work_on(Worker& worker, std::string_view block, Finished& finished) {
    std::string& out = finished.out;
    Tally& tally = finished.tally;
    out.clear();
    tally = Tally{};
    tally.bytes = block.size();
    finished.too_long = 0;
    bool halted = false;
    const Encoding encoding = job_.reader.encoding();
    finished.lines = job_.reader.read(block, job_.base, [&](Record& record) {
      if (halted) return;
      if (record.raw.size() > options_.longest_record) {
        finished.too_long = record.line;
        halted = true;
        return;
      }
      if (record.replaces) carry_over_refusal(record, encoding);
      ++tally.records;
      const std::size_t before = out.size();
      if (!job_.separator.empty()) out += job_.separator;
      const std::optional<Error>& error = worker.record(record, out);
      if (error) {
        tally.count(record.line, *error);
        const bool is_failure = error->kind != ErrorKind::skipped;
        if (is_failure && options_.on_error != OnError::emit) out.resize(before);
        if (!record.error) record.error = *error;  // the reader counts what was answered
        halted = is_failure && options_.on_error == OnError::stop;
      }
      if (out.size() == before + job_.separator.size()) out.resize(before);  // nothing was written
    });
  }

  // Puts a finished block in its place, and gives the room of one that was written for the next.
  void deliver(std::uint64_t number, Finished& finished) {
    std::unique_lock lock(writing_);
    turn_.wait(lock, [&] { return number >= end_ || number - written_ < waiting_.size(); });
    if (number >= end_) return;
    place_of(number) = std::move(finished);
    finished = Finished{};
    if (!writes_) {
      writes_ = true;
      write_waiting(lock);
      writes_ = false;
    }
    if (!spare_.empty()) {
      finished.out = std::move(spare_.back());
      spare_.pop_back();
    }
  }

  std::optional<Finished>& place_of(std::uint64_t number) { return waiting_[number % waiting_.size()]; }

  void write_waiting(std::unique_lock<std::mutex>& lock) {
    while (written_ < end_ && place_of(written_)) {
      Finished first = std::move(*place_of(written_));
      place_of(written_).reset();
      const std::uint64_t number = written_;
      lock.unlock();
      try {
        write(first);
      } catch (...) {
        fail(number);
      }
      lock.lock();
      ++written_;
      if (options_.on_error == OnError::stop && first.tally.failed > 0 && written_ <= end_) {
        end_ = written_;
        failure_ = nullptr;  // of a block behind it, which alone would not have been read
      }
      spare_.push_back(std::move(first.out));
      turn_.notify_all();
    }
  }

  void write(const Finished& block) {
    const std::string_view out = block.out;
    if (!out.empty()) {
      target_.write(wrote_ ? out : out.substr(job_.separator.size()));
      wrote_ = true;
    }
    reporter_.add(job_.source.name(), line_, block.tally);
    if (block.too_long != 0) {
      throw RunError(ExitCode::input,
          printable(job_.source.name()) + ":" + std::to_string(line_ + block.too_long - 1) +
              ": is longer than " + std::to_string(options_.longest_record) + " bytes; raise --max-record");
    }
    line_ += block.lines;
  }

  StreamJob& job_;
  Blocks blocks_;
  bool& wrote_;
  std::uint64_t line_;
  Target& target_;
  Reporter& reporter_;
  const StreamOptions& options_;

  std::mutex reading_;
  std::uint64_t read_ = 0;

  std::mutex writing_;
  std::condition_variable turn_;
  std::vector<std::optional<Finished>> waiting_;
  std::vector<std::string> spare_;  // room for what is to be written
  std::uint64_t written_ = 0;
  std::uint64_t end_ = no_end;  // the first block that is not to be written
  bool writes_ = false;         // some thread does
  std::exception_ptr failure_;
};

}  // namespace

bool run_stream(StreamJob& job, const std::vector<std::unique_ptr<Worker>>& workers, bool& wrote,
    Target& target, Reporter& reporter, const StreamOptions& options) {
  Stream stream(job, wrote, target, reporter, options, workers.size());
  std::vector<std::thread> threads;
  threads.reserve(workers.size());
  std::atomic<std::size_t> working = 0;  // how many of us work; 0: not known yet
  std::size_t granted = workers.size();
  const auto start = [&](std::size_t i) {
    threads.emplace_back([&, i] {
      working.wait(0);
      if (i < working) stream.work(*workers[i]);
    });
  };
  try {
    while (threads.size() + 1 < workers.size()) start(threads.size() + 1);
  } catch (const std::exception&) {
    // no more can be had (ulimit -u, -v): half of those there are share the work, which takes memory too
    granted = (threads.size() + 2) / 2;
  }
  working = granted;
  working.notify_all();
  while (threads.size() + 1 > granted) {
    threads.back().join();
    threads.pop_back();
  }
  stream.work(*workers.front());
  for (std::thread& thread : threads) thread.join();
  return stream.finish();
}

}  // namespace footpound
