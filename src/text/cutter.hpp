// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace footpound {

// Where to cut a stream into blocks; fed with all bytes in order.
class Cutter {
 public:
  virtual ~Cutter() = default;
  // Length of the longest prefix of `data` that holds whole records; 0 when there is none.
  // `data` begins at a record, and its first `seen` bytes were shown before.
  virtual std::size_t cut(std::string_view data, std::size_t seen) = 0;
};

}  // namespace footpound
