// SPDX-License-Identifier: MIT
// The answer to one record. One that failed has none: there is nothing to read its figures from.
#pragma once

#include <string_view>

#include "footpound/estimate/estimate.hpp"
#include "footpound/estimate/inputs.hpp"

namespace footpound {

// Makes what few ask for of the answer at hand, when they do.
class AnswerMaker {
 public:
  virtual ~AnswerMaker() = default;
  virtual const Inputs& make_inputs() = 0;
  virtual Doubts make_doubts() = 0;
};

struct Answer {
  std::string_view name;  // the run's; "" where not stated
  Figures figures;        // all that most records of a stream are asked for

  // Either: whoever answers keeps the inputs, or makes them on demand.
  void is_of(const Inputs& inputs) {
    inputs_ = &inputs;
    footpound::estimate(inputs, estimate_);
    is_worked_out_ = true;
    has_doubts_ = false;
    figures = figures_of(inputs, estimate_);
  }
  void is_by(AnswerMaker& maker) {
    maker_ = &maker;
    inputs_ = nullptr;
    is_worked_out_ = has_doubts_ = false;
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

  // The doubts about the figures alone, which do not need all there is to say.
  const Doubts& doubts() const {
    if (!has_doubts_) {
      doubts_ = is_worked_out_ ? doubts_of(*inputs_, estimate_) : maker_->make_doubts();
      has_doubts_ = true;
    }
    return doubts_;
  }
  Doubtful<Energy> energy() const { return {figures.energy, doubts().energy_below, doubts().energy_above}; }
  Doubtful<Mass> co2e() const { return {figures.co2e, doubts().co2e_below, doubts().co2e_above}; }

 private:
  AnswerMaker* maker_ = nullptr;
  mutable const Inputs* inputs_ = nullptr;
  mutable Estimate estimate_;
  mutable Doubts doubts_;
  mutable bool is_worked_out_ = false;
  mutable bool has_doubts_ = false;
};

}  // namespace footpound
