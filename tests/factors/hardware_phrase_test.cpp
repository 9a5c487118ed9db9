// SPDX-License-Identifier: MIT
#include "factors/hardware_phrase.hpp"

#include <fstream>
#include <sstream>
#include <string>

#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/text.hpp"

using namespace footpound;

namespace {

const Catalog& built_in() {
  static const Catalog catalog;
  return catalog;
}

}  // namespace

TEST_CASE("hardware is read as cards, papers and drivers print it, or refused in words that help") {
  // printed_hardware.tsv: text, row, number ("-": none); or text, "!", words of the refusal
  std::ifstream table(root_path("/tests/factors/printed_hardware.tsv"));
  std::string line;
  std::size_t read = 0;
  while (std::getline(table, line)) {
    if (line.starts_with('#')) continue;
    std::istringstream cells(line);
    std::string text;
    std::string row;
    std::string expected;
    std::getline(cells, text, '\t');
    std::getline(cells, row, '\t');
    std::getline(cells, expected);
    INFO(line);
    ++read;
    const Result<Accelerator> found = find_accelerator(built_in(), text);
    if (row == "!") {
      REQUIRE_FALSE(found);
      CHECK(contains(message(found.error()), expected));
      continue;
    }
    INFO((found ? std::string() : message(found.error())));
    REQUIRE(found);
    CHECK(found->row.id() == row);
    CHECK(found->count_said == (expected == "-" ? 0 : std::stod(expected)));
  }
  CHECK(read > 150);
}

TEST_CASE("what was read is told: slices, boards, and what in brackets was not used") {
  const Result<HardwarePhrase> slice = read_hardware(built_in(), "4 x TPU v3-8");
  REQUIRE(slice);
  CHECK(slice->slice.id() == "gcp:v3-8");
  // 4 slices of 4 chips
  CHECK(slice->accelerator.count_said == 16);
  const Result<HardwarePhrase> boards = read_hardware(built_in(), "128 MI250X modules");
  REQUIRE(boards);
  CHECK(boards->boards == 128);
  CHECK(boards->accelerator.count_said == 256);  // two devices each
  const Result<HardwarePhrase> site = read_hardware(built_in(), "Tesla T4 GPU (Google Colab)");
  REQUIRE(site);
  CHECK(site->aside == "Google Colab");
  CHECK(site->accelerator.count_said == 0);
}

TEST_CASE("hostile texts of any length are refused in bounded time") {
  for (const std::string& text :
      {std::string(100000, 'x'), std::string(150, '('), std::string(150, '8'), "8" + std::string(150, 'x'),
          std::string("x x x x"), std::string("()"), std::string("8 x"), std::string("v-8"), std::string("s"),
          std::string("8 s"), std::string("\xC3"), std::string("A100 (((")}) {
    INFO(text.substr(0, 20));
    const Result<Accelerator> found = find_accelerator(built_in(), text);
    if (text != "A100 (((") CHECK_FALSE(found);
  }
}
