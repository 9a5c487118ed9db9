// SPDX-License-Identifier: MIT
// Words that the parts of the resolver share.
#pragma once

#include <cmath>
#include <string>

#include "estimate/spec.hpp"
#include "factors/factor.hpp"
#include "footpound/base/error.hpp"

namespace footpound {

template <class T>
Factor given(FactorId id, const Stated<T>& stated) {
  Factor factor(id, stated.value);
  factor.log_sd = stated.log_sd;
  if (stated.of_range) factor.note = Note::middle_of_range;
  return factor;
}

// The count where none was stated.
inline Factor one_assumed() {
  Factor one(FactorId::accelerator_count, 1.0);
  one.origin = Origin::assumed;
  one.note = Note::count_default;
  return one;
}

inline Error in_field(Error error, std::string_view field) {
  error.field = field;
  return error;
}

inline Error missing(std::string field, std::string what, std::string instead) {
  return Error{ErrorKind::missing, std::move(field), std::move(what), std::move(instead)};
}

inline double quadrature(double a, double b) { return std::sqrt(a * a + b * b); }

// What the spec speaks of.
bool says_accelerators(const Spec& spec);
bool says_host(const Spec& spec);

}  // namespace footpound
