// SPDX-License-Identifier: MIT
// Text -> number in a known unit: "12.04kW", "3d7h", "36:00:00", "0.954lb/kWh", "65B", "79+-2".
// One table of units for the whole program.
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "footpound/base/result.hpp"

namespace footpound {

// What is measured; each kind has one unit of its own, in which a bare number is read.
enum class UnitKind : unsigned char {
  count,        // 1
  ratio,        // 1, and never thousands
  devices,      // 1; "8 GPUs"
  share,        // 1 (0..1); "35%"
  power,        // W
  duration,     // h, of the clock
  device_time,  // h, devices x hours; "40 GPU-days"
  energy,       // kWh
  intensity,    // g CO2e per kWh
  memory,       // GB (10^9 bytes)
  operations,   // FLOP
  money,        // USD
};

struct Unit {
  std::string_view symbol;  // compared without case where `any_case`
  UnitKind kind;
  double multiply;  // text x multiply / divide = the kind's own unit; two exact
  double divide;    // numbers, so that "90min" is 1.5 h to the last digit
  bool any_case;
};

std::span<const Unit> units();
std::string_view own_unit(UnitKind kind);   // "W", "h", ... ; "" for what is a bare number
std::string_view kind_name(UnitKind kind);  // "a power"

// A number as stated, with the spread the user gave it ("79+-2": the half-width of the 5-95 %
// range) as a log standard deviation; 0 = none stated.
struct Amount {
  double value = 0;
  double log_sd = 0;
  bool is_bare = false;   // a number without a unit: what it counts was not said
  bool of_range = false;  // the middle of a stated range, its spread half of it
};

// Reads `text` as a `kind`. Errors (bad_value, out_of_range) carry no field name: the caller
// knows it. Accepts what parse_plain_amount() does, and what people print: "about 61,440 hours",
// "1.3M GPU hours", "672 hours (28 days)", "8-12 hours", "1 day, 2:03:04". A comma is a thousands mark
// only where it can be no decimal one. Rejects inf, nan, hexadecimal, numbers that overflow or
// underflow a double, and limits ("< 1 hour").
Result<Amount> parse_amount(std::string_view text, UnitKind kind);

// The 5th and 95th percentiles of a log-normal lie at exp(+-z90 x log_sd) of its median.
inline constexpr double z90 = 1.6448536269514722;

// No stated spread has a wider half-width than a million times its value: asinh(1e6) / z90.
inline constexpr double most_log_sd = 8.8206375940055;

// Number without unit, the whole of `text`; nullopt where it is none or not finite.
// Locale changes nothing. "" is none.
bool parse_long_number(std::string_view text, double& value);  // the slow part: exponents, signs, many digits

// Up to 15 digits and no exponent: mantissa and power of ten are both exact doubles, so one
// division rounds correctly (Clinger 1990, "How to read floating point numbers accurately").
// Inline: a stream reads several per record.
inline constexpr double exact_powers_of_ten[] = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

inline bool parse_short_decimal(std::string_view text, double& value) {
  constexpr std::ptrdiff_t most_digits = 15;
  if (text.size() > most_digits + 1) return false;
  const char* at = text.data();
  const char* const end = at + text.size();
  std::uint64_t mantissa = 0;
  const auto digits = [&] {
    const char* const begin = at;
    for (; at != end; ++at) {
      const unsigned digit = static_cast<unsigned char>(*at) - unsigned{'0'};
      if (digit > 9) break;
      mantissa = mantissa * 10 + digit;
    }
    return at - begin;
  };
  const std::ptrdiff_t whole = digits();
  std::ptrdiff_t decimals = 0;
  if (at != end) {
    if (*at++ != '.') return false;
    decimals = digits();
    if (at != end) return false;
  }
  if (whole + decimals == 0 || whole + decimals > most_digits) return false;
  value = static_cast<double>(mantissa) / exact_powers_of_ten[decimals];
  return true;
}

// A text inside a larger one, whose bytes in front of it may be read with it. Both outlive this.
class TextWithin {
 public:
  // With nothing in front.
  explicit TextWithin(std::string_view text) : text_(text), begin_(text.data()) {}
  // `text` is a part of `whole`.
  TextWithin(std::string_view text, std::string_view whole) : text_(text), begin_(whole.data()) {
    assert(whole.data() <= text.data() && text.data() + text.size() <= whole.data() + whole.size());
  }
  std::string_view text() const { return text_; }
  // A part of the text, with as much in front.
  TextWithin part(std::string_view text) const {
    TextWithin part = *this;
    part.text_ = text;
    return part;
  }

  // As parse_short_decimal(text(), value), mostly by word arithmetic.
  bool parse_short_decimal(double& value) const {
    const bool has_eight_bytes = text_.size() - 1 < 8 && text_.data() + text_.size() - begin_ >= 8;
    return has_eight_bytes ? parse_eight_bytes(value) : footpound::parse_short_decimal(text_, value);
  }

 private:
  // Of one to eight bytes: no branch depends on how many digits there are. Reads the eight bytes that end
  // with the text.
  bool parse_eight_bytes(double& value) const {
    static_assert(std::endian::native == std::endian::little);
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t highs = 0x80 * ones;
    std::uint64_t word = 0;
    std::memcpy(&word, text_.data() + text_.size() - 8, 8);
    // zeros in front, as digits
    const std::uint64_t foreign = (std::uint64_t{1} << (64 - 8 * text_.size())) - 1;
    word = ((word ^ ('0' * ones)) & ~foreign);
    // the first point, whose bits are now those of '.' ^ '0', goes; what stands before it moves up
    const std::uint64_t points = word ^ (('.' ^ '0') * ones);
    const std::uint64_t point = ((points - ones) & ~points & highs);
    const std::uint64_t before = ((point & (~point + 1)) >> 7) - 1;  // all bytes where there is no point
    const bool has_point = point != 0;
    const std::uint64_t digits =
        has_point ? (word & ~before & ~((before + 1) * 0xFF)) | ((word & before) << 8) : word;
    if ((((digits + 0x76 * ones) | digits) & highs) != 0 || text_.size() == (has_point ? 1 : 0)) return false;
    const unsigned decimals = has_point ? 7 - static_cast<unsigned>(std::countr_zero(point)) / 8 : 0;
    const std::uint64_t pairs = digits * 10 + (digits >> 8);
    const std::uint64_t mantissa = ((pairs & 0x000000FF000000FFU) * 0x000F424000000064U +
                                       ((pairs >> 16) & 0x000000FF000000FFU) * 0x0000271000000001U) >>
                                   32;
    value = static_cast<double>(static_cast<std::uint32_t>(mantissa)) / exact_powers_of_ten[decimals];
    return true;
  }

  std::string_view text_;
  const char* begin_;
};

inline bool parse_number(std::string_view text, double& value) {
  return parse_short_decimal(text, value) || parse_long_number(text, value);
}

}  // namespace footpound
