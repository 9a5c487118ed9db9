// SPDX-License-Identifier: MIT
#include "read/growing_runs.hpp"

#include <array>

#include "support/catch.hpp"

using namespace footpound;

namespace {

struct Row {
  const char* run;
  double time;
  double energy;
  const char* raw = "";
};

std::vector<bool> held(std::initializer_list<Row> rows) {
  GrowingRuns runs;
  int number = 0;
  for (const Row& row : rows) {
    const std::array totals = {row.time, row.energy};
    runs.add(row.run, totals, *row.raw == '\0' ? std::to_string(number++) : row.raw);
  }
  return runs.held_by_later_rows();
}

}  // namespace

TEST_CASE("totals that grow are those of one run so far: the last row counts") {
  CHECK(held({{"a", 1, 1}, {"a", 2, 2}, {"a", 3, 2}}) == std::vector<bool>{true, true, false});
  // rows of several runs between each other
  CHECK(held({{"a", 1, 1}, {"b", 5, 5}, {"a", 2, 2}, {"b", 6, 6}}) ==
        std::vector<bool>{true, true, false, false});
}

TEST_CASE("rows whose totals do not grow are runs of their own") {
  CHECK(held({{"a", 2, 2}, {"a", 1, 1}}) == std::vector<bool>{false, false});
  CHECK(held({{"a", 1, 1}, {"a", 1, 1}}) == std::vector<bool>{false, false});
  CHECK(held({{"a", 1, 1}, {"a", 2, 2}, {"a", 1, 1}}) == std::vector<bool>{false, false, false});
  CHECK(held({{"", 1, 1}, {"", 2, 2}}) == std::vector<bool>{false, false});
}

TEST_CASE("the same row twice is one") {
  CHECK(held({{"a", 1, 1, "x"}, {"a", 1, 1, "x"}}) == std::vector<bool>{true, false});
}

TEST_CASE("blocks end where another run begins, whatever is seen at once") {
  const std::string text = "a,1\na,2\nb,1\nb,2\nc,1\n";
  const auto cut = make_run_cutter(0, 5);
  CHECK(cut->cut(text.substr(0, 7), 0) == 0);   // "a,1 a,2": who follows?
  CHECK(cut->cut(text.substr(0, 13), 7) == 8);  // b does
  CHECK(cut->cut(text.substr(8), 0) == 8);
  CHECK(cut->cut(text.substr(16), 0) == 0);
}
