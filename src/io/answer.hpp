// SPDX-License-Identifier: MIT
// What becomes of one record: an answer, or the error that says why there is none.
#pragma once

#include <optional>
#include <string_view>

#include "footpound/base/error.hpp"
#include "footpound/estimate/estimate.hpp"
#include "footpound/estimate/inputs.hpp"

namespace footpound {

struct Answer {
  std::string_view name;  // the run's; "" where not stated
  const Inputs* inputs = nullptr;  // whoever answers keeps them
  Estimate estimate;
  std::optional<Error> error;  // then inputs and estimate mean nothing
};

}  // namespace footpound
