// SPDX-License-Identifier: MIT
#include "io/byte_scan.hpp"

#include <random>
#include <string>
#include <vector>

#include "support/catch.hpp"

using namespace footpound;

namespace {

std::string random_text(std::mt19937& random, std::size_t size) {
  static constexpr std::string_view alphabet = "ab,\"\n\r\x80 ";
  std::string text(size, '\0');
  for (char& c : text) c = alphabet[random() % alphabet.size()];
  return text;
}

}  // namespace

TEST_CASE("the fast mask finds what the plain one finds", "[io]") {
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    const std::string text = random_text(random, 64);
    CHECK(mask_of(text.data(), ',', '"', '\n') == mask_plain(text.data(), ',', '"', '\n'));
  }
}

TEST_CASE("a scan names every structuring byte in order, at any size of text", "[io]") {
  std::mt19937 random(12);
  for (const std::size_t size : {0U, 1U, 63U, 64U, 65U, 127U, 128U, 200U}) {
    const std::string text = random_text(random, size);
    ByteScan scan(text, ',');
    for (std::size_t i = 0; i < size; ++i) {
      if (text[i] == ',' || text[i] == '"' || text[i] == '\n') CHECK(scan.next() == i);
    }
    CHECK(scan.next() == size);
    CHECK(scan.next() == size);
  }
}

TEST_CASE("a scan goes on from where it is sent", "[io]") {
  const std::string text = std::string(70, 'x') + ",x," + std::string(70, 'x') + "\n";
  ByteScan scan(text, ',');
  CHECK(scan.next() == 70);
  scan.skip_to(73);
  CHECK(scan.next() == 143);  // 70 + 3 + 70
  scan.skip_to(0);
  CHECK(scan.next() == 70);
  scan.skip_to(text.size());
  CHECK(scan.next() == text.size());
}
