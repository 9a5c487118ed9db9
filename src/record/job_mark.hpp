// SPDX-License-Identifier: MIT
// By what a job of a scheduler is known again in another file.
#pragma once

#include <cstdint>
#include <string_view>

namespace footpound {

struct JobMark {
  std::uint64_t fingerprint = 0;  // 0: the record does not say enough; differs from process to process
  bool runs_on = false;           // it had not ended when the record was written
};

// A fingerprint of texts and a number; never 0. Two that differ share one as seldom as random numbers do,
// whoever chooses them.
std::uint64_t fingerprint_of(std::string_view a, std::string_view b, double number);

}  // namespace footpound
