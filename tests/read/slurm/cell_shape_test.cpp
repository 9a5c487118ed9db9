// SPDX-License-Identifier: MIT
#include "read/slurm/cell_shape.hpp"

#include <string>

#include "support/catch.hpp"

using namespace footpound;

namespace {

using S = CellShape;

// "a,b|c": the columns of the only reading, commas between them.
std::string reading(const std::vector<CellShape>& columns, std::string_view row, char delimiter = '|') {
  std::vector<std::string_view> cells;
  for (std::size_t at = 0;;) {
    const std::size_t end = std::min(row.find(delimiter, at), row.size());
    cells.push_back(row.substr(at, end - at));
    if (end == row.size()) break;
    at = end + 1;
  }
  std::string out;
  std::size_t at = 0;
  for (const std::size_t count : only_reading(columns, cells, delimiter)) {
    if (!out.empty()) out += " ; ";
    for (std::size_t i = 0; i < count; ++i)
      out += (i > 0 ? std::string(1, delimiter) : "") + std::string(cells[at++]);
  }
  return out;
}

}  // namespace

TEST_CASE("cells: what each column of sacct's can hold", "[slurm]") {
  for (const char* id : {"123", "123_4", "123_[5-9%2]", "8+1", "123.batch", "123_4.extern"})
    CHECK(fits(S::job_id, id));
  for (const char* no : {"x", "_1", "1|2", "12 a", "A1"}) CHECK_FALSE(fits(S::job_id, no));
  for (const char* state : {"COMPLETED", "CANCELLED by 1000", "RUNNING+COMPLETING", "OUT_OF_MEMORY"})
    CHECK(fits(S::state, state));
  for (const char* no : {"completed", "normal", "None", "COMPLETE"}) CHECK_FALSE(fits(S::state, no));
  for (const char* time :
      {"1762400000", "2024-10-25T10:00:00", "2023-02-20T14:37:02+0100", "Unknown", "None", "0"})
    CHECK(fits(S::time, time));
  for (const char* no : {"normal", "00:00:00", "u1"}) CHECK_FALSE(fits(S::time, no));
  for (const char* span : {"00:00:00", "3-10:00", "3600", "UNLIMITED"}) CHECK(fits(S::elapsed, span));
  CHECK_FALSE(fits(S::elapsed, "2024-10-25T10:00:00"));
  for (const char* number : {"0", "3.5", "10000Mn", "250Gc", "16.78?", "62.50G"})
    CHECK(fits(S::number, number));
  for (const char* no : {"M", "x1", "1:0", "?"}) CHECK_FALSE(fits(S::number, no));
  CHECK(fits(S::pair, "0:15"));
  CHECK_FALSE(fits(S::pair, "0"));
  CHECK(fits(S::tres, "billing=8,gres/gpu:a100=1"));
  for (const char* no : {"gres/gpu", "a b=1", "cpu=1,,x", "=1"}) CHECK_FALSE(fits(S::tres, no));
  CHECK(fits(S::word, "gpu-a"));
  CHECK(fits(S::word, "None assigned"));
  for (const char* no : {"a b", "/w", "cpu=1"}) CHECK_FALSE(fits(S::word, no));
  CHECK(fits(S::path, "/w|x"));
  CHECK_FALSE(fits(S::path, "n1|/w"));
  for (const S shape :
      {S::free, S::path, S::job_id, S::state, S::time, S::elapsed, S::number, S::pair, S::tres})
    CHECK(fits(shape, ""));
}

TEST_CASE("cells: a row with too many is read where that can be done in one way", "[slurm]") {
  CHECK(reading({S::job_id, S::free, S::state}, "1|a|b|FAILED") == "1 ; a|b ; FAILED");
  CHECK(reading({S::free, S::number, S::free}, "a|b|7|c|d").empty() == false);
  CHECK(reading({S::free, S::number, S::free}, "a|b|7|c|d") == "a|b ; 7 ; c|d");
  CHECK(reading({S::free, S::number, S::free}, "a|8|7|c").empty());  // in two ways
  CHECK(reading({S::free, S::number, S::free}, "a|b|c|d").empty());  // in none
  CHECK(reading({S::free, S::word, S::path}, "a|b|c|/w|x") == "a|b ; c ; /w|x");
  CHECK(reading({S::free, S::word, S::free}, "a|b|c|d").empty());
  CHECK(reading({S::job_id, S::tres, S::free}, "1:cpu=8,gres/gpu:v100=1:x", ':') ==
        "1 ; cpu=8,gres/gpu:v100=1 ; x");
  CHECK(reading({S::free, S::state}, std::string(64, '|') + "FAILED").size() > 0);
  CHECK(reading({S::free, S::state}, std::string(66, '|') + "FAILED").empty());  // too many to look at
}
