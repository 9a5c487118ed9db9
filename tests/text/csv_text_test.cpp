// SPDX-License-Identifier: MIT
#include "text/csv_text.hpp"

#include <random>

#include "support/catch.hpp"

using namespace footpound;

namespace {

std::string written(std::string_view text, char delimiter = ',') {
  std::string out;
  append_csv(out, text, delimiter);
  return out;
}

std::string meaning(std::string_view raw) {
  std::string scratch;
  return std::string(csv_meaning(raw, scratch));
}

}  // namespace

TEST_CASE("fields are quoted where RFC 4180 asks for it, and only there") {
  CHECK(written("").empty());
  CHECK(written("plain") == "plain");
  CHECK(written("a b") == "a b");
  CHECK(written("a,b") == "\"a,b\"");
  CHECK(written("a;b\tc") == "a;b\tc");
  CHECK(written("a\tb", '\t') == "\"a\tb\"");
  CHECK(written("a,b", '\t') == "a,b");
  CHECK(written("say \"so\"") == "\"say \"\"so\"\"\"");
  CHECK(written("a\nb") == "\"a\nb\"");
  CHECK(written("a\r") == "\"a\r\"");
  CHECK(written(" a") == "\" a\"");
  CHECK(written("a ") == "\"a \"");
}

TEST_CASE("the meaning is without outer quotes and with doubled ones halved") {
  CHECK(meaning("").empty());
  CHECK(meaning("plain") == "plain");
  CHECK(meaning("\"\"").empty());
  CHECK(meaning("\"a,b\"") == "a,b");
  CHECK(meaning("\"say \"\"so\"\"\"") == "say \"so\"");
  CHECK(meaning("\"\"\"\"") == "\"");
  CHECK(meaning("5\" disk") == "5\" disk");
  CHECK(meaning("\"") == "\"");
}

TEST_CASE("any bytes come back from their writing") {
  std::mt19937 random(11);
  constexpr std::string_view alphabet = "ab,\"\n\r\t ;\x80";
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (auto n = random() % 8; n > 0; --n) text += alphabet[random() % alphabet.size()];
    const char delimiter = random() % 2 == 0 ? ',' : '\t';
    REQUIRE(meaning(written(text, delimiter)) == text);
  }
}
