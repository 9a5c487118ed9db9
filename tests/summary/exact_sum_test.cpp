// SPDX-License-Identifier: MIT
#include "summary/exact_sum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "support/catch.hpp"

using footpound::ExactSum;

namespace {

ExactSum sum_of(const std::vector<double>& terms) {
  ExactSum sum;
  for (const double term : terms) sum.add(term);
  return sum;
}

}  // namespace

TEST_CASE("an exact sum loses nothing that ordinary addition does", "[summary]") {
  // 1e100 + 1 - 1e100 = 1; added as doubles it is 0
  CHECK(sum_of({1e100, 1, -1e100}).value() == 1);
  // ten times 0.1 as doubles is 1 + 5.55e-17, which rounds to 1
  CHECK(sum_of(std::vector<double>(10, 0.1)).value() == 1);
  CHECK(sum_of({}).value() == 0);
}

TEST_CASE("an exact sum rounds once, ties by what lies below them", "[summary]") {
  // 1 + 2^-53 lies half way between 1 and its successor: to even, 1; a little more tips it
  const double half_ulp = 0x1p-53;
  CHECK(sum_of({1, half_ulp}).value() == 1);
  CHECK(sum_of({1, half_ulp, 0x1p-120}).value() == 1 + 0x1p-52);
  CHECK(sum_of({1, half_ulp, -0x1p-120}).value() == 1);
}

TEST_CASE("any order and any split of the terms gives the same parts", "[summary]") {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> exponent(-30, 30);
  std::vector<double> terms;
  for (int i = 0; i < 300; ++i)
    terms.push_back(std::ldexp(1 + exponent(random) / 61, static_cast<int>(exponent(random))));
  const std::vector<double> expected = sum_of(terms).parts();
  for (int round = 0; round < 20; ++round) {
    std::shuffle(terms.begin(), terms.end(), random);
    const auto cut = terms.begin() + static_cast<std::ptrdiff_t>(random() % terms.size());
    ExactSum left = sum_of({terms.begin(), cut});
    left.add(sum_of({cut, terms.end()}));
    CHECK(left.parts() == expected);
    CHECK(sum_of(sum_of(terms).parts()).parts() == expected);
  }
}

TEST_CASE("terms of everyday size and of any other make one sum", "[summary]") {
  // 2^-28 is the least that is added in place, 2^-29 - 2^-76 is not: 2^-28 + 2^-29 - 2^-76
  const std::vector<double> expected = sum_of({0x1p-28, 0x1p-29, -0x1p-76}).parts();
  CHECK(sum_of({0x1p-29 - 0x1p-76, 0x1p-28}).parts() == expected);
  CHECK(sum_of({0x1p50, 1e300, 3, -1e300}).value() == 0x1p50 + 3);
}

TEST_CASE("more terms than the integer holds carry over without loss", "[summary]") {
  // 2^13 terms of 2^46 - 2^-6 fill 2^59; the integer ends at 2^47
  const double term = 0x1p46 - 0x1p-6;
  ExactSum sum;
  for (int i = 0; i < 1 << 13; ++i) sum.add(term);
  CHECK(sum.parts() == sum_of({0x1p59, -0x1p7}).parts());
  CHECK(sum.value() == 0x1p59 - 0x1p7);
}

TEST_CASE("sums over the whole range of doubles lose nothing, at neither end", "[summary]") {
  constexpr double largest = std::numeric_limits<double>::max();
  constexpr double least = std::numeric_limits<double>::denorm_min();
  CHECK(sum_of({largest, least, -largest}).value() == least);
  CHECK(sum_of({least, least, 3 * least}).value() == 5 * least);
  CHECK(sum_of({0x1p-1022, -least}).value() == 0x1p-1022 - least);
  CHECK(sum_of({largest, least}).parts() == std::vector<double>{largest, least});
  CHECK(sum_of({-largest, -1}).parts() == std::vector<double>{-largest, -1});
  CHECK(sum_of({-0.0, 0.0}).parts().empty());
  // half of the last place of the largest is 2^970: from there on it rounds beyond the range
  CHECK(sum_of({largest, 0x1p969}).value() == largest);
  CHECK(sum_of({largest, 0x1p970, -least}).value() == largest);
  CHECK(std::isinf(sum_of({largest, 0x1p970}).value()));
  // what is too much on the way comes back
  CHECK(sum_of({largest, largest, largest, -largest, -largest}).value() == largest);
}

TEST_CASE("random terms of any size add up to the same parts in any order", "[summary]") {
  std::mt19937_64 random(11);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> terms;
    const int widest = round % 2 == 0 ? 90 : 1070;
    for (int i = 0; i < 60; ++i) {
      const int exponent = static_cast<int>(random() % static_cast<unsigned>(2 * widest)) - widest;
      const double term = std::ldexp(1 + std::ldexp(static_cast<double>(random() >> 12), -52), exponent - 10);
      terms.push_back(random() % 3 == 0 ? -term : term);
    }
    const std::vector<double> expected = sum_of(terms).parts();
    const double value = sum_of(terms).value();
    CHECK((expected.empty() ? 0 : expected.front()) == value);
    std::shuffle(terms.begin(), terms.end(), random);
    CHECK(sum_of(terms).parts() == expected);
    ExactSum halves = sum_of({terms.begin(), terms.begin() + 30});
    halves.add(sum_of({terms.begin() + 30, terms.end()}));
    CHECK(halves.parts() == expected);
    // taken away again, nothing is left
    for (double& term : terms) term = -term;
    halves.add(sum_of(terms));
    CHECK(halves.parts().empty());
  }
}
