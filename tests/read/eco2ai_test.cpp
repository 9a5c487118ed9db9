// SPDX-License-Identifier: MIT
#include "footpound/factors/catalog.hpp"
#include "support/close_to.hpp"
#include "support/read_stream.hpp"

using namespace footpound;

namespace {

// Calls `check` with each record and its place.
template <class Check>
std::size_t each(const std::string& text, Check check) {
  static const Catalog catalog;
  ReaderOptions options;
  options.catalog = &catalog;
  std::size_t records = 0;
  read_stream("eco2ai", text, options, {}, [&](const Record& record) { check(record, records++); });
  return records;
}

std::string error_of(const std::string& text) {
  std::string found;
  each(text, [&](const Record& record, std::size_t) { found = record.error ? message(*record.error) : ""; });
  return found;
}

const std::string header = "duration(s),power_consumption(kWh),CO2_emissions(kg),GPU_name,region/country\n";

}  // namespace

TEST_CASE("eco2ai: a run, the epochs of another, and one of no energy", "[eco2ai]") {
  const std::size_t records = each(sample("eco2ai/emission.csv"), [](const Record& record, std::size_t i) {
    if (i == 3) {
      CHECK(message(*record.error) == "skipped: the tracker recorded no energy");
      return;
    }
    REQUIRE_FALSE(record.error);
    const Spec& spec = record.spec;
    CHECK_FALSE(spec.pue);
    CHECK(record.own_fields.size() == 13);
    if (i == 0) {
      CHECK(*spec.name == "tide-tables");
      CHECK(in_kwh(spec.measured_it_energy->value) == close_to(1.8));
      CHECK(in_hours(spec.hours->value) == close_to(1.5));  // 5400 s
      // 2026-02-03 is 31 + 2 days behind 2026-01-01, which is 56 years and 14 leap days behind 1970: day
      // 20454 + 33; 8 hours are 28800 s
      CHECK(spec.start->epoch_seconds == close_to(20487 * 86400.0 + 28800));
      CHECK(*spec.region == "DE");  // no state of that name is in the tables
      CHECK(*spec.accelerator == "NVIDIA A100-SXM4-80GB");
      CHECK(spec.accelerator_count->value == 4);
    } else {
      CHECK(in_kwh(spec.measured_it_energy->value) == close_to(i == 1 ? 0.05 : 0.04));
      CHECK(*spec.region == "US-CA");
      CHECK(*spec.accelerator == "Tesla T4");
      CHECK(spec.accelerator_count->value == 1);
    }
  });
  CHECK(records == 4);
}

TEST_CASE("eco2ai: places", "[eco2ai]") {
  const auto region = [](const std::string& place) {
    std::string found;
    each(header + "60,1,0.4,," + place + "\n",
        [&](const Record& record, std::size_t) { found = std::string(record.spec.region.value_or("none")); });
    return found;
  };
  CHECK(region("FR") == "FR");
  CHECK(region("(FR)") == "FR");
  CHECK(region("(US/Texas)") == "US-TX");
  CHECK(region("DE/") == "DE");
  CHECK(region("WORLD") == "none");  // it did not find out
  CHECK(region("N/A") == "none");
}

TEST_CASE("eco2ai: GPUs", "[eco2ai]") {
  const auto gpus = [](const std::string& cell) {
    double count = 0;
    each(header + "60,1,0.4," + cell + ",FR\n", [&](const Record& record, std::size_t) {
      if (record.spec.accelerator) count = record.spec.accelerator_count->value;
    });
    return count;
  };
  CHECK(gpus("NVIDIA H100 80GB HBM3 8 device(s)") == 8);
  CHECK(gpus(" 0 device(s)") == 0);
  CHECK(gpus("CPU 0 device(s)") == 0);
  CHECK(gpus("Tesla T4") == 0);
  CHECK(gpus("Tesla T4 x device(s)") == 0);
}

TEST_CASE("eco2ai: cells that say nothing, and numbers that are none", "[eco2ai]") {
  CHECK(error_of(header + "N/A,1,0.4,,FR\n").empty());
  CHECK(error_of(header + "60,N/A,0.4,,FR\n") == "power_consumption(kwh): is empty; it is the run's kWh");
  CHECK(error_of(header + "x,1,0.4,,FR\n") == R"(duration(s): "x" is no time; it is in seconds)");
  CHECK(error_of(header + "60,-1,0.4,,FR\n") ==
        R"(power_consumption(kwh): "-1" is no energy; it is the run's kWh)");
}

TEST_CASE("eco2ai: known by its header, that of the first versions too", "[eco2ai]") {
  CHECK(format_of_own_content(sample("eco2ai/emission.csv"))->name == "eco2ai");
  const std::string first =
      "project_name,duration(s),power_consumption(kWTh),CO2_emissions(kg),GPU_name,country\n";
  CHECK(format_of_own_content(first)->name == "eco2ai");
  each(first + "a,3600,2,0.8,,FR\n", [](const Record& record, std::size_t) {
    CHECK(in_kwh(record.spec.measured_it_energy->value) == close_to(2));
    CHECK(*record.spec.region == "FR");
  });
}
