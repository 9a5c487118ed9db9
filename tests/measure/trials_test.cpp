// SPDX-License-Identifier: MIT
// Logs of the field and what they hold: tests/measure/trials/expected.psv tells it of the files beside it,
// logs.txt of short ones within itself.
#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "read_log.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/text.hpp"

using namespace footpound;
using namespace footpound::measure;

namespace {

std::string trial_path(const std::string& name) { return root_path("/tests/measure/trials/" + name); }

std::vector<std::string> cut(const std::string& text, char at) {
  std::vector<std::string> out;
  std::istringstream in(text + at);
  for (std::string part; std::getline(in, part, at);) out.push_back(part);
  return out;
}

// "2*100+3*5.5"
double sum_of_products(const std::string& text) {
  double sum = 0;
  for (const std::string& term : cut(text, '+')) {
    double product = 1;
    for (const std::string& factor : cut(term, '*')) product *= std::stod(factor);
    sum += product;
  }
  return sum;
}

// "a2 c1"
std::string parts_of(const Measurement& measurement) {
  std::string out;
  constexpr std::array parts = {std::pair{Part::accelerator, 'a'}, std::pair{Part::cpu, 'c'},
      std::pair{Part::memory, 'm'}, std::pair{Part::node, 'n'}};
  for (const auto& [part, letter] : parts) {
    const auto count = std::count_if(measurement.devices.begin(), measurement.devices.end(),
        [part = part](const DeviceEnergy& device) { return device.device.part == part; });
    if (count > 0) out += (out.empty() ? "" : " ") + std::string(1, letter) + std::to_string(count);
  }
  return out;
}

// `expected`: parts, joules, seconds, says
void check(const std::string& log, const std::vector<std::string>& expected) {
  REQUIRE(expected.size() == 4);
  const Result<Measurement> measurement = read(log);
  const std::string& says = expected[3];
  if (expected[0].empty()) {
    CHECK_FALSE(measurement);
    if (!measurement) CHECK_THAT(message(measurement.error()), Catch::Matchers::Contains(says));
    return;
  }
  INFO((measurement ? std::string() : message(measurement.error())));
  REQUIRE(measurement);
  CHECK(parts_of(*measurement) == expected[0]);
  double joules = 0;
  for (std::size_t i = 0; i < measurement->devices.size(); ++i) joules += measured_joules(*measurement, i);
  CHECK(joules == Approx(sum_of_products(expected[1])).epsilon(1e-9));
  CHECK(in_seconds(measurement->window) == Approx(std::stod(expected[2])).epsilon(1e-9));
  CHECK_THAT(notes_of(*measurement), Catch::Matchers::Contains(says));
}

}  // namespace

TEST_CASE("logs of the field hold what was worked out by hand, or are refused by their name") {
  std::set<std::string> told;
  for (const std::string& line : cut(text_of_file(trial_path("expected.psv")), '\n')) {
    if (line.empty() || line[0] == '#' || line.compare(0, 5, "file|") == 0) continue;
    std::vector<std::string> row = cut(line, '|');
    const std::string file = row.front();
    row.erase(row.begin());
    INFO(file);
    told.insert(file);
    check(text_of_file(trial_path(file)), row);
  }
  for (const auto& entry : std::filesystem::directory_iterator(trial_path(""))) {
    const std::string name = entry.path().filename();
    INFO(name);
    CHECK((name == "expected.psv" || name == "logs.txt" || told.count(name) == 1));
  }
}

TEST_CASE("logs as people and programs write them hold what they say") {
  const std::string mark = "\n=== ";
  const std::string all = text_of_file(trial_path("logs.txt"));
  std::size_t cases = 0;
  for (std::size_t at = all.find(mark); at != std::string::npos; ++cases) {
    const std::size_t next = all.find(mark, at + 1);
    const std::string block =
        all.substr(at + mark.size(), next == std::string::npos ? next : next + 1 - at - mark.size());
    const std::size_t first = block.find('\n');
    const std::size_t second = block.find('\n', first + 1);
    INFO(block.substr(0, first));
    check(block.substr(second + 1), cut(block.substr(first + 1, second - first - 1), '|'));
    at = next;
  }
  CHECK(cases > 50);
}
