// SPDX-License-Identifier: MIT
#include "text/delimited_text.hpp"

#include "support/catch.hpp"

using namespace footpound;

namespace {

using Cells = std::vector<std::string>;

Cells cells_of(const std::string& row, RowSplitter& splitter) {
  Cells cells;
  for (std::size_t i = 0; i < splitter.row().count; ++i) cells.emplace_back(splitter.row().cell(row, i));
  return cells;
}

Cells split(const std::string& row, char delimiter = ',', bool quotes = true) {
  RowSplitter splitter(delimiter, quotes);
  INFO(row);
  REQUIRE(splitter.split(row));
  return cells_of(row, splitter);
}

}  // namespace

TEST_CASE("a row is split at its delimiters, those in quotes are text") {
  CHECK(split("") == Cells{""});
  CHECK(split(",") == Cells{"", ""});
  CHECK(split("a,b,") == Cells{"a", "b", ""});
  CHECK(split("\"a,b\",c") == Cells{"\"a,b\"", "c"});
  CHECK(split("\"say \"\"so\"\",\",\"\"") == Cells{"\"say \"\"so\"\",\"", "\"\""});
  CHECK(split("a \"b,c\"") == Cells{"a \"b", "c\""});  // a quote opens a cell at its beginning alone
  CHECK(split("a,b", '\t') == Cells{"a,b"});
  CHECK(split("\"a\",b\r") == Cells{"\"a\"", "b\r"});
  CHECK(split("b,\"a\"\r") == Cells{"b", "\"a\"\r"});
}

TEST_CASE("without quotes every delimiter splits") {
  CHECK(split("\"a|b\"|c", '|', false) == Cells{"\"a", "b\"", "c"});
  CHECK(split("a|b|", '|', false) == Cells{"a", "b", ""});
}

TEST_CASE("a row whose quotes do not match is refused, behind the cells before") {
  for (const std::string row : {"a,\"b,c", "a,\"b\"c,d", "a,\"b\" ,d", "a,\"b\"\"\r"}) {
    RowSplitter splitter(',');
    INFO(row);
    CHECK_FALSE(splitter.split(row));
    CHECK(cells_of(row, splitter) == Cells{"a"});
  }
}

TEST_CASE("a row is split within its text") {
  const std::string text = "x,y\na,\"b\nb\"\nz";
  RowSplitter splitter(',');
  REQUIRE(splitter.split(text, 4, 11));
  CHECK(cells_of(text, splitter) == Cells{"a", "\"b\nb\""});
}

TEST_CASE("the first row's cells are told by their meaning, also where its quotes do not match") {
  CHECK(first_row("job,\"say \"\"so\"\"\"\r\n1,2\n", ',') == Cells{"job", "say \"so\""});
  CHECK(first_row("\"a\nb\",c\nd", ',') == Cells{"a\nb", "c"});
  CHECK(first_row("\"a\"b,c", ',') == Cells{"\"a\"b", "c"});
  CHECK(first_row("a,\"b,c", ',') == Cells{"a", "\"b,c"});
  CHECK(first_row("", ',') == Cells{""});
}

TEST_CASE("a record ends at a line feed that stands in no quotes") {
  const std::string_view text = "a,\"\n\"\"\n\",b\nc";
  CHECK(delimited_record_end(text, 0, ',') == 10);
  CHECK(delimited_record_end(text, 11, ',') == std::string_view::npos);
  CHECK(delimited_record_end("a \"\n", 0, ',') == 3);
}
