// SPDX-License-Identifier: MIT
#include "io/columns.hpp"

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

TEST_CASE("only a name that nearly is one of ours is noted") {
  CHECK(contains(near_miss("gpu_cont"), "did you mean \"gpu_count\"?"));
  CHECK(contains(near_miss("power_w"), "it_power_w"));
  for (const char* name : {"gpu", "hours", "energy_kwh", "job", "id", "comment", "user", "comment2", ""}) {
    INFO(name);
    CHECK(near_miss(name).empty());
  }
}
