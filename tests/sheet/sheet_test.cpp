// SPDX-License-Identifier: MIT
#include "sheet/sheet.hpp"

#include <algorithm>

#include "support/catch.hpp"
#include "support/formats.hpp"

using namespace footpound;

namespace {

// Every kind of cell, and what each format has to guard against.
Sheet awkward() {
  Sheet sheet;
  sheet.name = "odd";
  sheet.columns = {{"id"}, {"watts"}, {"inside"}, {"source"}, {"hidden", false}};
  sheet.rows = {{std::string("a|b"), 1234.5678, true, std::vector<std::string>{"x", "y"},
                    std::string("not for people")},
      {std::string("\x1b[31m,\"q\"\n"), Cell(), Cell(), Cell(), Cell()}};
  return sheet;
}

std::string written(const char* format, const Sheet& sheet) { return written_sheet(format, sheet); }

}  // namespace

TEST_CASE("sheet: text aligns columns, numbers to the right, and escapes what drives a terminal") {
  CHECK(written("text", awkward()) ==
        "id                    watts  inside  source\n"
        "a|b               1234.5678  true    x; y\n"
        "\\x1b[31m,\"q\"\\x0a\n");
}

TEST_CASE("sheet: a column's digits are for people only") {
  Sheet sheet;
  sheet.name = "s";
  sheet.columns = {{"watts", true, 2}};
  sheet.rows = {{1234.5}};
  CHECK(written("text", sheet) == "watts\n1,234\n");  // whole numbers are not cut
  CHECK(written("csv", sheet) == "watts\n1234.5\n");
}

TEST_CASE("sheet: JSON has the shape of a table, and empty cells no key") {
  CHECK(written("json", awkward()) ==
        "{\"table\": \"odd\", \"schema\": 1, \"rows\": [\n"
        "{\"id\": \"a|b\", \"watts\": 1234.5678, \"inside\": true, \"source\": [\"x\", \"y\"], \"hidden\": "
        "\"not for people\"},\n"
        "{\"id\": \"\\u001b[31m,\\\"q\\\"\\n\"}\n"
        "]}\n");
}

TEST_CASE("sheet: NDJSON has one row a line") {
  const std::string text = written("ndjson", awkward());
  CHECK(std::count(text.begin(), text.end(), '\n') == 2);
  CHECK(text.find("\"table\"") == std::string::npos);
}

TEST_CASE("sheet: CSV and TSV quote what would break a row") {
  CHECK(written("csv", awkward()) ==
        "id,watts,inside,source,hidden\n"
        "a|b,1234.5678,true,x; y,not for people\n"
        "\"\x1b[31m,\"\"q\"\"\n\",,,,\n");
  CHECK(written("tsv", awkward()).substr(0, 10) == "id\twatts\ti");
}

TEST_CASE("sheet: a bar in a cell does not end a Markdown cell") {
  const std::string text = written("markdown", awkward());
  CHECK(text.substr(0, text.find('\n')) == "| id | watts | inside | source |");
  CHECK(text.find("| a\\|b | 1234.5678 | true | x; y |") != std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("sheet: an empty sheet keeps its header") {
  Sheet sheet = awkward();
  sheet.rows.clear();
  CHECK(written("text", sheet) == "id  watts  inside  source\n");
  CHECK(written("json", sheet) == "{\"table\": \"odd\", \"schema\": 1, \"rows\": [\n]}\n");
  CHECK(written("csv", sheet) == "id,watts,inside,source,hidden\n");
}

TEST_CASE("sheet: rows that are made when they are written are rows like others", "[io]") {
  const Sheet held = awkward();
  Sheet made = awkward();
  made.rows.clear();
  made.made.count = held.rows.size();
  made.made.make = [&](std::size_t at, std::vector<Cell>& row) { row = held.rows[at]; };
  for (const OutputFormat& format : table_formats()) {
    INFO(format.name);
    std::string whole;
    format.sheets({&held, 1}, whole, [](std::string&) {});
    std::string pieces;
    std::string out;
    format.sheets({&made, 1}, out, [&](std::string& text) {
      pieces += text;
      text.clear();
    });
    CHECK(pieces + out == whole);
  }
}
