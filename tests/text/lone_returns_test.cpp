// SPDX-License-Identifier: MIT
#include "text/lone_returns.hpp"

#include <string>

#include "support/catch.hpp"

using namespace footpound;

namespace {

std::string read(const std::string& text, char delimiter, std::size_t piece) {
  std::string out = text;
  LoneReturns returns(delimiter);
  for (std::size_t at = 0; at < out.size(); at += piece)
    returns.to_feeds(out.data() + at, std::min(piece, out.size() - at));
  return out;
}

}  // namespace

TEST_CASE("returns that end lines become line feeds, those in quotes stay, in pieces of any size") {
  const std::string text = "job,hours\r\"a\rb\",1\r\"say \"\"\r\"\"\",2\rc \"\rd,\"\",3\r";
  const std::string lines = "job,hours\n\"a\rb\",1\n\"say \"\"\r\"\"\",2\nc \"\nd,\"\",3\n";
  for (std::size_t piece = 1; piece < 40; ++piece) CHECK(read(text, ',', piece) == lines);
  CHECK(read("a\t\"\r\"\r", '\t', 100) == "a\t\"\r\"\n");
  CHECK(read("{\"a\":1}\r{\"b\":2}\r", '\0', 3) == "{\"a\":1}\n{\"b\":2}\n");
}

TEST_CASE("lines end in returns where no line feed ends one") {
  for (const char* head :
      {"a,b\r1,2\r", "a,b\r1,2", "a\tb\r\"x\ny\"\t2\r", "\"a\nb\",c\r1,2\r", "{\"a\":1}\r{\"a\":2}\r"}) {
    INFO(head);
    CHECK(ends_lines_in_returns(head));
  }
  for (const char* head : {"", "a,b", "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n1,\"x\ry\"\n", "a,b\r1,2\n",
           "\"a\rb\",c\n", "{\"a\":\r1}\n{\"a\":2}\n"}) {
    INFO(head);
    CHECK_FALSE(ends_lines_in_returns(head));
  }
}
