// SPDX-License-Identifier: MIT
// Number -> text: exactly for machines, shortly for people.
#pragma once

#include <cstddef>
#include <string>

namespace footpound {

// The shortest decimal digits that read back to the same double, as JSON and CSV take them:
// plain notation where the decimal point stands within [1e-6, 1e21), else d.ddde-7. `value` is finite.
void append_number(std::string& out, double value);

// The same into memory with `number_room` bytes left; returns the end of the text. What lies
// behind it, within that room, is overwritten.
inline constexpr std::size_t number_room = 64;
char* write_number(char* to, double value);
std::string number_text(double value);

// For people: `digits` significant digits, thousands separated by commas, no exponent up to 1e12;
// whole numbers are not cut. "1,507", "0.0381", "656,347".
std::string human_number(double value, int digits = 4);

// The digits of `value` to `digits` significant ones without exponent or separators.
std::string plain_number(double value, int digits);

}  // namespace footpound
