// SPDX-License-Identifier: MIT
#include "footpound/factors/nearest.hpp"

#include <algorithm>
#include <utility>

#include "footpound/base/error.hpp"

namespace footpound {

namespace {

constexpr std::size_t longest_compared = 64;

std::string lowered(std::string_view text) {
  std::string out(text.substr(0, longest_compared));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '_' || c == ' ') c = '-';
  }
  return out;
}

// Optimal string alignment distance, given up (limit + 1) once it must exceed `limit`.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    std::size_t best = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
      best = std::min(best, now[j]);
    }
    if (best > limit) return limit + 1;
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

}  // namespace

std::vector<std::string_view> nearest(std::string_view wrong, const std::vector<std::string_view>& known,
                                      std::size_t count, std::size_t most_edits) {
  const std::string want = lowered(wrong);
  const std::size_t limit = std::min(most_edits, std::max<std::size_t>(1, want.size() / 2));
  std::vector<std::pair<std::size_t, std::string_view>> found;
  for (const std::string_view name : known) {
    const std::string have = lowered(name);
    std::size_t score = 2 * distance(want, have, limit);
    const bool contains = want.size() >= 2 && have.find(want) != std::string::npos;
    const bool telling = contains && want.size() >= 4;  // two letters stand in many names
    if (telling) score = std::min<std::size_t>(score, 2 + (have.size() - want.size()) / 8);
    else if (contains) score = std::min<std::size_t>(score, 3 + (have.size() - want.size()) / 4);
    if (telling || score <= 2 * limit) found.emplace_back(score, name);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string_view> names;
  for (const auto& [score, name] : found) {
    if (names.size() < count && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
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
