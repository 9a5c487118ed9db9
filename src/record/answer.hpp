// SPDX-License-Identifier: MIT
// The answer to one record. One that failed has none: there is nothing to read its figures from.
#pragma once

#include <cassert>
#include <string_view>

#include "estimate/estimate.hpp"
#include "estimate/inputs.hpp"
#include "estimate/terms.hpp"

namespace footpound {

// Points to the terms, the inputs and the name of whoever answers, and through the inputs to the catalog:
// valid until the next record is answered. Doubts and estimate are worked out when they are first asked for,
// so one thread reads it.
class Answer {
 public:
  // Of figures and their intervals alone.
  void set(std::string_view name, const Terms& terms) {
    name_ = name;
    terms_ = &terms;
    inputs_ = nullptr;
    figures_ = footpound::figures(terms);
    has_doubts_ = has_estimate_ = false;
  }
  // Of all there is to say.
  void set(std::string_view name, const Terms& terms, const Inputs& inputs) {
    set(name, terms);
    inputs_ = &inputs;
  }

  std::string_view name() const { return name_; }  // the run's; "" where not stated
  const Figures& figures() const { return figures_; }
  Doubtful<Energy> energy() const { return {figures_.energy, doubts().energy_below, doubts().energy_above}; }
  Doubtful<Mass> co2e() const { return {figures_.co2e, doubts().co2e_below, doubts().co2e_above}; }
  const Doubts& doubts() const {
    if (!has_doubts_) doubts_ = footpound::doubts(*terms_);
    has_doubts_ = true;
    return doubts_;
  }

  // The rest is there for those who asked for inputs (RecordWriter::wants_inputs).
  bool has_inputs() const { return inputs_ != nullptr; }
  const Inputs& inputs() const {
    assert(has_inputs());
    return *inputs_;
  }
  const Estimate& estimate() const {
    if (!has_estimate_) estimate_ = footpound::estimate(inputs(), *terms_);
    has_estimate_ = true;
    return estimate_;
  }

 private:
  std::string_view name_;
  const Terms* terms_ = nullptr;
  const Inputs* inputs_ = nullptr;
  Figures figures_;
  mutable Doubts doubts_;
  mutable Estimate estimate_;
  mutable bool has_doubts_ = false;
  mutable bool has_estimate_ = false;
};

}  // namespace footpound
