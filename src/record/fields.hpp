// SPDX-License-Identifier: MIT
// The field table: every input field once. Flags, spec keys and stream columns read it; so do
// help, validation and "did you mean". A field = JSON key = CSV column; flag = field with
// dashes and without the unit.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "estimate/spec.hpp"
#include "footpound/base/result.hpp"
#include "record/record.hpp"
#include "units/amount.hpp"

namespace footpound {

enum class FieldGroup : unsigned char { run, time, hardware, power, place, model };
std::string_view name(FieldGroup group);

// The part of a field that reads its values; small, for those who read many. What is no bare number,
// no text and no usual instant is read by `other`: units, spreads, times, words. Errors carry no
// field name.
struct FieldSetter {
  Result<void> (*other)(Spec& spec, std::string_view text) = nullptr;
  // A bare number in the field's own unit; false where it is out of range.
  bool (*number)(Spec& spec, double value) = nullptr;
  std::optional<std::string_view> Spec::*text = nullptr;  // of a field that any text is a value of
  std::optional<Instant> Spec::*instant = nullptr;
  std::uint64_t bit = 0;  // of the field in Record::stated
};

// What a stream may take over from a record before, where this field is stated (src/memory).
enum class Recall : unsigned char {
  ladders,  // nothing: what it does to an answer is for the ladders to say
  nothing,  // it changes no figure
  name,     // all but the numbers, of a record with the same accelerator
  number,   // all, with this number in its place
  place,    // what is known of the place and the year
};

struct Field {
  std::string_view name;
  std::string_view flag;                    // with its dashes
  std::array<std::string_view, 2> aliases;  // other names of the field; their flags follow
  FieldGroup group;
  std::string_view value;  // what a value looks like, for help
  std::string_view help;
  FieldSetter setter;
  bool (*is_set)(const Spec& spec);
  void (*copy)(Spec& to, const Spec& from);
  Recall recall = Recall::ladders;

  constexpr Field recalled_as(Recall as) const {
    Field field = *this;
    field.recall = as;
    return field;
  }
};

std::span<const Field> fields();

// By name or alias, without case; nullptr where there is none.
const Field* find_field(std::string_view name);

// Names that look like a field and are refused, with why ("power": whole job or each device?).
std::optional<Error> refused_field(std::string_view name);

// The field that `name` was probably meant to be; "" where none is near.
std::string_view near_field(std::string_view name, std::size_t most_edits = 64);

// Makes the record's spec `base` again where the record before, which stated `before`, wrote to it
// and this one did not: cheaper than a copy of the whole.
void restore(Spec& spec, std::uint64_t fields, const Spec& base);
inline void restore_unstated(Record& record, std::uint64_t before, const Spec& base) {
  if ((before & ~record.stated) != 0) restore(record.spec, before & ~record.stated, base);
}

inline std::uint64_t bit(const Field& field) { return field.setter.bit; }
inline std::size_t index_of(const Field& field) {
  return static_cast<std::size_t>(std::countr_zero(bit(field)));
}

inline std::string_view without_blanks(std::string_view text) {
  if (!text.empty() && text.front() > ' ' && text.back() > ' ') return text;  // mostly
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// Sets the field from a cell or key; blanks around it are dropped, and an empty text means
// "not stated". `said` is the name the user wrote (it outlives the record); errors carry it.
Result<void> set_field(const Field& field, std::string_view said, std::string_view text, Record& record);

// The same for readers of many records, which have put into Record::said what the field is called and
// find an error with the record, where there is none yet. state_number() is false where the text is more than
// a number, or out of range: then state_field() has to say what it is.
inline bool state_number(const FieldSetter& field, TextWithin text, Record& record) {
  double number = 0;
  if (field.number == nullptr || !text.parse_short_decimal(number) || !field.number(record.spec, number))
    return false;
  record.stated |= field.bit;
  return true;
}

void state_otherwise(const FieldSetter& field, std::string_view text, Record& record);
inline void state_field(const FieldSetter& field, TextWithin within, Record& record) {
  const std::string_view text = without_blanks(within.text());
  if (text.empty() || state_number(field, within.part(text), record)) return;
  record.stated |= field.bit;
  Instant instant;
  if (field.text != nullptr) {
    record.spec.*field.text = text;
  } else if (field.instant != nullptr && parse_usual_instant(text, record.day, instant)) {
    record.spec.*field.instant = instant;
  } else {
    state_otherwise(field, text, record);
  }
}

}  // namespace footpound
