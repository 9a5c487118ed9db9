// SPDX-License-Identifier: MIT
#include "memory/memo.hpp"

#include <string>

#include "support/catch.hpp"

using namespace footpound;

TEST_CASE("what was made for a key is remembered for it") {
  Memo<int> memo;
  int made = 0;
  const auto make = [&] { return ++made; };
  CHECK(memo.get("a", 0, make) == 1);
  CHECK(memo.get("a", 0, make) == 1);
  CHECK(memo.get("", 0, make) == 2);
  CHECK(memo.get("", 0, make) == 2);
  CHECK(made == 2);
}

TEST_CASE("whatever came before, a key gets its own value: many keys share a slot") {
  Memo<std::string> memo;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 5000; ++i) {
      // same first and last eight bytes and mostly the same length: told apart by the key alone
      const std::string key = "prefix--" + std::to_string(i) + "--suffix";
      REQUIRE(memo.get(key, 0, [&] { return "value of " + key; }) == "value of " + key);
    }
  }
}

TEST_CASE("keys with NUL bytes and of any length are their own") {
  Memo<std::size_t> memo;
  for (std::size_t length = 0; length < 40; ++length) {
    const std::string key(length, '\0');
    CHECK(memo.get(key, 0, [&] { return length; }) == length);
  }
}

TEST_CASE("a key with another number beside it is another key") {
  Memo<int> memo;
  for (int i = 0; i < 300; ++i) {
    REQUIRE(memo.find("gpu", static_cast<std::uint64_t>(i)) == nullptr);
    memo.put("gpu", static_cast<std::uint64_t>(i), 7 * i);
  }
  for (int i = 0; i < 300; ++i) {
    const int* const known = memo.find("gpu", static_cast<std::uint64_t>(i));
    REQUIRE(known != nullptr);
    CHECK(*known == 7 * i);
  }
  CHECK(memo.find("gpv", 3) == nullptr);
}
