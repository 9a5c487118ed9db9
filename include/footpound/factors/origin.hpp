// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace footpound {

// How a number of an answer came about.
enum class Origin : unsigned char {
  given,    // stated by the user
  table,    // a row that speaks of just this
  derived,  // calculated or carried over from rows that speak of something near
  assumed,  // a default that knows nothing of this run; AnswerRules::strict and --strict refuse it
};
std::string_view name(Origin origin);

}  // namespace footpound
