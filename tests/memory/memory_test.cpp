// SPDX-License-Identifier: MIT
// What a stream takes over from an earlier record of the same shape is what the ladders give.
#include <vector>

#include "memory/answerer.hpp"
#include "record/outputs.hpp"
#include "support/answers.hpp"

using namespace footpound;

namespace {

struct Shape {
  const char* what;
  std::vector<Said> records;
};

// Each list: records of one shape; names, loads and numbers differ.
const std::vector<Shape> shapes = {
    {"power stated", {{{"accelerator", "test-gpu"}, {"accelerator_count", "4"}, {"hours", "10"},
                          {"accelerator_power_w", "150"}, {"region", "US"}},
                         {{"accelerator", "test-twin"}, {"accelerator_count", "1"}, {"hours", "2"},
                             {"accelerator_power_w", "90+-5"}, {"region", "SE"}},
                         {{"accelerator", "test-gpu"}, {"accelerator_count", "3/7"}, {"hours", "7.5+-1"},
                             {"accelerator_power_w", "1"}, {"region", "FR"}}}},
    {"utilisation stated", {{{"accelerator", "test-gpu"}, {"accelerator_count", "4"}, {"hours", "10"},
                                {"utilization", "0.5"}, {"pue", "1.1"}},
                               {{"accelerator", "test-twin"}, {"accelerator_count", "8"}, {"hours", "10"},
                                   {"utilization", "1"}, {"pue", "1.2+-5%"}},
                               {{"accelerator", "test-gpu"}, {"accelerator_count", "1"}, {"hours", "3"},
                                   {"utilization", "0.25+-0.1"}, {"pue", "1"}}}},
    {"only the hardware", {{{"accelerator", "test-gpu"}, {"accelerator_count", "4"}, {"hours", "10"},
                               {"start", "2024-05-01"}, {"trials", "3"}},
                              {{"accelerator", "test-gpu"}, {"accelerator_count", "1"}, {"hours", "10"},
                                  {"start", "2022-05-01"}, {"trials", "1"}},
                              {{"accelerator", "test-twin"}, {"accelerator_count", "16"}, {"hours", "0.1"},
                                  {"start", "2024-12-31"}, {"trials", "2"}},
                              {{"accelerator", "test-gpu"}, {"accelerator_count", "2"}, {"hours", "1"},
                                  {"start", "2023-01-01"}, {"trials", "1.5"}}}},
    {"the place told in other ways",
        {{{"accelerator", "test-gpu"}, {"hours", "10"}, {"region", "FR"},
             {"market_intensity_g_per_kwh", "20"}},
            {{"accelerator", "test-gpu"}, {"hours", "11"}, {"pue", "1.3"}, {"intensity_g_per_kwh", "100"}},
            {{"accelerator", "test-gpu"}, {"hours", "12"}, {"intensity_g_per_kwh", "100"},
                {"intensity_method", "direct"}},
            {{"accelerator", "test-gpu"}, {"hours", "13"}, {"region", "US"}, {"year", "2022"}},
            {{"accelerator", "test-gpu"}, {"hours", "14"}}}},
    {"no count",
        {{{"accelerator", "test-gpu"}, {"hours", "10"}}, {{"accelerator", "test-twin"}, {"hours", "20"}}}},
    {"hours from elsewhere",
        {{{"accelerator", "test-gpu"}, {"accelerator_count", "4"}, {"accelerator_hours", "40"}},
            {{"accelerator", "test-gpu"}, {"accelerator_count", "2"}, {"accelerator_hours", "1"}}}},
};

// As a reader has it: each field is the record's own.
Record record_of(const Said& said) {
  Record record;
  for (const auto& [name, value] : said) {
    const Field* field = find_field(name);
    REQUIRE(field != nullptr);
    REQUIRE(set_field(*field, name, value, record));
  }
  record.states_by_field = true;
  return record;
}

void check_same(const Answer& ours, const Answer& full) {
  CHECK(in_kwh(ours.figures().it_energy) == in_kwh(full.figures().it_energy));
  CHECK(in_kwh(ours.figures().energy) == in_kwh(full.figures().energy));
  CHECK(in_grams(ours.figures().co2e) == in_grams(full.figures().co2e));
  CHECK(ours.figures().accelerator_hours == full.figures().accelerator_hours);
  CHECK(ours.figures().boundary == full.figures().boundary);
  CHECK(in_kwh(ours.energy().low()) == in_kwh(full.energy().low()));
  CHECK(in_kwh(ours.energy().high()) == in_kwh(full.energy().high()));
  CHECK(in_grams(ours.co2e().low()) == in_grams(full.co2e().low()));
  CHECK(in_grams(ours.co2e().high()) == in_grams(full.co2e().high()));
  CHECK(ours.doubts().assumed == full.doubts().assumed);
}

}  // namespace

TEST_CASE("a record like an earlier one is answered as if it stood alone") {
  for (const std::optional<Boundary> boundary :
      {std::optional<Boundary>(), std::optional(Boundary::it), std::optional(Boundary::accelerators)}) {
    const AnswerOptions options{{boundary, false, {}}};
    Answerer stream(small_catalog(), options, false);
    int recalled = 0;
    for (int round = 0; round < 2; ++round) {
      for (const Shape& shape : shapes) {
        for (const Said& said : shape.records) {
          INFO(shape.what << ", round " << round);
          const Record record = record_of(said);
          const Answer* ours = stream.answer(record);
          REQUIRE(ours != nullptr);
          if (!ours->has_inputs()) ++recalled;
          Answerer plain(small_catalog(), {{boundary, false, {}}, 0, true}, false);
          const Answer* alone = plain.answer(record);
          REQUIRE(alone != nullptr);
          CHECK(alone->has_inputs());
          check_same(*ours, *alone);
        }
      }
    }
    // in the second round all but the market-based one and those without hours of their own
    CHECK(recalled >= 14);
  }
}

TEST_CASE("who wants inputs has them of every record, and the same columns") {
  Answerer stream(small_catalog(), {}, true);
  for (int round = 0; round < 2; ++round) {
    const Answer* answer = stream.answer(record_of({{"accelerator", "test-gpu"}, {"hours", "1"}}));
    REQUIRE(answer != nullptr);
    CHECK(answer->has_inputs());
  }
}

TEST_CASE("a column that is said to read figures alone does so") {
  Answerer stream(small_catalog(), {}, false);
  const Record record = record_of({{"accelerator", "test-gpu"}, {"hours", "1"}});
  REQUIRE(stream.answer(record) != nullptr);
  const Answer* answer = stream.answer(record);
  REQUIRE(answer != nullptr);
  REQUIRE_FALSE(answer->has_inputs());
  std::string text;
  for (const OutputField& column : output_fields()) {
    if (column.of_inputs) continue;  // the others would end the test by their assertion
    INFO(column.name);
    if (column.number != nullptr) CHECK(column.number_of(*answer).has_value());
    if (column.text != nullptr) column.text(*answer, text);
  }
}

TEST_CASE("what nothing ran of is told in a record like an earlier one too") {
  Answerer stream(small_catalog(), {}, false);
  REQUIRE(stream.answer(record_of({{"accelerator", "test-gpu"}, {"hours", "1"}})) != nullptr);
  REQUIRE(stream.answer(record_of({{"accelerator", "test-gpu"}, {"hours", "0"}})) == nullptr);
  CHECK(stream.error()->kind == ErrorKind::skipped);
  REQUIRE(stream.answer(record_of({{"accelerator", "no such thing"}, {"hours", "1"}})) == nullptr);
  CHECK(stream.error()->kind == ErrorKind::unknown_name);
}

TEST_CASE("each field whose number is taken over is, and no other") {
  // the fields that src/memory writes over kept terms: a new one needs its line there
  std::vector<std::string_view> numbers;
  for (const Field& field : fields()) {
    if (field.recall == Recall::number) numbers.push_back(field.name);
  }
  CHECK(numbers == std::vector<std::string_view>{
                       "trials", "hours", "accelerator_count", "accelerator_power_w", "utilization"});
}
