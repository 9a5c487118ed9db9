// SPDX-License-Identifier: MIT
#include "factors/nearest.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

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
    for (std::size_t i = 0; i < size_; ++i)
      places_[static_cast<unsigned char>(want[i])] |= std::uint64_t{1} << i;
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

struct Near {
  std::size_t score;
  std::size_t index;
};

}  // namespace

// A wrong name, to be compared with many.
struct KnownNames::Wanted {
  Counts counts[letters];  // of the letters that stand in it
  std::size_t which[letters];
  std::size_t kinds = 0;
  std::size_t limit;  // edits
  Counts size;

  Wanted(std::string_view folded, std::size_t most_edits)
      : limit(std::min(most_edits, std::clamp<std::size_t>((folded.size() + 1) / 3, 1, most_edits_meant))),
        size(all_of(folded.size())) {
    std::size_t place[letters];  // those of letters seen
    std::uint32_t seen = 0;
    for (const char c : folded) {
      const std::size_t letter = letter_of(c);
      if ((seen >> letter & 1) == 0) {
        seen |= std::uint32_t{1} << letter;
        place[letter] = kinds;
        which[kinds] = letter;
        counts[kinds++] = Counts{};
      }
      counts[place[letter]] += all_of(1);
    }
  }
};

std::size_t KnownNames::letter_of(char folded) {
  if (folded >= 'a' && folded <= 'z') return static_cast<std::size_t>(folded - 'a');
  if (folded >= '0' && folded <= '9') return 26 + static_cast<std::size_t>(folded - '0') / 2;
  return letters - 1;
}

std::string_view KnownNames::folded(std::size_t i) const {
  return std::string_view(folded_).substr(
      names_[i].folded, std::min(names_[i].written.size(), longest_compared));
}

void KnownNames::reserve(std::size_t names) {
  names_.reserve(names);
  blocks_.reserve(names / block_size + 1);
}

void KnownNames::add(std::string_view name, std::uint32_t tag) {
  const std::size_t place = names_.size() % block_size;
  if (place == 0) blocks_.emplace_back();
  names_.push_back({name, static_cast<std::uint32_t>(folded_.size()), tag});
  append_folded(folded_, name);
  for (const char c : folded(names_.size() - 1)) {
    ++blocks_.back().of_letter[letter_of(c)][place / width][place % width];
    ++blocks_.back().sizes[place / width][place % width];
  }
}

// Those of the block that may be near, or contain the wanted one or be its beginning, by
// their letters. An edit takes away one letter that both have, at most.
KnownNames::Candidates KnownNames::candidates(const Block& block, const Wanted& want) {
  const auto smaller = [](Counts a, Counts b) { return a < b ? a : b; };
  Counts common[lanes]{};
  for (std::size_t k = 0; k < want.kinds; ++k) {
    for (std::size_t lane = 0; lane < lanes; ++lane)
      common[lane] += smaller(block.of_letter[want.which[k]][lane], want.counts[k]);
  }
  Candidates candidates;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const Counts shorter = smaller(block.sizes[lane], want.size);
    const Counts longer = block.sizes[lane] + want.size - shorter;
    const auto are = (longer - common[lane] <= all_of(want.limit)) | (common[lane] == shorter);
    std::memcpy(candidates.data() + 2 * lane, &are, sizeof are);
  }
  return candidates;
}

std::vector<KnownNames::Match> KnownNames::matches(std::string_view wrong, std::size_t count,
    std::size_t most_edits, const std::function<bool(std::uint32_t)>& accept) const {
  std::string folded_wrong;
  append_folded(folded_wrong, wrong);
  const std::string_view want = folded_wrong;
  const Wanted wanted(want, most_edits);
  const Distance distance(want);
  std::vector<Near> found;
  const auto consider = [&](std::size_t i) {
    if (i >= names_.size() || (accept && !accept(names_[i].tag))) return;
    const std::string_view have = folded(i);
    const std::size_t surplus = std::max(have.size(), want.size()) - std::min(have.size(), want.size());
    std::size_t score = 2 * distance.to(have);
    const bool contains = want.size() >= 2 && have.find(want) != std::string_view::npos;
    const bool begins = have.size() >= least_telling && want.substr(0, have.size()) == have;
    if (contains || begins) score = std::min<std::size_t>(score, 3 + surplus / 4);
    const bool telling = begins || (contains && want.size() >= least_telling);
    if (telling || score <= 2 * wanted.limit) found.push_back({score, i});
  };
  for (std::size_t block = 0; block < blocks_.size(); ++block) {
    const Candidates may_be = candidates(blocks_[block], wanted);
    for (std::size_t eight = 0; eight < may_be.size(); ++eight) {
      for (std::uint64_t left = may_be[eight]; left != 0;) {
        const int bit = std::countr_zero(left);
        consider(block * block_size + eight * 8 + static_cast<std::size_t>(bit) / 8);
        left &= ~(std::uint64_t{0xFF} << bit);
      }
    }
  }
  std::stable_sort(
      found.begin(), found.end(), [](const Near& a, const Near& b) { return a.score < b.score; });
  std::vector<Match> matches;
  for (const Near& near : found) {
    if (matches.size() == count) break;
    const Match match{names_[near.index].written, names_[near.index].tag};
    if (std::none_of(matches.begin(), matches.end(), [&](const Match& m) { return m.name == match.name; }))
      matches.push_back(match);
  }
  return matches;
}

std::vector<std::string_view> KnownNames::nearest(std::string_view wrong, std::size_t count,
    std::size_t most_edits, const std::function<bool(std::uint32_t)>& accept) const {
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

std::string did_you_mean(const std::vector<std::string_view>& names) {
  return names.empty() ? std::string() : "did you mean " + either(names) + "? ";
}

}  // namespace footpound
