// SPDX-License-Identifier: MIT
#include "footpound/run_spec.hpp"

#include <limits>

#include "library/record_of.hpp"
#include "support/catch.hpp"

using namespace footpound;

TEST_CASE("library: a spec keeps what it was given, and copies of it do") {
  std::string field = "gpu";
  std::string text = "a name that is too long to be kept in place";
  RunSpec spec;
  CHECK(spec.empty());
  REQUIRE(spec.set(field, text));
  REQUIRE(spec.set("hours", "1h30m"));
  field.assign(field.size(), '?');
  text.assign(text.size(), '?');
  RunSpec copy;
  {
    const RunSpec gone = spec;
    copy = gone;
  }
  const Record record = record_of(copy);
  CHECK(record.spec.accelerator == "a name that is too long to be kept in place");
  CHECK(record.spec.hours->value == hours(1.5));
  CHECK_FALSE(copy.empty());
}

TEST_CASE("library: the later value counts, by whatever name; an empty one takes the statement back") {
  RunSpec spec;
  REQUIRE(spec.set("gpu_count", "8"));
  REQUIRE(spec.set("accelerator_count", "4"));
  CHECK(record_of(spec).spec.accelerator_count->value == 4);
  REQUIRE(spec.set("GPUS", " "));
  CHECK_FALSE(record_of(spec).spec.accelerator_count);
  CHECK(spec.empty());
  REQUIRE(spec.set("region", ""));
  CHECK(spec.empty());
}

TEST_CASE("library: a number is stated in the field's own unit, with all its digits") {
  RunSpec spec;
  REQUIRE(spec.set("hours", 0.1 + 0.2));
  REQUIRE(spec.set("year", 2024));
  REQUIRE(spec.set("flops", 3.14e23));
  const Record record = record_of(spec);
  CHECK(record.spec.hours->value == hours(0.1 + 0.2));
  CHECK(record.spec.year == 2024);
  CHECK(record.spec.flops->value == 3.14e23);
  CHECK(spec.set("hours", std::numeric_limits<double>::infinity()).error().kind == ErrorKind::bad_value);
  CHECK(message(spec.set("hours", std::numeric_limits<double>::quiet_NaN()).error()) ==
        "hours: is no finite number");
  CHECK(record_of(spec).spec.hours->value == hours(0.1 + 0.2));
}

TEST_CASE("library: an unknown field names the nearest, a vague one says what to state") {
  RunSpec spec;
  CHECK(message(spec.set("gpu_cuont", "8").error()) ==
        "unknown field \"gpu_cuont\"; did you mean \"gpu_count\"?");
  CHECK(spec.set("nothing like any", "8").error().kind == ErrorKind::unknown_name);
  CHECK(spec.set("power", "8").error().kind == ErrorKind::refused);
  CHECK(spec.empty());
}

TEST_CASE("library: a bad value is told by the name it was stated by, and changes nothing") {
  RunSpec spec;
  REQUIRE(spec.set("gpus", "8"));
  const Result<void> bad = spec.set("gpus", "many");
  CHECK(bad.error().kind == ErrorKind::bad_value);
  CHECK(bad.error().field == "gpus");
  const Result<void> low = spec.set("PUE", "0.9");
  CHECK(low.error().kind == ErrorKind::out_of_range);
  CHECK(low.error().field == "PUE");
  CHECK(record_of(spec).spec.accelerator_count->value == 8);
  CHECK_FALSE(record_of(spec).spec.pue);
}
