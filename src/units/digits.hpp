// SPDX-License-Identifier: MIT
// Sixteen decimal digits at once, in the lanes of a vector: parted by multiplication with
// reciprocals into fours, twos and ones. SSE2 is part of every x86-64; elsewhere a plain loop.
#pragma once

#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace footpound {

// The digits of n < 10^16, the first in the lowest byte, each as its value; bit i of `nonzero` says
// whether digit i is other than 0.
struct SixteenDigits {
  __extension__ using Bytes = unsigned __int128;
  Bytes values = 0;
  std::uint32_t nonzero = 0;
};

inline SixteenDigits sixteen_digits_plain(std::uint64_t n) {
  SixteenDigits digits;
  for (int i = 15; i >= 0; --i, n /= 10) {
    digits.values = digits.values << 8 | n % 10;
    digits.nonzero |= (n % 10 != 0 ? 1U : 0U) << i;
  }
  return digits;
}

#if defined(__SSE2__)
inline SixteenDigits sixteen_digits(std::uint64_t n) {
  const auto half = [](std::uint64_t value) { return _mm_cvtsi64_si128(static_cast<long long>(value)); };
  const auto each = [](int value) { return _mm_set1_epi16(static_cast<short>(value)); };
  const std::uint64_t high = n / 100000000;
  const __m128i halves = _mm_unpacklo_epi64(half(high), half(n - high * 100000000));
  // / 10000, exact below 10^8
  const __m128i upper = _mm_srli_epi64(_mm_mul_epu32(halves, _mm_set1_epi64x(3518437209)), 45);
  const __m128i lower = _mm_sub_epi64(halves, _mm_mul_epu32(upper, _mm_set1_epi64x(10000)));
  const __m128i fours = _mm_or_si128(upper, _mm_slli_epi64(lower, 32));
  // / 100, exact below 10^4; what is left goes to the upper half of the lane
  const __m128i hundreds = _mm_srli_epi16(_mm_mulhi_epu16(fours, each(5243)), 3);
  const __m128i left = _mm_add_epi32(fours, _mm_madd_epi16(hundreds, each(-100)));
  const __m128i twos = _mm_or_si128(hundreds, _mm_slli_epi32(left, 16));
  // / 10, exact below 100; tens + 256 x (twos - 10 x tens)
  const __m128i tens = _mm_mulhi_epu16(twos, each(6554));
  const __m128i digits = _mm_add_epi16(_mm_slli_epi16(twos, 8), _mm_mullo_epi16(tens, each(1 - 2560)));
  const auto word = [](__m128i lanes) { return static_cast<std::uint64_t>(_mm_cvtsi128_si64(lanes)); };
  const SixteenDigits::Bytes upper_half = word(_mm_unpackhi_epi64(digits, digits));
  return {upper_half << 64 | word(digits), static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(digits, _mm_setzero_si128()))) ^ 0xFFFFU};
}
#else
inline SixteenDigits sixteen_digits(std::uint64_t n) { return sixteen_digits_plain(n); }
#endif

}  // namespace footpound
