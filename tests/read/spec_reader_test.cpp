// SPDX-License-Identifier: MIT
#include "read/spec_reader.hpp"

#include <chrono>

#include "support/catch.hpp"
#include "support/text.hpp"

using namespace footpound;

namespace {

std::vector<Record> specs(const std::string& text, const Spec& base = {}) {
  std::optional<SpecError> error;
  std::vector<Record> records = read_specs(text, base, error);
  INFO(text << (error ? ": " + message(error->error) : ""));
  REQUIRE_FALSE(error);
  return records;
}

SpecError refusal(const std::string& text) {
  std::optional<SpecError> error;
  const std::vector<Record> records = read_specs(text, Spec{}, error);
  INFO(text);
  REQUIRE(error);
  CHECK(records.empty());
  return *error;
}

}  // namespace

TEST_CASE("one object is one spec, over the flags") {
  Spec base;
  base.year = 2020;
  const std::string text = "\n{ \"hours\": \"3d7h\",\n \"gpus\": 8, \"name\": null }\n";
  const std::vector<Record> records = specs(text, base);
  REQUIRE(records.size() == 1);
  CHECK(in_hours(records[0].spec.hours->value) == 79);
  CHECK(records[0].spec.accelerator_count->value == 8);
  CHECK(records[0].spec.year == 2020);
  CHECK_FALSE(records[0].spec.name);
}

TEST_CASE("an array is as many specs; each tells its line") {
  const std::string text = "[\n {\"hours\": 1},\n\n {\"hours\": 2}\n]\n";
  const std::vector<Record> records = specs(text);
  REQUIRE(records.size() == 2);
  CHECK(records[0].line == 2);
  CHECK(records[1].line == 4);
  CHECK(specs("[]").empty());
}

// The square of 100,000 lines is minutes of counting them.
TEST_CASE("a long array is read in a time that grows as it does") {
  std::string text = "[\n";
  for (int i = 0; i < 100000; ++i) text += (i == 0 ? "" : ",") + std::string("{\"hours\":\n 1}\n");
  const auto begun = std::chrono::steady_clock::now();
  const std::vector<Record> records = specs(text + "]");
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(20));
  REQUIRE(records.size() == 100000);
  CHECK(records[0].line == 2);
  CHECK(records[99999].line == 200000);
  CHECK(refusal(text + ",{\"hour\":1}]").line == 200002);
}

TEST_CASE("an array is told from an object") {
  CHECK(is_spec_array("[]"));
  CHECK(is_spec_array("\n [{}"));
  CHECK_FALSE(is_spec_array("{}"));
  CHECK_FALSE(is_spec_array(""));
}

TEST_CASE("texts with escapes stay what they were, however many specs there are") {
  std::string text = "[";
  for (int i = 0; i < 100; ++i)
    text += (i == 0 ? "" : ",") + std::string("{\"name\":\"n\\u0061me \\\"") + std::to_string(i) +
            "\\\" of a length that no short string holds\"}";
  text += "]";
  const std::vector<Record> records = specs(text);
  REQUIRE(records.size() == 100);
  for (std::size_t i = 0; i < records.size(); ++i) {
    CHECK(
        records[i].spec.name == "name \"" + std::to_string(i) + "\" of a length that no short string holds");
  }
}

TEST_CASE("unknown keys are errors with the nearest, at their line") {
  const SpecError error = refusal("{\n\"hours\": 1,\n\"gpu_cuont\": 2\n}");
  CHECK(error.line == 3);
  CHECK(error.error.kind == ErrorKind::unknown_name);
  CHECK(message(error.error) == "unknown key \"gpu_cuont\"; did you mean \"gpu_count\"?");
  CHECK(contains(message(refusal("{\"qqqqqqqq\": 1}").error), "--help"));
  CHECK(contains(message(refusal("{\"power\": 1}").error), "it_power_w"));
  refusal("{\"energy_kwh\": 1}");
}

TEST_CASE("bad values name their key") {
  CHECK(refusal("{\"pue\": 0.9}").error.field == "pue");
  CHECK(refusal("{\"gpu_hours\": \"x\"}").error.field == "gpu_hours");
  CHECK(refusal("{\"hours\": [1]}").error.field == "hours");
  CHECK(refusal("{\"hours\": \"\"}").error.field == "hours");
  CHECK(refusal("{\"hours\": \" \"}").error.field == "hours");
  CHECK(contains(refusal("{\"hours\": 1, \"hours\": 2}").error.what, "is stated twice"));
}

TEST_CASE("what is no JSON is refused at its line") {
  CHECK(refusal("").error.kind == ErrorKind::malformed);
  CHECK(refusal(" \n").error.kind == ErrorKind::malformed);
  CHECK(refusal("{\n\"hours\": 1\n\"gpus\": 2}").line == 3);
  for (const char* bad : {"{", "{\"hours\":}", "{\"hours\":1}x", "{\"hours\":1},", "[{\"hours\":1}",
           "[{\"hours\":1},]", "[,]", "[1]", "[{}]x", "[{} {}]", "7", "hours"})
    refusal(bad);
}

TEST_CASE("what is JSON, or anything else, but no object is named at its line") {
  const SpecError element = refusal("[{},\n 7 ]");
  CHECK(element.line == 2);
  CHECK(message(element.error) == "\"7\" is no JSON object; a spec is one, or an array of them");
  const SpecError whole = refusal("\n true\n");
  CHECK(whole.line == 2);
  CHECK(message(whole.error) == "\"true\" is no JSON object; a spec is one, or an array of them");
}

TEST_CASE("one object or an array looks like a spec, lines of objects do not") {
  CHECK(looks_like_spec("{\"hours\": 1}"));
  CHECK(looks_like_spec(" {\n \"hours\": 1\n}\n"));
  CHECK(looks_like_spec("[{\"hours\": 1}]"));
  CHECK(looks_like_spec("{\n \"hours\": 1,"));  // cut off, and laid out over lines
  CHECK_FALSE(looks_like_spec("{\"hours\": 1}\n{\"hours\": 2}\n"));
  CHECK_FALSE(looks_like_spec("job,hours\n"));
  CHECK_FALSE(looks_like_spec(""));
}
