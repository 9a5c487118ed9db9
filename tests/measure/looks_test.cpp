// SPDX-License-Identifier: MIT
#include "measure/logs/looks.hpp"

#include <vector>

#include "support/catch.hpp"

using namespace footpound;
using namespace footpound::measure;

namespace {

// Milliseconds.
std::size_t rows(const std::vector<long>& times) {
  std::vector<Moment> moments;
  for (const long time : times) moments.emplace_back(std::chrono::milliseconds(time));
  return rows_per_look(moments);
}

}  // namespace

TEST_CASE("rows that follow each other in no time are one look's") {
  CHECK(rows({1, 3, 1001, 1003, 2001, 2003}) == 2);
  CHECK(rows({0, 0, 0, 1000, 1000, 1000}) == 3);
  CHECK(rows({1, 3, 101, 103, 201, 203, 301, 303}) == 2);
  // the last look was cut off; one row is missing in one of many
  CHECK(rows({0, 1, 1000, 1001, 2000}) == 2);
  CHECK(rows({0, 1, 1000, 1001, 2000, 2001, 3000, 4000, 4001, 5000, 5001}) == 2);
  // and a break of an hour does not hide it
  CHECK(rows({0, 1, 1000, 1001, 3601000, 3601001, 3602000, 3602001}) == 2);
}

TEST_CASE("rows one by one are one device's") {
  CHECK(rows({}) == 1);
  CHECK(rows({0, 1000, 2000}) == 1);
  CHECK(rows({1, 2, 3}) == 1);
  CHECK(rows({0, 1000, 2000, 3602000, 3603000}) == 1);
  // jitter, and stamps that were rounded to the same second once
  CHECK(rows({0, 1000, 1000, 3000, 4000, 5000, 6000, 7000}) == 1);
  CHECK(rows({0, 10, 1000, 2000, 3000, 4000}) == 1);
}
