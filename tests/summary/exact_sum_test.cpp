// SPDX-License-Identifier: MIT
#include "summary/exact_sum.hpp"

#include <algorithm>
#include <cmath>
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
  // 2^-12 is the least that is added as an integer, 2^-13 - 2^-60 is not: 2^-12 + 2^-13 - 2^-60
  const std::vector<double> expected = sum_of({0x1p-12, 0x1p-13, -0x1p-60}).parts();
  CHECK(sum_of({0x1p-13 - 0x1p-60, 0x1p-12}).parts() == expected);
  CHECK(sum_of({0x1p50, 1e300, 3, -1e300}).value() == 0x1p50 + 3);
}

TEST_CASE("more terms than the integer holds carry over without loss", "[summary]") {
  // 2^13 terms of 2^51 - 2^-1 fill 2^64; the integer ends at 2^63
  const double term = 0x1p51 - 0.5;
  ExactSum sum;
  for (int i = 0; i < 1 << 13; ++i) sum.add(term);
  CHECK(sum.parts() == sum_of({0x1p64, -0x1p12}).parts());
}
