// SPDX-License-Identifier: MIT
// What becomes of one record: an answer, or the error that says why there is none.
#pragma once

#include <optional>
#include <string_view>

#include "footpound/base/error.hpp"
#include "footpound/estimate/estimate.hpp"
#include "footpound/estimate/inputs.hpp"

namespace footpound {

// Makes the inputs of the answer at hand, for those who ask for them.
class InputsMaker {
 public:
  virtual ~InputsMaker() = default;
  virtual const Inputs& make_inputs() = 0;
};

struct Answer {
  std::string_view name;  // the run's; "" where not stated
  Figures figures;        // all that most records of a stream are asked for
  std::optional<Error> error;  // then the rest means nothing

  // Either: whoever answers keeps the inputs, or makes them on demand.
  void is_of(const Inputs& inputs) {
    inputs_ = &inputs;
    footpound::estimate(inputs, estimate_);
    is_worked_out_ = true;
    figures = figures_of(inputs, estimate_);
  }
  void is_by(InputsMaker& maker) {
    maker_ = &maker;
    inputs_ = nullptr;
    is_worked_out_ = false;
  }

  const Inputs& inputs() const {
    if (inputs_ == nullptr) inputs_ = &maker_->make_inputs();
    return *inputs_;
  }
  // All there is to say, worked out when it is first asked for.
  const Estimate& estimate() const {
    if (!is_worked_out_) {
      footpound::estimate(inputs(), estimate_);
      is_worked_out_ = true;
    }
    return estimate_;
  }

 private:
  InputsMaker* maker_ = nullptr;
  mutable const Inputs* inputs_ = nullptr;
  mutable Estimate estimate_;
  mutable bool is_worked_out_ = false;
};

}  // namespace footpound
