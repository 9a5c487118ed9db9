// SPDX-License-Identifier: MIT
#include "factors/nearest.hpp"

#include <algorithm>
#include <cstdint>

#include "support/catch.hpp"

using namespace footpound;
using Names = std::vector<std::string_view>;

TEST_CASE("one letter wrong, missing, doubled or swapped is near") {
  const Names known = {"hours", "region", "utilization"};
  for (const char* wrong : {"hour", "hourss", "huors", "houss", "HOURS"}) {
    INFO(wrong);
    CHECK(nearest(wrong, known, 1) == Names{"hours"});
  }
  CHECK(nearest("utilisation", known, 1) == Names{"utilization"});
}

TEST_CASE("the nearest comes first, ties in the order they were known, and no more than asked") {
  CHECK(nearest("abcd", {"abce", "abcd", "abcf"}, 3) == Names{"abcd", "abce", "abcf"});
  CHECK(nearest("abcd", {"abce", "abcd", "abcf"}, 2) == Names{"abcd", "abce"});
  CHECK(nearest("abcd", {"abcd"}, 0).empty());
  CHECK(nearest("abcd", {}, 3).empty());
}

TEST_CASE("a name that was known twice is suggested once") {
  CHECK(nearest("abc", {"abcd", "abcd"}, 3) == Names{"abcd"});
}

TEST_CASE("a name that contains the wrong one is near, however long") {
  CHECK(nearest("h100", {"nvidia-h100-sxm5-80gb"}, 1) == Names{"nvidia-h100-sxm5-80gb"});
  CHECK(nearest("ti", {"market_intensity_g_per_kwh"}, 1).empty());  // two letters tell nothing
  CHECK(nearest("trn1", {"TN", "TR", "aws:trn1.2xlarge"}, 1) == Names{"aws:trn1.2xlarge"});
}

TEST_CASE("a name that the wrong one begins with is near") {
  CHECK(nearest("A1000000", {"a10", "a100", "h100"}, 1) == Names{"a100"});
  CHECK(nearest("germany-frankfurt", {"germany"}, 1) == Names{"germany"});
  CHECK(nearest("usa-somewhere-else", {"usa"}, 1).empty());  // three letters tell nothing
}

TEST_CASE("the distance is that of the table worked out cell by cell") {
  // optimal string alignment, as textbooks have it
  const auto distance = [](const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
      for (std::size_t j = 0; j <= b.size(); ++j) {
        d[i][j] = i == 0 || j == 0 ? i + j
                                   : std::min({d[i - 1][j] + 1, d[i][j - 1] + 1,
                                         d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
    return d[a.size()][b.size()];
  };
  std::uint32_t seed = 1;
  const auto random = [&](std::uint32_t below) {
    return (seed = seed * 1664525 + 1013904223) / 65536 % below;
  };
  for (int i = 0; i < 3000; ++i) {
    std::string a;
    std::string b;
    for (std::uint32_t k = 12 + random(8); k > 0; --k) a += static_cast<char>('a' + random(3));
    b = a;
    for (std::uint32_t k = random(7); k > 0; --k) {
      const std::size_t at = random(static_cast<std::uint32_t>(b.size() - 1));
      switch (random(4)) {
        case 0: b.erase(at, 1); break;
        case 1: b.insert(at, 1, static_cast<char>('a' + random(3))); break;
        case 2: b[at] = static_cast<char>('a' + random(3)); break;
        default: std::swap(b[at], b[at + 1]);
      }
    }
    INFO(a << " " << b);
    const bool contains = b.find(a) != std::string::npos || a.substr(0, b.size()) == b;
    REQUIRE(nearest(a, {b}, 1).size() == (contains || distance(a, b) <= 3 ? 1 : 0));
    // no nearer than the distance says
    if (!contains && distance(a, b) > 0) REQUIRE(nearest(a, {b}, 1, distance(a, b) - 1).empty());
  }
}

TEST_CASE("a name is near among many where it is near alone") {
  std::uint32_t seed = 2;
  const auto random = [&](std::uint32_t below) {
    return (seed = seed * 1664525 + 1013904223) / 65536 % below;
  };
  const auto name = [&] {
    static constexpr std::string_view letters = "abx-A019_ (\xC3";
    std::string text;
    for (std::uint32_t k = random(9); k > 0; --k)
      text += letters[random(static_cast<std::uint32_t>(letters.size()))];
    return text;
  };
  std::vector<std::string> known;
  for (int i = 0; i < 200; ++i) known.push_back(name() + std::to_string(i));
  const Names views(known.begin(), known.end());
  std::size_t found = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string wrong = name() + std::to_string(random(100));
    Names alone;
    for (const std::string_view one : views) {
      if (!nearest(wrong, {one}, 1).empty()) alone.push_back(one);
    }
    Names among = nearest(wrong, views, views.size());
    std::sort(alone.begin(), alone.end());
    std::sort(among.begin(), among.end());
    INFO(wrong);
    REQUIRE(among == alone);
    found += among.size();
  }
  CHECK(found > 100);
}

TEST_CASE("names too far to be meant are left out") {
  CHECK(nearest("zzzzzz", {"hours", "region"}, 3).empty());
  CHECK(nearest("x", {"hours"}, 3).empty());
  CHECK(nearest("", {"hours"}, 3).empty());
}

TEST_CASE("case, blanks and underscores are no difference") {
  CHECK(nearest("GPU Count", {"gpu_count", "gpu-counts"}, 1) == Names{"gpu_count"});
}

TEST_CASE("a wrong name of any length is compared in bounded time") {
  const std::string wrong(100000, 'a');
  CHECK(nearest(wrong, {"hours"}, 1).empty());
}

TEST_CASE("choices are quoted and joined as people say them") {
  CHECK(either({}).empty());
  CHECK(either({"a"}) == "\"a\"");
  CHECK(either({"a", "b"}) == "\"a\" or \"b\"");
  CHECK(either({"a", "b", "c"}) == "\"a\", \"b\" or \"c\"");
}
