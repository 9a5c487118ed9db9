// SPDX-License-Identifier: MIT
#include "io/csv_text.hpp"

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

TEST_CASE("the first fields of a row are cut outside quotes; quotes have to match to its end") {
  const auto cut = [](std::string_view row, std::size_t most) {
    std::size_t have = 0;
    const std::optional<std::string_view> kept = first_csv_fields(row, ',', most, have);
    return std::string(kept.value_or("no")) + " " + std::to_string(have);
  };
  CHECK(cut("", 2) == " 1");
  CHECK(cut("a,b,c", 2) == "a,b 2");
  CHECK(cut("a,b", 3) == "a,b 2");
  CHECK(cut("\"a,\"\"\",b,c", 1) == "\"a,\"\"\" 1");
  CHECK(cut("a,5\" disk,", 3) == "a,5\" disk, 3");
  CHECK(cut("a,\"b\"c", 1).substr(0, 2) == "no");
  CHECK(cut("a,\"b", 1).substr(0, 2) == "no");
  CHECK(cut("\"\"\"", 1).substr(0, 2) == "no");
}
