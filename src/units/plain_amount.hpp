// SPDX-License-Identifier: MIT
// Amounts as machines and careful people write them: a number, a unit, a spread. What people print
// in prose is made into this (amount.cpp).
#pragma once

#include <cstddef>
#include <string_view>

#include "footpound/base/result.hpp"
#include "units/amount.hpp"

namespace footpound {

// Accepts: optional sign, decimal or exponent notation, +-spread (also the sign U+00B1; a spread in
// percent or in the same unit), a unit; durations also as 3d7h, 1h30m, [D-]HH:MM:SS; counts with k M B T.
// Errors as parse_amount().
Result<Amount> parse_plain_amount(std::string_view text, UnitKind kind);

// How many of the leading bytes can belong to a number without thousands marks.
std::size_t number_length(std::string_view text);

std::string_view trim(std::string_view text);  // of blanks and tabs

}  // namespace footpound
