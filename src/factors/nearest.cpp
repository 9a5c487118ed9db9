// SPDX-License-Identifier: MIT
#include "footpound/factors/nearest.hpp"

#include <algorithm>
#include <cstdlib>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/letters.hpp"
#include "footpound/base/error.hpp"

namespace footpound {

namespace {

constexpr std::size_t longest_compared = 64;  // letters, one bit each
constexpr std::size_t most_edits_meant = 3;
constexpr std::size_t least_telling = 4;  // letters: fewer stand in many names

void append_folded(std::string& out, std::string_view text) {
  for (char c : text.substr(0, longest_compared)) {
    c = lower(c);
    if (c == '_' || c == ' ') c = '-';
    out += c;
  }
}

// Optimal string alignment distance of one name to many, all rows of a column at once, a bit
// each. H. Hyyro, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances",
// Nordic Journal of Computing 10 (2003).
class Distance {
 public:
  explicit Distance(std::string_view want) : size_(want.size()) {
    for (std::size_t i = 0; i < size_; ++i) places_[static_cast<unsigned char>(want[i])] |= std::uint64_t{1} << i;
  }

  std::size_t to(std::string_view have) const {
    if (size_ == 0) return have.size();
    const std::uint64_t last = std::uint64_t{1} << (size_ - 1);
    std::uint64_t more = ~std::uint64_t{0};  // rows that are one more than the row above
    std::uint64_t less = 0;
    std::uint64_t diagonal = 0;
    std::uint64_t places_before = 0;
    std::size_t distance = size_;
    for (const char c : have) {
      const std::uint64_t places = places_[static_cast<unsigned char>(c)];
      const std::uint64_t swapped = ((~diagonal & places) << 1) & places_before;
      diagonal = (((places & more) + more) ^ more) | places | less | swapped;
      std::uint64_t right_more = less | ~(diagonal | more);
      std::uint64_t right_less = diagonal & more;
      if ((right_more & last) != 0) ++distance;
      if ((right_less & last) != 0) --distance;
      right_more = right_more << 1 | 1;
      right_less <<= 1;
      more = right_less | ~(diagonal | right_more);
      less = right_more & diagonal;
      places_before = places;
    }
    return distance;
  }

 private:
  std::size_t size_;
  std::array<std::uint64_t, 256> places_{};
};

// How many letters one has and the other lacks.
template <class Letters>
unsigned differing_letters(const Letters& a, const Letters& b) {
#ifdef __SSE2__
  static_assert(sizeof(Letters) == 16);
  const __m128i sums = _mm_sad_epu8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(a.data())),
                                    _mm_loadu_si128(reinterpret_cast<const __m128i*>(b.data())));
  return static_cast<unsigned>(_mm_cvtsi128_si32(sums) + _mm_extract_epi16(sums, 4));
#else
  unsigned sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += static_cast<unsigned>(std::abs(int{a[k]} - int{b[k]}));
  return sum;
#endif
}

struct Near {
  std::size_t score;
  std::size_t index;
};

}  // namespace

KnownNames::Letters KnownNames::letters_of(std::string_view folded) {
  Letters letters{};
  for (const char c : folded) ++letters[static_cast<unsigned char>(c) % letters.size()];
  return letters;
}

void KnownNames::reserve(std::size_t names) {
  names_.reserve(names);
  sizes_.reserve(names);
  letters_.reserve(names);
}

void KnownNames::add(std::string_view name, std::uint32_t tag) {
  const std::size_t begin = folded_.size();
  append_folded(folded_, name);
  names_.push_back({name, static_cast<std::uint32_t>(begin), tag});
  sizes_.push_back(static_cast<std::uint8_t>(folded_.size() - begin));
  letters_.push_back(letters_of(std::string_view(folded_).substr(begin)));
}

std::vector<KnownNames::Match> KnownNames::matches(std::string_view wrong, std::size_t count, std::size_t most_edits,
                                                   const std::function<bool(std::uint32_t)>& accept) const {
  std::string want;
  append_folded(want, wrong);
  const std::size_t limit = std::min(most_edits, std::clamp<std::size_t>((want.size() + 1) / 3, 1, most_edits_meant));
  const Letters letters = letters_of(want);
  const Distance distance(want);
  std::vector<Near> found;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const std::size_t differing = differing_letters(letters, letters_[i]);
    const std::size_t size = sizes_[i];
    const std::size_t surplus = size > want.size() ? size - want.size() : want.size() - size;
    // an edit mends two letters at most, one where it changes the size
    const bool may_be_near = (differing + surplus) / 2 <= limit;
    const bool may_contain = differing == surplus;
    if (!may_be_near && !may_contain) continue;
    if (accept && !accept(names_[i].tag)) continue;
    const std::string_view have = folded(i);
    std::size_t score = may_be_near ? 2 * distance.to(have) : 2 * limit + 1;
    if (may_contain) {
      const bool contains = want.size() >= 2 && have.find(want) != std::string_view::npos;
      const bool begins = have.size() >= least_telling && std::string_view(want).substr(0, have.size()) == have;
      if (contains || begins) score = std::min<std::size_t>(score, 3 + surplus / 4);
      const bool telling = begins || (contains && want.size() >= least_telling);
      if (telling) {
        found.push_back({score, i});
        continue;
      }
    }
    if (score <= 2 * limit) found.push_back({score, i});
  }
  std::stable_sort(found.begin(), found.end(), [](const Near& a, const Near& b) { return a.score < b.score; });
  std::vector<Match> matches;
  for (const Near& near : found) {
    if (matches.size() == count) break;
    const Match match{names_[near.index].written, names_[near.index].tag};
    if (std::none_of(matches.begin(), matches.end(), [&](const Match& m) { return m.name == match.name; })) matches.push_back(match);
  }
  return matches;
}

std::vector<std::string_view> KnownNames::nearest(std::string_view wrong, std::size_t count, std::size_t most_edits,
                                                  const std::function<bool(std::uint32_t)>& accept) const {
  std::vector<std::string_view> names;
  for (const Match& match : matches(wrong, count, most_edits, accept)) names.push_back(match.name);
  return names;
}

std::vector<std::string_view> nearest(std::string_view wrong, const std::vector<std::string_view>& known,
                                      std::size_t count, std::size_t most_edits) {
  KnownNames names;
  names.reserve(known.size());
  for (const std::string_view name : known) names.add(name);
  return names.nearest(wrong, count, most_edits);
}

std::string either(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += in_quotes(names[i]);
  }
  return text;
}

}  // namespace footpound
