// SPDX-License-Identifier: MIT
// Finds the bytes that structure text: delimiter, line feed, quote, the ends of a JSON string or
// number. Of delimited text 64 bytes become masks, and masks become positions, a few thousand bytes ahead of
// their reader: a cell costs a few instructions instead of a memchr (docs/decisions/0006). SSE2 is part of
// every x86-64; elsewhere a plain loop.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace footpound {

// Of 64 bytes; bit i speaks of byte i.
struct ByteMasks {
  std::uint64_t ends = 0;  // a delimiter or a line feed: where a cell ends
  std::uint64_t newlines = 0;
  std::uint64_t quotes = 0;
  bool operator==(const ByteMasks&) const = default;
};

inline ByteMasks masks_plain(const char* bytes, char delimiter) {
  ByteMasks masks;
  for (unsigned i = 0; i < 64; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    if (bytes[i] == '\n') masks.newlines |= bit;
    if (bytes[i] == '\n' || bytes[i] == delimiter) masks.ends |= bit;
    if (bytes[i] == '"') masks.quotes |= bit;
  }
  return masks;
}

#if defined(__SSE2__)
inline ByteMasks masks_of(const char* bytes, char delimiter) {
  const __m128i delimiters = _mm_set1_epi8(delimiter);
  const __m128i newlines = _mm_set1_epi8('\n');
  const __m128i quotes = _mm_set1_epi8('"');
  ByteMasks masks;
  __m128i quoted[4];
  for (unsigned i = 0; i < 4; ++i) {
    const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * i));
    const __m128i is_newline = _mm_cmpeq_epi8(chunk, newlines);
    const __m128i is_end = _mm_or_si128(is_newline, _mm_cmpeq_epi8(chunk, delimiters));
    quoted[i] = _mm_cmpeq_epi8(chunk, quotes);
    masks.newlines |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(is_newline))} << (16 * i);
    masks.ends |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(is_end))} << (16 * i);
  }
  // quotes are rare: one look for all
  if (_mm_movemask_epi8(
          _mm_or_si128(_mm_or_si128(quoted[0], quoted[1]), _mm_or_si128(quoted[2], quoted[3]))) != 0) {
    for (unsigned i = 0; i < 4; ++i) {
      masks.quotes |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(quoted[i]))} << (16 * i);
    }
  }
  return masks;
}
#else
inline ByteMasks masks_of(const char* bytes, char delimiter) { return masks_plain(bytes, delimiter); }
#endif

// Of 16 bytes, bit i speaks of byte i: those that end a run of plain JSON string bytes ('"', '\\',
// or below 0x20).
inline std::uint32_t string_stops_plain(const char* bytes) {
  std::uint32_t stops = 0;
  for (unsigned i = 0; i < 16; ++i) {
    if (bytes[i] == '"' || bytes[i] == '\\' || static_cast<unsigned char>(bytes[i]) < 0x20) stops |= 1U << i;
  }
  return stops;
}

// Of 16 bytes: those that are neither digit nor point; and the points.
struct NumberStops {
  std::uint32_t stops = 0;
  std::uint32_t points = 0;
  bool operator==(const NumberStops&) const = default;
};

inline NumberStops number_stops_plain(const char* bytes) {
  NumberStops found;
  for (unsigned i = 0; i < 16; ++i) {
    if (bytes[i] == '.') found.points |= 1U << i;
    if (bytes[i] != '.' && (bytes[i] < '0' || bytes[i] > '9')) found.stops |= 1U << i;
  }
  return found;
}

// Of two times 16 bytes: those that are the same.
inline std::uint32_t same_bytes_plain(const char* a, const char* b) {
  std::uint32_t same = 0;
  for (unsigned i = 0; i < 16; ++i) same |= (a[i] == b[i] ? 1U : 0U) << i;
  return same;
}

#if defined(__SSE2__)
inline std::uint32_t same_bytes(const char* a, const char* b) {
  const auto load = [](const char* bytes) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  };
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(load(a), load(b))));
}

inline std::uint32_t string_stops(const char* bytes) {
  const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(chunk, _mm_set1_epi8(0x1F)), chunk);
  const __m128i ends =
      _mm_or_si128(_mm_cmpeq_epi8(chunk, _mm_set1_epi8('"')), _mm_cmpeq_epi8(chunk, _mm_set1_epi8('\\')));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(ends, control)));
}

inline NumberStops number_stops(const char* bytes) {
  const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const __m128i from_zero = _mm_sub_epi8(chunk, _mm_set1_epi8('0'));
  const __m128i digits = _mm_cmpeq_epi8(_mm_min_epu8(from_zero, _mm_set1_epi8(9)), from_zero);
  const __m128i points = _mm_cmpeq_epi8(chunk, _mm_set1_epi8('.'));
  return {static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(digits, points))) ^ 0xFFFFU,
      static_cast<std::uint32_t>(_mm_movemask_epi8(points))};
}
#else
inline std::uint32_t same_bytes(const char* a, const char* b) { return same_bytes_plain(a, b); }
inline std::uint32_t string_stops(const char* bytes) { return string_stops_plain(bytes); }
inline NumberStops number_stops(const char* bytes) { return number_stops_plain(bytes); }
#endif

// Where the cells end in rows without quotes, window by window.
class RowIndex {
 public:
  // Where the cells of a row end: at its delimiters, then at its line feed. In front of the first
  // stands the byte before the row.
  struct Row {
    const std::uint32_t* ends = nullptr;
    std::size_t count = 0;

    bool empty() const { return count == 0; }
    std::size_t end() const { return ends[count - 1]; }
    std::string_view cell(std::string_view text, std::size_t column) const {
      const std::uint32_t from =
          ends[static_cast<std::ptrdiff_t>(column) - 1] + 1;  // wraps to 0 at the text's start
      return {text.data() + from, ends[column] - from};
    }
  };

  RowIndex(std::string_view text, char delimiter)
      : text_(text), delimiter_(delimiter), marks_(std::make_unique_for_overwrite<Marks>()) {}

  // The next whole row of the window; empty where the window holds no more.
  Row next() {
    if (row_ == rows_) return {};
    const std::uint32_t* const begin = marks_->ends + marks_->row_ends[row_];
    const std::uint32_t* const end = marks_->ends + marks_->row_ends[++row_];
    return {begin, static_cast<std::size_t>(end - begin)};
  }

  // Looks ahead from the row that begins at `begin`. Afterwards next() is empty where a quote
  // stands in that row, or the row does not end within the window.
  void fill(std::size_t begin) {
    row_ = rows_ = 0;
    marks_->ends[0] = static_cast<std::uint32_t>(begin) - 1;
    marks_->row_ends[0] = 1;
    std::uint32_t count = 1;
    const std::size_t limit = std::min(text_.size(), begin + window);
    for (std::size_t at = begin; at < limit; at += 64) {
      ByteMasks masks = text_.size() - at >= 64 ? masks_of(text_.data() + at, delimiter_) : masks_of_tail(at);
      if (masks.quotes != 0) {
        const std::uint64_t before = (masks.quotes & (~masks.quotes + 1)) - 1;
        masks.ends &= before;
        masks.newlines &= before;
      }
      const auto put = [&](std::uint64_t bits) {
        for (; bits != 0; bits &= bits - 1)
          marks_->ends[count++] =
              static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(bits));
      };
      for (; masks.newlines != 0; masks.newlines &= masks.newlines - 1) {
        const std::uint64_t row = masks.ends & (masks.newlines ^ (masks.newlines - 1));
        put(row);
        masks.ends ^= row;
        marks_->row_ends[++rows_] = count;
      }
      put(masks.ends);
      if (masks.quotes != 0) return;
    }
  }

 private:
  static constexpr std::size_t window = 8192;  // its marks stay in the first-level cache

  struct Marks {
    std::uint32_t ends[1 + window + 64];
    std::uint32_t row_ends[1 + window + 64];  // where in `ends` the next row begins
  };

  ByteMasks masks_of_tail(std::size_t at) const {
    char bytes[64] = {};
    std::memcpy(bytes, text_.data() + at, text_.size() - at);
    return masks_of(bytes, delimiter_);
  }

  std::string_view text_;
  char delimiter_;
  std::unique_ptr<Marks> marks_;
  std::size_t row_ = 0, rows_ = 0;
};

}  // namespace footpound
