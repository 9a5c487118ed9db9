// SPDX-License-Identifier: MIT
#include "read/column_meaning.hpp"

#include "support/catch.hpp"
#include "support/text.hpp"

using namespace footpound;

TEST_CASE("a column is a field, a result, or the user's own") {
  CHECK(meaning_of("gpu").field == find_field("accelerator"));
  CHECK(meaning_of("gpu").output == nullptr);
  CHECK(meaning_of("energy_kwh").field == nullptr);
  CHECK(meaning_of("energy_kwh").output == find_output("energy_kwh"));
  CHECK(meaning_of("job").field == nullptr);
  CHECK(meaning_of("job").output == nullptr);
}

TEST_CASE("of many near misses the first few are noted, then how many more there are") {
  NameNotes notes;
  for (int i = 0; i < 3; ++i) notes.add("note " + std::to_string(i));
  notes.add("");
  CHECK(notes.notes() == std::vector<std::string>{"note 0", "note 1", "note 2"});
  for (int i = 3; i < 3676; ++i) notes.add("note " + std::to_string(i));
  REQUIRE(notes.notes().size() == 11);
  CHECK(notes.notes().back() == "so are 3666 more columns whose names nearly are a field's");
}

TEST_CASE("names that differ in case alone, or are of one field, mean the same") {
  KnownColumns known;
  const auto refused = [&](std::string_view name) { return known.add(name, meaning_of(name)); };
  CHECK_FALSE(refused("job"));
  CHECK_FALSE(refused("job"));
  CHECK_FALSE(refused("gpu"));
  CHECK_FALSE(refused("Error"));
  CHECK(refused("Accelerator"));
  CHECK(message(*refused("error")) == "error: means the same as column \"Error\"; leave one of them out");
}

TEST_CASE("only a name that nearly is one of ours is noted") {
  CHECK(contains(near_miss("gpu_cont"), "did you mean \"gpu_count\"?"));
  CHECK(contains(near_miss("power_w"), "it_power_w"));
  for (const char* name : {"gpu", "hours", "energy_kwh", "job", "id", "comment", "user", "comment2", ""}) {
    INFO(name);
    CHECK(near_miss(name).empty());
  }
}
