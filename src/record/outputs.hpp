// SPDX-License-Identifier: MIT
// The table of output fields: names, order and defaults are what scripts rely on. New fields
// are only ever appended (before `error`, which stays last).
#pragma once

#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "footpound/base/result.hpp"
#include "record/answer.hpp"

namespace footpound {

struct OutputField {
  std::string_view name;
  bool by_default;  // in a stream's columns without --columns
  std::string_view help;
  // one of the two; no number or an empty text is an empty cell, null in JSON.
  double (*number)(const Answer&);  // NaN where there is none: an optional is returned through memory
  void (*text)(const Answer&, std::string& out);
  bool of_inputs = false;    // reads more of an answer than its figures and their intervals
  bool of_failures = false;  // what failures alone have: empty wherever there is an answer

  std::optional<double> number_of(const Answer& answer) const {
    const double value = number(answer);
    return std::isnan(value) ? std::nullopt : std::optional(value);
  }
};

std::span<const OutputField> output_fields();
inline std::size_t index_of(const OutputField& field) {
  return static_cast<std::size_t>(&field - output_fields().data());
}
const OutputField* find_output(std::string_view name);

// "all", "default", or names separated by commas. Errors name the nearest field.
Result<std::vector<const OutputField*>> parse_columns(std::string_view list);
// Does any of them read an answer's inputs?
bool any_of_inputs(const std::vector<const OutputField*>& columns);
std::vector<const OutputField*> default_columns();
std::vector<const OutputField*> all_columns();

}  // namespace footpound
