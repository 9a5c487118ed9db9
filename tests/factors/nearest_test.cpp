// SPDX-License-Identifier: MIT
#include "footpound/factors/nearest.hpp"

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

TEST_CASE("a name that was known twice is suggested once") { CHECK(nearest("abc", {"abcd", "abcd"}, 3) == Names{"abcd"}); }

TEST_CASE("a name that contains the wrong one is near, however long") {
  CHECK(nearest("h100", {"nvidia-h100-sxm5-80gb"}, 1) == Names{"nvidia-h100-sxm5-80gb"});
  CHECK(nearest("ti", {"market_intensity_g_per_kwh"}, 1).empty());  // two letters tell nothing
  CHECK(nearest("trn1", {"TN", "TR", "aws:trn1.2xlarge"}, 1) == Names{"aws:trn1.2xlarge"});
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
