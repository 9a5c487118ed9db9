// SPDX-License-Identifier: MIT
// Trackers' files as people keep them: tests/read/samples/trials.psv tells what each record is.
#include <map>
#include <sstream>
#include <vector>

#include "footpound/factors/catalog.hpp"
#include "support/close_to.hpp"
#include "support/read_stream.hpp"

using namespace footpound;

namespace {

struct Told {
  std::string kwh;
  std::string place;
  std::string says;
};

struct File {
  std::string format;
  std::map<std::uint64_t, Told> records;  // by line
};

std::map<std::string, File> files() {
  std::map<std::string, File> out;
  std::istringstream table(sample("trials.psv"));
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    if (line[0] == '#') continue;
    std::vector<std::string> cells;
    std::istringstream row(line + "|");
    for (std::string cell; std::getline(row, cell, '|');) cells.push_back(cell);
    REQUIRE(cells.size() == 6);
    File& file = out[cells[0] + "/trial-" + cells[1] + ".csv"];
    file.format = cells[0];
    file.records[std::stoull(cells[2])] = Told{cells[3], cells[4], cells[5]};
  }
  return out;
}

void check(const Record& record, const Told& told) {
  if (!told.says.empty()) {
    REQUIRE(record.error);
    CHECK_THAT(message(*record.error), Catch::Matchers::Contains(told.says));
    return;
  }
  INFO((record.error ? message(*record.error) : std::string()));
  REQUIRE_FALSE(record.error);
  CHECK(in_kwh(record.spec.measured_it_energy->value) == close_to(std::stod(told.kwh)));
  const std::string provider(record.spec.provider.value_or(""));
  CHECK(
      (provider.empty() ? "" : provider + " ") + std::string(record.spec.region.value_or("")) == told.place);
}

}  // namespace

TEST_CASE("trackers' files hold what was worked out by hand, in blocks of any size") {
  static const Catalog catalog;
  const std::size_t block = GENERATE(std::size_t{100}, std::size_t{1} << 20);
  for (const auto& entry : files()) {
    const std::string& name = entry.first;
    const auto& file = entry.second;
    INFO(name);
    ReaderOptions options;
    options.catalog = &catalog;
    std::size_t records = 0;
    read_stream(
        file.format, sample(name), options, {},
        [&](const Record& record) {
          ++records;
          INFO(record.line);
          REQUIRE(file.records.count(record.line) == 1);
          check(record, file.records.at(record.line));
        },
        block);
    CHECK(records == file.records.size());
    CHECK(format_of_own_content(sample(name))->name == file.format);
  }
}

TEST_CASE("codecarbon: a file that a spreadsheet saved with semicolons is refused by that") {
  const std::string text = sample("codecarbon/trial-excel-semicolon.csv");
  REQUIRE(format_of_own_content(text)->name == "codecarbon");
  const Result<std::size_t> begun = find_input_format("codecarbon")->make({})->begin(text);
  REQUIRE_FALSE(begun);
  CHECK(message(begun.error()).find("semicolons") != std::string::npos);
}
