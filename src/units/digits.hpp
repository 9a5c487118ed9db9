// SPDX-License-Identifier: MIT
// Sixteen decimal digits at once, in the lanes of a vector: parted by multiplication with
// reciprocals into fours, twos and ones. SSE2 is part of every x86-64; elsewhere a plain loop.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace footpound {

// The digits of n < 10^16 as text. Sixteen bytes are written at a time, whatever of them is wanted.
class PlainSixteenDigits {
 public:
  explicit PlainSixteenDigits(std::uint64_t n) {
    for (int i = 15; i >= 0; --i, n /= 10) text_[i] = static_cast<char>('0' + n % 10);
  }

  // bit i says whether digit i is other than 0
  std::uint32_t nonzero() const {
    std::uint32_t bits = 0;
    for (unsigned i = 0; i < 16; ++i) bits |= (text_[i] != '0' ? 1U : 0U) << i;
    return bits;
  }
  void store(char* to) const { std::memcpy(to, text_, 16); }
  // A byte of whatever value stands behind the first `first` digits. first <= 16
  void store_parted(char* to, unsigned first) const {
    store(to);
    std::memcpy(to + first + 1, text_ + first, 16 - first);
  }

 private:
  char text_[16];
};

#if defined(__SSE2__)
class SixteenDigits {
 public:
  explicit SixteenDigits(std::uint64_t n) {
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
    text_ = _mm_or_si128(digits, _mm_set1_epi8('0'));
  }

  std::uint32_t nonzero() const {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(text_, _mm_set1_epi8('0')))) ^ 0xFFFFU;
  }
  void store(char* to) const { _mm_storeu_si128(reinterpret_cast<__m128i*>(to), text_); }
  void store_parted(char* to, unsigned first) const {
    static constexpr std::uint64_t all = ~std::uint64_t{0};
    alignas(16) static constexpr std::uint64_t chosen[] = {all, all, 0, 0};
    const __m128i in_front =
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(reinterpret_cast<const char*>(chosen) + 16 - first));
    const __m128i behind = _mm_slli_si128(text_, 1);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to),
        _mm_or_si128(_mm_and_si128(in_front, text_), _mm_andnot_si128(in_front, behind)));
    to[16] = static_cast<char>(_mm_extract_epi16(text_, 7) >> 8);
  }

 private:
  __m128i text_;
};
#else
using SixteenDigits = PlainSixteenDigits;
#endif

}  // namespace footpound
