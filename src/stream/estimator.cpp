// SPDX-License-Identifier: MIT
#include "stream/estimator.hpp"

#include <algorithm>
#include <cmath>

#include "io/fields.hpp"

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

// Is every figure and end of an interval a finite number?
bool fits(const Answer& answer) {
  const Inputs& inputs = answer.inputs();
  const bool plain = inputs.hours && inputs.hours->value > shortest_hours && !inputs.hours_overhead &&
                     !inputs.market_intensity && !inputs.price &&
                     !(inputs.board_kinds > 0 && inputs.boards[0].embodied);
  if (plain && are_everyday(answer.figures)) return true;
  const Estimate& e = answer.estimate();
  const auto all_finite = [](std::initializer_list<double> values) {
    return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
  };
  return all_finite({in_kwh(e.energy.high()), in_grams(e.co2e.high()),
      in_grams(e.market_co2e.value_or(Mass{})), in_grams(e.embodied_co2e.value_or(Mass{})),
      in_watts(e.it_power.value_or(Power{})), e.cost_usd ? e.cost_usd->high : 0});
}

}  // namespace

Answerer::Answerer(const Catalog& catalog, ResolveOptions options, std::uint64_t flags_stated)
    : resolver_(catalog, options), flags_stated_(flags_stated), shaping_(~bit_of("name")) {
  for (const Field& field : fields()) {
    if (field.group == FieldGroup::place) shaping_ &= ~bit(field);
  }
}

// Records that state the same fields, where they are none of the place's; flags are the same for
// all. Readers that write to the spec without a field of their own (Slurm's) have no shape.
std::uint64_t Answerer::shape_of(const Record& record) const {
  constexpr std::uint64_t known = std::uint64_t{1} << 62;
  return record.states_by_field ? (record.stated & shaping_) | known : 0;
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

bool Answerer::is_repeat(const Spec& spec, std::uint64_t shape) {
  if (!resolver_.repeat(spec, shape, answer_.figures) || !are_everyday(answer_.figures) ||
      !(in_hours(spec.hours->value) > shortest_hours))
    return false;
  answer_.name = spec.name.value_or("");
  answer_.is_by(*this);
  spec_ = &spec;
  shape_ = shape;
  return true;
}

const Answer* Answerer::answer_anew(const Record& record) {
  error_.reset();
  flags_needed_ |= flags_stated_ & ~record.stated;
  if (record.error) {
    error_ = record.error;
    return nullptr;
  }
  const Spec& spec = flags_stated_ != 0 ? without_displaced_flags(record) : record.spec;
  const std::uint64_t shape = shape_of(record);
  if (!inputs_are_wanted_ && is_repeat(spec, shape)) return &answer_;
  answer_.name = spec.name.value_or("");
  Result<const Inputs*> inputs = resolver_.resolve(spec, shape);
  if (!inputs) {
    error_ = std::move(inputs.error());
    // in the user's words: "gpu", where the record says so
    if (blamed_ == nullptr || blamed_->name != error_->field) blamed_ = find_field(error_->field);
    if (blamed_ != nullptr && (record.stated & bit(*blamed_)) != 0)
      error_->field = record.said[index_of(*blamed_)];
    return nullptr;
  }
  answer_.is_of(**inputs);
  if (!fits(answer_)) {
    error_ = Error{
        ErrorKind::out_of_range, {}, "the result does not fit a number", "check the units of what is stated"};
    return nullptr;
  }
  return &answer_;
}

const Inputs& Answerer::make_inputs() {
  inputs_are_wanted_ = true;
  return **resolver_.resolve(*spec_, shape_);
}

const std::optional<Error>& Estimator::record(Record& record, std::string& out) {
  if (const Answer* answer = answerer_.answer(record)) {
    writer_.record(record, *answer, out);
  } else {
    writer_.failure(record, *answerer_.error(), out);
  }
  return answerer_.error();
}

}  // namespace footpound
