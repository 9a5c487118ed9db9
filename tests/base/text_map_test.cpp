// SPDX-License-Identifier: MIT
#include "footpound/base/text_map.hpp"

#include <cstdint>
#include <cstring>
#include <ctime>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

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

namespace {

std::string of_words(std::uint64_t first, std::uint64_t last) {
  std::string text(16, '\0');
  std::memcpy(text.data(), &first, 8);
  std::memcpy(text.data() + 8, &last, 8);
  return text;
}

double seconds_to_hold(const std::vector<std::string>& names) {
  const std::clock_t begin = std::clock();
  TextMap<int> map;
  for (const std::string& name : names) {
    if (map.find(name) == nullptr) map.put(name, 0, 1);
  }
  REQUIRE(map.size() == names.size());
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace

TEST_CASE("names that share a hash without a secret take no longer than others", "[base]") {
  constexpr std::uint64_t many = 40000;
  std::vector<std::string> ordinary;
  std::vector<std::string> same_sum;      // first ^ rotl(last, 23), which once was all of the hash
  std::vector<std::string> same_product;  // one factor of a product is the same
  std::vector<std::string> high_bits;     // the low halves of all words are the same
  for (std::uint64_t i = 0; i < many; ++i) {
    ordinary.push_back("user-" + std::to_string(i));
    same_sum.push_back(of_words(0x6161616161616161U ^ (i << 23 | i >> 41), i));
    same_product.push_back(of_words(0, i));
    high_bits.push_back(of_words(i << 40, i << 44));
  }
  const double usual = seconds_to_hold(ordinary) + 0.01;
  // the square would be a thousand times as much
  CHECK(seconds_to_hold(same_sum) < 20 * usual);
  CHECK(seconds_to_hold(same_product) < 20 * usual);
  CHECK(seconds_to_hold(high_bits) < 20 * usual);
}

TEST_CASE("the secret of a process is drawn once, and holds no word twice", "[base]") {
  const HashSecret& secret = hash_secret();
  CHECK(&secret == &hash_secret());
  CHECK(std::set<std::uint64_t>(secret.begin(), secret.end()).size() == secret.size());
}
