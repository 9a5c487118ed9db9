// SPDX-License-Identifier: MIT
// A stream in blocks of whole records, as its threads take them.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "stream/engine.hpp"
#include "stream/source.hpp"
#include "text/cutter.hpp"

namespace footpound {

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

// Whole records; or, the last one handed out, the beginning of one that is longer than allowed.
struct Block {
  Bytes bytes;
  bool is_too_long = false;
};

// Hands out blocks, one after the other.
class Blocks {
 public:
  // `head` is what of `source` has been read already. Both, and `options`, outlive this.
  Blocks(Source& source, std::string_view head, const RecordReader& reader, const StreamOptions& options)
      : source_(source), cutter_(reader.cutter()), options_(options), tail_(head) {}

  // The next block into `next`; false at the end. After a signal, what has been read by then is the end.
  bool next(Block& next);

 private:
  void fill(Bytes& block, std::size_t size);

  Source& source_;
  std::unique_ptr<Cutter> cutter_;
  const StreamOptions& options_;
  Bytes tail_;  // read behind the block before
  bool at_end_ = false;
};

}  // namespace footpound
