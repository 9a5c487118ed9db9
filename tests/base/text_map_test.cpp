// SPDX-License-Identifier: MIT
#include "base/text_map.hpp"

#include <map>
#include <memory>
#include <string>

#include "support/catch.hpp"

using namespace footpound;

TEST_CASE("a text map holds what a std::map of the same holds, whatever the texts share", "[base]") {
  TextMap<int> map;
  std::map<std::string, int> plain;
  const auto put = [&](const std::string& text) {
    const int value = static_cast<int>(plain.size());
    if (plain.emplace(text, value).second) {
      REQUIRE(map.find(text) == nullptr);
      CHECK(map.put(text, 0, value) == value);
    }
  };
  for (int i = 0; i < 500; ++i) {
    const std::string n = std::to_string(i);
    put(n);
    put("first--8" + n);                                       // the same beginning
    put(n + "--last-8");                                       // the same end
    put("first--8" + n + "--last-8");                          // told apart by the middle alone
    put(std::string(static_cast<std::size_t>(i % 40), '\0'));  // by the length alone
  }
  CHECK(map.size() == plain.size());
  for (const auto& [text, value] : plain) {
    const int* const found = map.find(text);
    REQUIRE(found != nullptr);
    CHECK(*found == value);
  }
  std::map<std::string, int> visited;
  map.each([&](std::string_view text, int value) { visited.emplace(text, value); });
  CHECK(visited == plain);
  CHECK(map.find("none of them") == nullptr);
}

TEST_CASE("a text with another number beside it is another entry", "[base]") {
  TextMap<std::unique_ptr<int>> map;
  CHECK(map.find("a", 1) == nullptr);
  map.put("a", 1, std::make_unique<int>(10));
  map.put("a", 2, std::make_unique<int>(20));
  CHECK(**map.find("a", 1) == 10);
  CHECK(**map.find("a", 2) == 20);
  CHECK(map.find("a") == nullptr);
}

TEST_CASE("what was cleared is gone, and there is room again", "[base]") {
  TextMap<int> map;
  for (int i = 0; i < 100; ++i) map.put(std::to_string(i), 0, i);
  map.clear();
  CHECK(map.size() == 0);
  CHECK(map.find("7") == nullptr);
  map.put("7", 0, 8);
  CHECK(*map.find("7") == 8);
  CHECK(map.size() == 1);
}
