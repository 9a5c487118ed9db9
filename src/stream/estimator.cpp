// SPDX-License-Identifier: MIT
#include "stream/estimator.hpp"

#include <cmath>

#include "io/fields.hpp"

namespace footpound {

namespace {

std::uint64_t bit_of(std::string_view field) { return bit(*find_field(field)); }

// Records that state the same fields, where they are none of the place's; flags are the same for
// all. Readers that write to the spec without a field of their own (Slurm's) have no shape.
std::uint64_t shape_of(const Record& record) {
  static const std::uint64_t others = [] {
    std::uint64_t bits = bit_of("name");
    for (const Field& field : fields()) {
      if (field.group == FieldGroup::place) bits |= bit(field);
    }
    return ~bits;
  }();
  constexpr std::uint64_t known = std::uint64_t{1} << 62;
  return record.states_by_field ? (record.stated & others) | known : 0;
}

// Every figure and end of an interval is a finite number. The ends are only worked out where
// they could fail to be.
bool fits(const Estimate& e) {
  constexpr double safe = 1e150;
  const bool plain = in_grams(e.co2e.value) < safe && in_kwh(e.energy.value) < safe && e.co2e.log_variance_above < 1e4;
  const bool ends = plain || (std::isfinite(in_kwh(e.energy.high())) && std::isfinite(in_grams(e.co2e.high())));
  return ends && (!e.market_co2e || std::isfinite(in_grams(*e.market_co2e))) &&
         (!e.embodied_co2e || std::isfinite(in_grams(*e.embodied_co2e))) && (!e.it_power || std::isfinite(in_watts(*e.it_power)));
}

}  // namespace

Answerer::Answerer(const Catalog& catalog, ResolveOptions options, std::uint64_t flags_stated)
    : resolver_(catalog, options), flags_stated_(flags_stated) {}

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

const Answer& Answerer::answer(const Record& record) {
  answer_.error.reset();
  flags_needed_ |= flags_stated_ & ~record.stated;
  if (record.error) {
    answer_.error = record.error;
    return answer_;
  }
  const Spec& spec = flags_stated_ != 0 ? without_displaced_flags(record) : record.spec;
  answer_.name = spec.name.value_or("");
  Result<const Inputs*> inputs = resolver_.resolve(spec, shape_of(record));
  if (!inputs) {
    answer_.error = std::move(inputs.error());
    // in the user's words: "gpu", where the record says so
    const Field* field = find_field(answer_.error->field);
    if (field != nullptr && (record.stated & bit(*field)) != 0) answer_.error->field = record.said[index_of(*field)];
    return answer_;
  }
  answer_.inputs = *inputs;
  estimate(**inputs, answer_.estimate);
  const Estimate& e = answer_.estimate;
  if (!fits(e)) {
    answer_.error = Error{ErrorKind::out_of_range, {}, "the result does not fit a number", "check the units of what is stated"};
  }
  return answer_;
}

const std::optional<Error>& Estimator::record(Record& record, std::string& out) {
  const Answer& answer = answerer_.answer(record);
  writer_.record(record, answer, out);
  return answer.error;
}

}  // namespace footpound
