// SPDX-License-Identifier: MIT
#include "memory/answerer.hpp"

#include <algorithm>
#include <cmath>

namespace footpound {

namespace {

std::uint64_t bit_of(std::string_view field) { return bit(*find_field(field)); }

constexpr double shortest_hours = 1e-100;  // power is energy / time

// Are the figures of an everyday size, and with them the ends of their intervals? Neither tables nor
// users can state more doubt than e^100 above the central value; that of time from FLOPs aside.
bool are_everyday(const Figures& figures) {
  constexpr double safe = 1e150;
  return in_grams(figures.co2e) < safe && in_kwh(figures.energy) < safe;
}

std::unique_ptr<Memory> make_memory(const Catalog& catalog, const AnswerOptions& options) {
  if (options.plain) return std::make_unique<Plain>(catalog);
  return make_remembering(catalog, options.resolve, options.flags_stated);
}

}  // namespace

Answerer::Answerer(const Catalog& catalog, const AnswerOptions& options, bool wants_inputs)
    : flags_stated_(options.flags_stated),
      wants_inputs_(wants_inputs),
      memory_(make_memory(catalog, options)),
      resolver_(catalog, options.resolve, memory_->lookups()) {}

const Answer* Answerer::answer(const Record& record) {
  error_.reset();
  flags_needed_ |= flags_stated_ & ~record.stated;
  if (record.error) {
    error_ = record.error;
    return nullptr;
  }
  const Spec& spec = flags_stated_ != 0 ? without_displaced_flags(record) : record.spec;
  if (!wants_inputs_) {
    if (const Terms* const terms = memory_->recall(record, spec)) {
      answer_.set(spec.name.value_or(""), *terms);
      if (are_everyday(answer_.figures()) && in_hours(terms->hours) > shortest_hours) return &answer_;
    }
  }
  return answer_by_ladders(record, spec);
}

const Answer* Answerer::answer_by_ladders(const Record& record, const Spec& spec) {
  if (Result<void> done = resolver_.resolve(spec, inputs_); !done) {
    error_ = std::move(done.error());
    // in the user's words: "gpu", where the record says so
    if (blamed_ == nullptr || blamed_->name != error_->field) blamed_ = find_field(error_->field);
    if (blamed_ != nullptr && (record.stated & bit(*blamed_)) != 0)
      error_->field = record.said[index_of(*blamed_)];
    return nullptr;
  }
  terms_ = terms_of(inputs_);
  answer_.set(spec.name.value_or(""), terms_, inputs_);
  if (!fits()) {
    error_ = Error{
        ErrorKind::out_of_range, {}, "the result does not fit a number", "check the units of what is stated"};
    return nullptr;
  }
  if (!wants_inputs_) memory_->keep(record, spec, inputs_, terms_);
  return &answer_;
}

// Flags are defaults under rows: a record that states its time in one way does not inherit it
// in another, or the two could contradict each other.
const Spec& Answerer::without_displaced_flags(const Record& record) {
  static const std::uint64_t hours = bit_of("hours");
  static const std::uint64_t accelerator_hours = bit_of("accelerator_hours");
  static const std::uint64_t span = bit_of("start") | bit_of("end");
  const std::uint64_t time = hours | accelerator_hours | span;
  if ((record.stated & time) == 0 || (flags_stated_ & time) == 0) return record.spec;
  undisplaced_ = record.spec;
  if ((record.stated & hours) == 0) undisplaced_.hours.reset();
  if ((record.stated & accelerator_hours) == 0) undisplaced_.accelerator_hours.reset();
  return undisplaced_;
}

// Is every figure and end of an interval a finite number?
bool Answerer::fits() const {
  const bool plain = inputs_.hours && inputs_.hours->value > shortest_hours && !inputs_.hours_overhead &&
                     !inputs_.market_intensity && !inputs_.price &&
                     !(inputs_.board_kinds > 0 && inputs_.boards[0].embodied);
  if (plain && are_everyday(answer_.figures())) return true;
  const Estimate& e = answer_.estimate();
  const auto all_finite = [](std::initializer_list<double> values) {
    return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
  };
  return all_finite({in_kwh(e.energy.high()), in_grams(e.co2e.high()),
      in_grams(e.market_co2e.value_or(Mass{})), in_grams(e.embodied_co2e.value_or(Mass{})),
      in_watts(e.it_power.value_or(Power{})), e.cost_usd ? e.cost_usd->high : 0});
}

}  // namespace footpound
