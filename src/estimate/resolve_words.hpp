// SPDX-License-Identifier: MIT
// Words that the parts of the resolver share.
#pragma once

#include <cmath>
#include <string>
#include <type_traits>

#include "estimate/spec.hpp"
#include "factors/factor.hpp"
#include "footpound/base/error.hpp"

namespace footpound {

template <class T>
Factor given(FactorId id, const Stated<T>& stated) {
  Factor factor;
  factor.id = id;
  factor.origin = Origin::given;
  if constexpr (std::is_same_v<T, double>) {
    factor.value = stated.value;
  } else {
    factor.value = stated.value.stored();
  }
  factor.log_sd = stated.log_sd;
  return factor;
}

// The count where none was stated.
inline Factor one_assumed() {
  Factor one;
  one.id = FactorId::accelerator_count;
  one.origin = Origin::assumed;
  one.note = Note::count_default;
  one.value = 1;
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
