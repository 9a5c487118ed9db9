// SPDX-License-Identifier: MIT
#include "factors/nearest.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/letters.hpp"
#include "footpound/base/error.hpp"

namespace footpound {

namespace {

constexpr std::size_t longest_compared = 64;  // letters, one bit each
constexpr std::size_t most_edits_meant = 3;
constexpr std::size_t least_telling = 4;  // letters: fewer stand in many names

std::string folded(std::string_view text) {
  std::string out(text.substr(0, longest_compared));
  for (char& c : out) c = c == '_' || c == ' ' ? '-' : lower(c);
  return out;
}

// Letters as the digits they are taken for, of a folded text.
std::string as_digits(std::string folded) {
  for (char& c : folded)
    c = c == 'o' ? '0' : c == 'l' || c == 'i' ? '1' : c == 's' ? '5' : c == 'b' ? '8' : c;
  return folded;
}

// Which letters a folded text has: a to z and 0 to 9 a bit each, others may share one.
std::uint64_t letters_of(std::string_view folded) {
  std::uint64_t letters = 0;
  for (const char c : folded) {
    const auto code = static_cast<unsigned char>(c);
    letters |= std::uint64_t{1} << ((code >= 'a' ? code - 'a' : 26 + (code & 31)) & 63);
  }
  return letters;
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

}  // namespace

void KnownNames::add(std::string_view name, std::uint32_t tag) {
  std::string text = folded(name);
  const std::uint64_t letters = letters_of(text);
  names_.push_back({name, std::move(text), letters, tag});
}

std::vector<KnownNames::Match> KnownNames::matches(std::string_view wrong, std::size_t count,
    std::size_t most_edits, const std::function<bool(std::uint32_t)>& accept) const {
  const std::string want = folded(wrong);
  const std::uint64_t letters = letters_of(want);
  const Distance distance(want);
  const std::size_t limit =
      std::min(most_edits, std::clamp<std::size_t>((want.size() + 1) / 3, 1, most_edits_meant));
  struct Near {
    std::size_t score;
    const Name* name;
  };
  std::vector<Near> found;
  for (const Name& name : names_) {
    const std::string& have = name.folded;
    const std::uint64_t lost = letters & ~name.letters;
    const std::uint64_t brought = name.letters & ~letters;
    const std::size_t surplus = std::max(have.size(), want.size()) - std::min(have.size(), want.size());
    // an edit takes away one letter, at most, and brings one
    const auto beyond_limit = [&](std::uint64_t bits) {
      for (std::size_t i = 0; i < limit; ++i) bits &= bits - 1;  // one bit less
      return bits != 0;
    };
    if (lost != 0 && brought != 0 && (surplus > limit || beyond_limit(lost) || beyond_limit(brought)))
      continue;
    const bool contains = lost == 0 && want.size() >= 2 && have.find(want) != std::string::npos;
    const bool begins = brought == 0 && have.size() >= least_telling && want.starts_with(have);
    if (!contains && !begins && surplus > limit) continue;
    if (accept && !accept(name.tag)) continue;
    std::size_t score = 2 * distance.to(have);
    if (contains || begins) score = std::min<std::size_t>(score, 3 + surplus / 4);
    const bool telling = begins || (contains && want.size() >= least_telling);
    if (telling || score <= 2 * limit) found.push_back({score, &name});
  }
  std::stable_sort(
      found.begin(), found.end(), [](const Near& a, const Near& b) { return a.score < b.score; });
  std::vector<Match> matches;
  for (const Near& near : found) {
    if (matches.size() == count) break;
    const std::string_view written = near.name->written;
    if (std::none_of(matches.begin(), matches.end(), [&](const Match& m) { return m.name == written; }))
      matches.push_back({written, near.name->tag});
  }
  return matches;
}

std::vector<KnownNames::Match> KnownNames::resembling(std::string_view wrong, std::size_t count) const {
  std::vector<Match> found = matches(wrong, count);
  return found.empty() ? look_alikes(as_digits(folded(wrong)), count) : found;
}

std::vector<KnownNames::Match> KnownNames::look_alikes(const std::string& wrong, std::size_t count) const {
  if (wrong.size() < 3) return {};  // any name is as near
  const std::size_t most_edits = wrong.size() > 3 ? 2 : 1;
  const Distance distance(wrong);
  std::vector<std::pair<std::size_t, Match>> found;
  for (const Name& name : names_) {
    const std::size_t edits = distance.to(as_digits(name.folded));
    if (edits <= most_edits) found.push_back({edits, {name.written, name.tag}});
  }
  std::stable_sort(
      found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Match> matches;
  for (const auto& [edits, match] : found) {
    if (matches.size() < count) matches.push_back(match);
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
