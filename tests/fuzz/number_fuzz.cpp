// SPDX-License-Identifier: MIT
// Our formatter of numbers against std::to_chars: the same shortest digits, and they read back.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "units/number_text.hpp"

namespace {

// Digits without sign, point and zeros at the ends, and the power of the first: one form for any notation.
struct Decimal {
  std::string digits;
  long power = 0;
  bool operator==(const Decimal&) const = default;
};

Decimal taken_apart(std::string text) {
  Decimal decimal;
  if (const std::size_t e = text.find('e'); e != std::string::npos) {
    decimal.power = std::strtol(text.c_str() + e + 1, nullptr, 10);
    text.resize(e);
  }
  if (text.front() == '-') text.erase(0, 1);
  const std::size_t point = std::min(text.find('.'), text.size());
  if (point < text.size()) text.erase(point, 1);
  const std::size_t first = text.find_first_not_of('0');
  if (first == std::string::npos) return {};
  decimal.power += static_cast<long>(point) - 1 - static_cast<long>(first);
  decimal.digits = text.substr(first, text.find_last_not_of('0') + 1 - first);
  return decimal;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace footpound;
  for (; size >= sizeof(double); data += sizeof(double), size -= sizeof(double)) {
    double value;
    std::memcpy(&value, data, sizeof value);
    if (!std::isfinite(value)) continue;
    const std::string ours = number_text(value);
    if (ours.size() >= number_room || std::strtod(ours.c_str(), nullptr) != value) std::abort();
    if ((value < 0) != (ours.front() == '-')) std::abort();
    char theirs[64];  // not the plain form, which writes large whole numbers with all their digits
    const auto end = std::to_chars(theirs, theirs + sizeof theirs, value, std::chars_format::scientific).ptr;
    if (taken_apart(ours) != taken_apart(std::string(theirs, end))) std::abort();
  }
  return 0;
}
