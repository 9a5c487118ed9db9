// SPDX-License-Identifier: MIT
// A spec: one JSON object, or an array of them. Strict: unknown keys are errors.
#pragma once

#include <string_view>
#include <vector>

#include "footpound/base/result.hpp"
#include "record/record.hpp"

namespace footpound {

struct SpecError {
  std::uint64_t line;  // counted from 1
  Error error;
};

// Each object over `base`; texts point into `text` or into the records. On failure `error` is set.
std::vector<Record> read_specs(std::string_view text, const Spec& base, std::optional<SpecError>& error);

// An array, and not one object?
bool is_spec_array(std::string_view text);

// Is `text` (all of a file) one JSON object or an array, and not a line-by-line stream?
bool looks_like_spec(std::string_view text);

}  // namespace footpound
