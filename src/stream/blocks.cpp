// SPDX-License-Identifier: MIT
#include "stream/blocks.hpp"

#include <algorithm>

#include "stream/interrupt.hpp"

namespace footpound {

bool Blocks::next(Block& next) {
  next.is_too_long = false;
  if (at_end_ && tail_.size() == 0) return false;
  Bytes& block = next.bytes;
  block.swap(tail_);
  tail_.resize(0);
  std::size_t seen = 0;
  while (true) {
    if (interrupted() != 0) at_end_ = true;
    // by doubling, for cutters look again at what they have seen
    if (!at_end_) fill(block, seen + std::max(options_.block_size, seen));
    if (at_end_) {
      if (interrupted() != 0)
        block.resize(cutter_->cut(block.text(), seen));  // the last record may be cut off
      return block.size() > 0;
    }
    const std::size_t whole = cutter_->cut(block.text(), seen);
    if (whole > 0) {
      tail_.assign(block.text().substr(whole));
      block.resize(whole);
      return true;
    }
    seen = block.size();
    // with room for its line end: what is found whole is judged by work_on(), by its length alone
    if (seen > options_.longest_record + 1) {
      at_end_ = next.is_too_long = true;
      return true;
    }
  }
}

void Blocks::fill(Bytes& block, std::size_t size) {
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

}  // namespace footpound
