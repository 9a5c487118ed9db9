// SPDX-License-Identifier: MIT
#include "read/slurm/row_lines.hpp"

#include <string>
#include <vector>

#include "support/catch.hpp"

using namespace footpound;

namespace {

// The rows of a text, as ends tell them.
std::vector<std::string> rows(const RowLines& lines, std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = lines.end_of_row(text, at);
    out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE("row lines: a line that begins no row goes on with the one before", "[slurm]") {
  const RowLines last('|', 3, 0, true);
  CHECK(rows(last, "1|a|x\n2|b|y\n") == Rows{"1|a|x", "2|b|y"});
  CHECK(rows(last, "1|a|x\necho\n2|b|y\n") == Rows{"1|a|x\necho", "2|b|y"});
  CHECK(rows(last, "1|a|x\n\necho\n\n2|b|y\n\n") == Rows{"1|a|x\n\necho", "", "2|b|y", ""});
  CHECK(rows(last, "1|a|x |\n sort | uniq\n2|b|y") == Rows{"1|a|x |\n sort | uniq", "2|b|y"});
  // whole rows, whatever their ids; other headers and messages of sacct's are no text of a user's
  CHECK(rows(last, "j1|a|x\nj2|b|y\n") == Rows{"j1|a|x", "j2|b|y"});
  CHECK(rows(last, "1|a|x\nJobID|State\n2|b|y\n") == Rows{"1|a|x", "JobID|State", "2|b|y"});
  CHECK(rows(last, "1|a|x\n2 more\n3|b|y\n") == Rows{"1|a|x", "2 more", "3|b|y"});  // a digit begins an id
  CHECK(rows(last, "1|a|x\nsacct: error: y\n") == Rows{"1|a|x", "sacct: error: y"});

  const RowLines middle('|', 3, 0, false);
  CHECK(rows(middle, "1|a\nb|x\n2|b|y\n") == Rows{"1|a\nb|x", "2|b|y"});
  CHECK(rows(middle, "1|a|x\necho\n2|b|y\n") == Rows{"1|a|x", "echo", "2|b|y"});  // nothing is missing in it
}

TEST_CASE("row lines: blocks are cut in front of rows", "[slurm]") {
  const RowLines lines('|', 3, 0, true);
  const auto cut = [&](std::string_view data) { return lines.cutter()->cut(data, 0); };
  CHECK(cut("1|a|x\n") == 0);  // it may go on
  CHECK(cut("1|a|x\n2") == 6);
  CHECK(cut("1|a|x\n2|") == 6);
  CHECK(cut("1|a|x\necho\n") == 0);
  CHECK(cut("1|a|x\necho\n2|b|y\nmore") == 11);
  CHECK(cut("") == 0);
  // of what is no accounting at all, lines
  std::string words;
  while (words.size() < 70000) words += "no row of anything\n";
  CHECK(cut(words) == words.size());
}
