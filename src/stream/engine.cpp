// SPDX-License-Identifier: MIT
#include "stream/engine.hpp"

#include <condition_variable>
#include <cstring>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "base/run_error.hpp"
#include "io/second_pass.hpp"
#include "stream/interrupt.hpp"

namespace footpound {

namespace {

// Bytes whose number can be raised without zeros being written first, as std::string does.
class Bytes {
 public:
  explicit Bytes(std::string_view text = {}) { assign(text); }

  char* data() { return bytes_.get(); }
  std::size_t size() const { return size_; }
  std::string_view text() const { return {bytes_.get(), size_}; }
  void assign(std::string_view text) {
    resize(text.size());
    if (!text.empty()) std::memcpy(data(), text.data(), text.size());
  }
  void resize(std::size_t size) {
    if (size > room_) {
      std::unique_ptr<char[]> more = std::make_unique_for_overwrite<char[]>(size);
      if (size_ > 0) std::memcpy(more.get(), bytes_.get(), size_);
      bytes_ = std::move(more);
      room_ = size;
    }
    size_ = size;
  }
  void swap(Bytes& other) {
    std::swap(bytes_, other.bytes_);
    std::swap(size_, other.size_);
    std::swap(room_, other.room_);
  }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
  std::size_t room_ = 0;
};

// Hands out blocks of whole records, one after the other.
class Blocks {
 public:
  Blocks(Source& source, std::string_view head, const RecordReader& reader, const StreamOptions& options)
      : source_(source), cutter_(reader.cutter()), options_(options), tail_(head) {}

  // The next block into `block`; false at the end.
  bool next(Bytes& block) {
    if (at_end_ && tail_.size() == 0) return false;
    block.swap(tail_);
    tail_.resize(0);
    std::size_t seen = 0;
    while (true) {
      // after a signal, what has been read by then is the end
      if (interrupted() != 0) at_end_ = true;
      if (!at_end_) fill(block, std::max(options_.block_size, seen + options_.block_size));
      if (at_end_) {
        if (interrupted() != 0) block.resize(cutter_->cut(block.text(), seen));  // the last record may be cut off
        return block.size() > 0;
      }
      const std::size_t whole = cutter_->cut(block.text(), seen);
      if (whole > 0) {
        tail_.assign(block.text().substr(whole));
        block.resize(whole);
        return true;
      }
      seen = block.size();
      if (seen > options_.longest_record) {
        throw RunError(ExitCode::input, source_.name() + ": a record is longer than " +
                                            std::to_string(options_.longest_record) + " bytes; raise --max-record");
      }
    }
  }

 private:
  void fill(Bytes& block, std::size_t size) {
    std::size_t have = block.size();
    if (have >= size) return;
    block.resize(size);
    while (have < size) {
      const std::size_t got = source_.read(block.data() + have, size - have);
      if (got == 0) {
        at_end_ = true;
        break;
      }
      have += got;
    }
    block.resize(have);
  }

  Source& source_;
  std::unique_ptr<Cutter> cutter_;
  const StreamOptions& options_;
  Bytes tail_;
  bool at_end_ = false;
};

// State shared by the threads of one stream.
class Stream {
 public:
  Stream(StreamJob& job, bool& wrote, Target& target, Reporter& reporter, const StreamOptions& options)
      : job_(job), blocks_(job.source, job.head, job.reader, options), wrote_(wrote), line_(job.first_line),
        target_(target), reporter_(reporter), options_(options) {}

  void work(Worker& worker) {
    try {
      Bytes block;
      std::string out;
      while (true) {
        std::uint64_t number = 0;
        {
          const std::lock_guard lock(reading_);
          if (ended() || !blocks_.next(block)) break;
          number = blocks_read_++;
        }
        Tally tally;
        tally.bytes = block.size();
        out.clear();
        const std::uint64_t lines = read_block(worker, block.text(), out, tally);
        write_block(number, lines, out, tally);
      }
    } catch (...) {
      const std::lock_guard lock(writing_);
      if (!failure_) failure_ = std::current_exception();
      stopped_ = true;
    }
    turn_.notify_all();
  }

  bool finish() {
    if (failure_) std::rethrow_exception(failure_);
    return !stopped_ && interrupted() == 0;
  }

 private:
  bool ended() {
    const std::lock_guard lock(writing_);
    return stopped_;
  }

  std::uint64_t read_block(Worker& worker, std::string_view block, std::string& out, Tally& tally) {
    bool halted = false;
    const Encoding encoding = job_.reader.encoding();
    return job_.reader.read(block, job_.base, [&](Record& record) {
      if (halted) return;
      if (record.replaces) heed_first_pass(record, encoding);
      ++tally.records;
      const std::size_t before = out.size();
      if (!job_.separator.empty()) out += job_.separator;
      const std::optional<Error>& error = worker.record(record, out);
      if (error) {
        tally.count(record.line, *error);
        const bool is_failure = error->kind != ErrorKind::skipped;
        if (is_failure && options_.on_error != OnError::emit) out.resize(before);
        halted = is_failure && options_.on_error == OnError::stop;
      }
      if (out.size() == before + job_.separator.size()) out.resize(before);  // nothing was written
    });
  }

  void write_block(std::uint64_t number, std::uint64_t lines, std::string_view out, const Tally& tally) {
    std::unique_lock lock(writing_);
    turn_.wait(lock, [&] { return stopped_ || blocks_written_ == number; });
    if (stopped_) return;
    if (!out.empty()) {
      target_.write(wrote_ ? out : out.substr(job_.separator.size()));
      wrote_ = true;
    }
    reporter_.add(job_.source.name(), line_, tally);
    line_ += lines;
    ++blocks_written_;
    if (options_.on_error == OnError::stop && tally.failed > 0) stopped_ = true;
    lock.unlock();
    turn_.notify_all();
  }

  StreamJob& job_;
  Blocks blocks_;
  bool& wrote_;
  std::uint64_t line_;
  Target& target_;
  Reporter& reporter_;
  const StreamOptions& options_;

  std::mutex reading_;
  std::uint64_t blocks_read_ = 0;

  std::mutex writing_;
  std::condition_variable turn_;
  std::uint64_t blocks_written_ = 0;
  bool stopped_ = false;
  std::exception_ptr failure_;
};

}  // namespace

bool run_stream(StreamJob& job, const std::vector<std::unique_ptr<Worker>>& workers, bool& wrote, Target& target,
                Reporter& reporter, const StreamOptions& options) {
  Stream stream(job, wrote, target, reporter, options);
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < workers.size(); ++i) {
    threads.emplace_back([&stream, &worker = *workers[i]] { stream.work(worker); });
  }
  stream.work(*workers.front());
  for (std::thread& thread : threads) thread.join();
  return stream.finish();
}

}  // namespace footpound
