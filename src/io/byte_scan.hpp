// SPDX-License-Identifier: MIT
// Finds the bytes that structure delimited text: delimiter, quote, line feed. 64 bytes become
// one mask, so that a row of short fields costs a few instructions a field instead of a
// memchr each (docs/decisions/0006). SSE2 is part of every x86-64; elsewhere a plain loop.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace footpound {

// Bit i: bytes[i] is `a`, `b` or `c`. Reads 64 bytes.
inline std::uint64_t mask_plain(const char* bytes, char a, char b, char c) {
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < 64; ++i) {
    const bool hit = bytes[i] == a || bytes[i] == b || bytes[i] == c;
    mask |= std::uint64_t{hit} << i;
  }
  return mask;
}

#if defined(__SSE2__)
inline std::uint64_t mask_of(const char* bytes, char a, char b, char c) {
  const __m128i first = _mm_set1_epi8(a);
  const __m128i second = _mm_set1_epi8(b);
  const __m128i third = _mm_set1_epi8(c);
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < 4; ++i) {
    const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * i));
    const __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(chunk, first), _mm_cmpeq_epi8(chunk, second)),
                                     _mm_cmpeq_epi8(chunk, third));
    mask |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(hit))} << (16 * i);
  }
  return mask;
}
#else
inline std::uint64_t mask_of(const char* bytes, char a, char b, char c) { return mask_plain(bytes, a, b, c); }
#endif

// Walks over the structuring bytes of a text, in order.
class ByteScan {
 public:
  ByteScan(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) { load(0); }

  // Position of the next structuring byte at or behind the last `skip_to`; text.size() at the end.
  std::size_t next() {
    while (mask_ == 0) {
      if (base_ + 64 >= text_.size()) return text_.size();
      load(base_ + 64);
    }
    const std::size_t at = base_ + static_cast<std::size_t>(std::countr_zero(mask_));
    mask_ &= mask_ - 1;
    return at;
  }

  // Calls `visit(position)` for each structuring byte from here on, and for the text's end, until
  // it answers with anything but `go_on`; returns that. The same as next(), for tight loops.
  static constexpr std::size_t go_on = ~std::size_t{1};
  template <class Visit>
  std::size_t each(Visit visit) {
    std::uint64_t mask = mask_;
    while (true) {
      for (; mask != 0; mask &= mask - 1) {
        const std::size_t answer = visit(base_ + static_cast<std::size_t>(std::countr_zero(mask)));
        if (answer == go_on) continue;
        mask_ = mask & (mask - 1);
        return answer;
      }
      mask_ = 0;
      if (base_ + 64 >= text_.size()) return visit(text_.size());
      load(base_ + 64);
      mask = mask_;
    }
  }

  // Goes on behind position `at`.
  void skip_to(std::size_t at) {
    load(at & ~std::size_t{63});
    mask_ &= ~std::uint64_t{0} << (at & 63);
  }

 private:
  void load(std::size_t base) {
    base_ = base;
    if (base >= text_.size()) {
      mask_ = 0;
    } else if (text_.size() - base >= 64) {
      mask_ = mask_of(text_.data() + base, delimiter_, '"', '\n');
    } else {
      mask_ = 0;
      for (std::size_t i = base; i < text_.size(); ++i) {
        const bool hit = text_[i] == delimiter_ || text_[i] == '"' || text_[i] == '\n';
        mask_ |= std::uint64_t{hit} << (i - base);
      }
    }
  }

  std::string_view text_;
  char delimiter_;
  std::size_t base_ = 0;
  std::uint64_t mask_ = 0;
};

}  // namespace footpound
