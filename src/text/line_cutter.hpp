// SPDX-License-Identifier: MIT
// Cuts a stream whose records are lines, without quotes.
#pragma once

#include "text/cutter.hpp"

namespace footpound {

class LineCutter : public Cutter {
 public:
  std::size_t cut(std::string_view data, std::size_t seen) override {
    const std::size_t last = data.substr(seen).rfind('\n');
    return last == std::string_view::npos ? 0 : seen + last + 1;
  }
};

}  // namespace footpound
