// SPDX-License-Identifier: MIT
// Contracts of every row of the tables of formats: a new one is tested by existing.
#include <set>

#include "read/reader.hpp"
#include "support/answers.hpp"
#include "write/output_formats.hpp"

using namespace footpound;

TEST_CASE("input formats have names and extensions of their own and make readers") {
  std::set<std::string_view> names;
  std::set<std::string_view> extensions;
  for (const InputFormat& format : input_formats()) {
    INFO(format.name);
    CHECK(names.insert(format.name).second);
    CHECK_FALSE(format.help.empty());
    CHECK(find_input_format(format.name) == &format);
    CHECK_FALSE(format.recognises(""));
    for (const std::string_view extension : format.extensions) {
      CHECK(extensions.insert(extension).second);
      CHECK(format_of_file("some/path" + std::string(extension)) == &format);
      CHECK(format_of_file(extension) == nullptr);  // a name, not an extension
    }
    const std::unique_ptr<RecordReader> reader = format.make({});
    REQUIRE(reader);
    CHECK(reader->cutter()->cut("", 0) == 0);
    REQUIRE(reader->begin(""));
    CHECK(reader->read("", Spec{}, [](Record&) { FAIL("a record out of nothing"); }) == 0);
  }
  CHECK(find_input_format("nothing") == nullptr);
  CHECK(format_of_file("jobs.txt") == nullptr);
  CHECK(format_of_content("no field of ours\n") == nullptr);
  CHECK(format_of_content("{\"hours\":1}\n{}\n")->name == "ndjson");
  CHECK(format_of_content("job,hours\n")->name == "csv");
}

TEST_CASE("output formats have names of their own and make writers that end what they begin") {
  std::set<std::string_view> names;
  for (const OutputFormat& format : output_formats()) {
    INFO(format.name);
    CHECK(names.insert(format.name).second);
    CHECK_FALSE(format.help.empty());
    CHECK(find_output_format(format.name) == &format);
    WriterOptions options;
    options.columns = all_columns();
    options.catalog = &small_catalog();
    options.equivalents = "strubell2019";
    if (format.answers == nullptr) continue;
    const auto writer = format.answers(options, nullptr);
    std::string out;
    writer->begin(out);
    writer->record(
        Record{}, answered({{"accelerator", "test-gpu"}, {"hours", "10"}, {"region", "X-T-N"}}), out);
    writer->end(out);
    REQUIRE_FALSE(out.empty());
    CHECK(out.back() == '\n');
  }
  CHECK(find_output_format("nothing") == nullptr);
}
