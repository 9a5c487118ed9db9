// SPDX-License-Identifier: MIT
#include "stream/estimator.hpp"

#include <algorithm>
#include <cmath>

#include "io/fields.hpp"

namespace footpound {

namespace {

std::uint64_t bit_of(std::string_view field) { return bit(*find_field(field)); }

// Far from where a square, a product of two or an end of an interval would not be a number: no user
// can state more doubt than a factor of 1e7.
bool is_everyday(double value) { return value > 1e-100 && value < 1e150; }

// Are the figures of an everyday size, and with them all they were made of and all that is shown of
// them? Time and trials, and the devices' time where there are any, tell the sizes of what was multiplied.
bool have_everyday_devices(const Figures& figures) {
  return is_everyday(figures.accelerator_hours.value_or(0));
}
bool are_everyday(const Figures& figures, double hours, double trials) {
  return is_everyday(in_kwh(figures.it_energy)) && is_everyday(in_kwh(figures.energy)) &&
         in_grams(figures.co2e) < 1e150 && is_everyday(hours) && trials < 1e40;
}

// Is every number of the answer finite: the factors, the figures, and the ends of their intervals?
bool all_fit(const Answer& answer) {
  const Inputs& inputs = answer.inputs();
  const Estimate& e = answer.estimate();
  bool fine = true;
  const auto look = [&](double value) { fine = fine && std::isfinite(value); };
  const auto look_at_ends = [&](const Interval<double>& range) {
    for (const double value : {range.low, range.value, range.high}) look(value);
  };
  each_factor(inputs, [&](const Factor& factor) { look_at_ends(interval(factor)); });
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    const Boards& boards = inputs.boards[i];
    if (boards.device_time) look(in_hours(*boards.device_time));
    if (!boards.power || !boards.host_power) continue;
    Factor sum = *boards.power;
    sum.value += boards.host_power->value;
    sum.log_sd = boards.sum_log_sd.value_or(0);
    look_at_ends(interval(sum));
  }
  look(answer.figures.accelerator_hours.value_or(0));
  for (const Doubtful<Energy>& energy : {e.it_energy, e.energy})
    look_at_ends({in_kwh(energy.low()), in_kwh(energy.value), in_kwh(energy.high())});
  for (const Energy part : {e.accelerator_energy.value_or(Energy{}), e.host_energy.value_or(Energy{}), e.overhead})
    look(in_kwh(part));
  look(in_watts(e.it_power.value_or(Power{})));
  // a kilogram is as much as many of the smallest things it is pictured by
  constexpr double most_per_gram = 1e3;
  for (const Mass mass : {e.co2e.low(), e.co2e.high(), e.market_co2e.value_or(Mass{}), e.embodied_co2e.value_or(Mass{})})
    look(in_grams(mass) * most_per_gram);
  if (e.cost_usd) look_at_ends(*e.cost_usd);
  if (inputs.priced_time) look(in_hours(*inputs.priced_time) * inputs.trials.value);
  return fine;
}

bool fits(const Answer& answer) {
  const Inputs& inputs = answer.inputs();
  const bool no_devices = inputs.board_kinds == 0 && !inputs.count && !inputs.accelerator_hours;
  const bool usual = inputs.hours && inputs.board_kinds <= 1 && !inputs.flops && !inputs.market_intensity &&
                     !inputs.price && !(inputs.board_kinds == 1 && inputs.boards[0].embodied) &&
                     (no_devices || have_everyday_devices(answer.figures));
  return (usual && are_everyday(answer.figures, inputs.hours->value, inputs.trials.value)) || all_fit(answer);
}

}  // namespace

Error does_not_fit() {
  return {ErrorKind::out_of_range, {}, "the result does not fit a number", "check the units of what is stated"};
}

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
  if (!resolver_.repeat(spec, shape, answer_.figures) || !have_everyday_devices(answer_.figures) ||
      !are_everyday(answer_.figures, in_hours(spec.hours->value), spec.trials ? spec.trials->value : 1))
    return false;
  answer_.name = spec.name.value_or("");
  answer_.is_by(*this);
  spec_ = &spec;
  shape_ = shape;
  return true;
}

const Answer& Answerer::answer_anew(const Record& record) {
  answer_.error.reset();
  flags_needed_ |= flags_stated_ & ~record.stated;
  if (record.error) {
    answer_.error = record.error;
    return answer_;
  }
  const Spec& spec = flags_stated_ != 0 ? without_displaced_flags(record) : record.spec;
  const std::uint64_t shape = shape_of(record);
  if (!inputs_are_wanted_ && is_repeat(spec, shape)) return answer_;
  answer_.name = spec.name.value_or("");
  Result<const Inputs*> inputs = resolver_.resolve(spec, shape);
  if (!inputs) {
    answer_.error = std::move(inputs.error());
    // in the user's words: "gpu", where the record says so
    if (blamed_ == nullptr || blamed_->name != answer_.error->field)
      blamed_ = find_field(answer_.error->field);
    if (blamed_ != nullptr && (record.stated & bit(*blamed_)) != 0)
      answer_.error->field = record.said[index_of(*blamed_)];
    return answer_;
  }
  answer_.is_of(**inputs);
  if (!fits(answer_)) {
    answer_.error = does_not_fit();
  }
  return answer_;
}

const Inputs& Answerer::make_inputs() {
  inputs_are_wanted_ = true;
  return **resolver_.resolve(*spec_, shape_);
}

const std::optional<Error>& Estimator::record(Record& record, std::string& out) {
  const Answer& answer = answerer_.answer(record);
  writer_.record(record, answer, out);
  return answer.error;
}

}  // namespace footpound
