// SPDX-License-Identifier: MIT
#include "memory/answerer.hpp"

#include <bit>
#include <cmath>
#include <limits>

namespace footpound {

namespace {

std::uint64_t bit_of(std::string_view field) { return bit(*find_field(field)); }

// Below `everyday` for 2^-256 to 2^256: far from where a square, a product of two or an end of an interval
// would be no number, for no user can state more doubt than a factor of 1e7. By exponents, because
// every record of a stream is asked.
constexpr std::uint64_t everyday = 512;
std::uint64_t exponent_above_least(double value) {
  constexpr std::uint64_t bias = 1023;
  return (std::bit_cast<std::uint64_t>(value) >> 52) - (bias - everyday / 2);
}

bool have_everyday_devices(const Figures& figures) {
  return exponent_above_least(figures.accelerator_hours.value_or(0)) < everyday;
}
// Are the figures of an everyday size, and with them all they were made of and all that is shown of
// them? Time and trials, and the devices' time where there are any, tell the sizes of what was multiplied.
bool are_everyday(const Figures& figures, const Terms& terms) {
  // each is below a power of two: so is what has the bits of all
  const std::uint64_t bits = exponent_above_least(in_kwh(figures.it_energy)) |
                             exponent_above_least(in_kwh(figures.energy)) |
                             exponent_above_least(in_hours(terms.hours));
  return bits < everyday && in_grams(figures.co2e) < 1e150 && terms.trials < 1e40;
}

// Does every number of the answer fit: the factors, the figures, and the ends of their intervals? A number
// that is too large is none, and one that is too small has lost its digits, or all of it.
constexpr double smallest = std::numeric_limits<double>::min();
bool all_fit(const Answer& answer) {
  const Inputs& inputs = answer.inputs();
  const Estimate& e = answer.estimate();
  bool fine = true;
  const auto look = [&](double value) {
    fine = fine && std::isfinite(value) && (value == 0 || value >= smallest);
  };
  const auto look_at_ends = [&](const Interval<double>& range) {
    for (const double value : {range.low, range.value, range.high}) look(value);
  };
  if (const Factor* const time = inputs.find(FactorId::hours))
    fine = in_hours(time->as<Duration>()) >= smallest;  // no time at all is no run
  each_factor(inputs, [&](const Factor& factor) { look_at_ends(interval(factor)); });
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    const Boards& boards = inputs.boards[i];
    if (boards.time) look(in_hours(boards.time->total()));
    if (const std::optional<Factor> sum = boards.power_and_host()) look_at_ends(interval(*sum));
  }
  look(answer.figures().accelerator_hours.value_or(0));
  for (const Doubtful<Energy>& energy : {e.it_energy, e.energy})
    look_at_ends({in_kwh(energy.low()), in_kwh(energy.value), in_kwh(energy.high())});
  for (const Energy part :
      {e.accelerator_energy.value_or(Energy{}), e.host_energy.value_or(Energy{}), e.overhead})
    look(in_kwh(part));
  look(in_watts(e.it_power.value_or(Power{})));
  // a kilogram is as much as many of the smallest things it is pictured by
  constexpr double most_per_gram = 1e3;
  for (const Mass mass :
      {e.co2e.low(), e.co2e.high(), e.market_co2e.value_or(Mass{}), e.embodied_co2e.value_or(Mass{})})
    look(in_grams(mass) * most_per_gram);
  if (e.cost_usd) look_at_ends(*e.cost_usd);
  if (inputs.priced_time) look(in_hours(*inputs.priced_time) * inputs[FactorId::trials].as<double>());
  return fine;
}

bool fits(const Answer& answer, const Terms& terms) {
  const Inputs& inputs = answer.inputs();
  const bool no_devices = inputs.board_kinds == 0 && !inputs.has(FactorId::accelerator_count) &&
                          !inputs.has(FactorId::accelerator_hours);
  const bool usual = inputs.has(FactorId::hours) && inputs.board_kinds <= 1 && !inputs.has(FactorId::flops) &&
                     !inputs.has(FactorId::market_intensity) && !inputs.has(FactorId::price) &&
                     !(inputs.board_kinds == 1 && inputs.boards[0].has(FactorId::embodied)) &&
                     (no_devices || have_everyday_devices(answer.figures()));
  return (usual && are_everyday(answer.figures(), terms)) || all_fit(answer);
}

std::unique_ptr<Memory> make_memory(const Catalog& catalog, const AnswerOptions& options) {
  if (options.plain) return std::make_unique<Plain>(catalog);
  return make_remembering(catalog, options.resolve, options.flags_stated);
}

}  // namespace

Error does_not_fit() {
  return {
      ErrorKind::out_of_range, {}, "the result does not fit a number", "check the units of what is stated"};
}

Error as_failure(Error error) {
  if (error.kind == ErrorKind::skipped) error.kind = ErrorKind::missing;
  return error;
}

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
      const Figures& figures = answer_.figures();
      if (have_everyday_devices(figures) && are_everyday(figures, *terms)) return &answer_;
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
  if (!fits(answer_, terms_)) {
    error_ = does_not_fit();
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

}  // namespace footpound
