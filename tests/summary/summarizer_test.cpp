// SPDX-License-Identifier: MIT
#include "summary/summarizer.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/read_stream.hpp"
#include "support/small_catalog.hpp"

using namespace footpound;

namespace {

struct Summary {
  std::string totals;
  std::vector<std::string> errors;
};

// `block`: 0 for the whole text at once.
Summary summary_of(const std::string& format, const std::string& text, const std::vector<std::string>& keys,
    std::size_t block = 0) {
  ReaderOptions options;
  options.keep_own_fields = true;
  options.own_fields_wanted = keys;
  for (const std::string& key : keys) {
    for (const std::string_view other : other_names(key)) options.own_fields_wanted.emplace_back(other);
  }
  SeenJobs seen;
  Summarizer summarizer(
      small_catalog(), {}, keys, find_input_format(format)->make({})->encoding(), true, seen);
  Summary summary;
  std::string nothing;
  read_stream(
      format, text, options, {},
      [&](Record& record) {
        if (const std::optional<Error>& error = summarizer.record(record, nothing))
          summary.errors.push_back(message(*error));
      },
      block == 0 ? text.size() : block);
  std::move(summarizer).take_totals().write_partial([&](std::string_view line) { summary.totals += line; });
  return summary;
}

std::string groups_of(const std::string& text, const std::vector<std::string>& keys) {
  std::string groups;
  const std::string totals = summary_of("ndjson", text, keys).totals;
  for (std::size_t at = totals.find("\"key\":"); at != std::string::npos;
       at = totals.find("\"key\":", at + 1))
    groups += totals.substr(at + 6, totals.find(",\"skipped\"", at) - at - 6) + "\n";
  return groups;
}

std::string job(const std::string& fields) { return "{" + fields + ",\"energy_kwh\":1,\"co2e_kg\":2}\n"; }

}  // namespace

TEST_CASE("groups are the same for any order of the records and of the fields in a record", "[summary]") {
  std::vector<std::string> records = {job(R"("x":1,"team":"a")"), job(R"("Team":"b","team":"c")"),
      job(R"("team":"c","TEAM":"d","x":1)"), job(R"("TEAM":"e")"), job(R"("X":2,"team":"a","Team":"b")"),
      job(R"("team":"a","team":"b")"), job(R"("Team":"a","TEAM":"b","x":3)"), job(R"("other":1)"),
      job(R"("team":null,"Team":"f")"),
      R"({"energy_kwh":1,"Energy_kWh":5,"co2e_kg":2,"team":"g"})"
      "\n"};
  std::string text;
  for (const std::string& record : records) text += record;
  const std::string expected = summary_of("ndjson", text, {"x", "team"}).totals;
  std::sort(records.begin(), records.end());
  for (int round = 0; round < 200; ++round) {
    std::next_permutation(records.begin(), records.end());
    if (round % 2 == 1) std::reverse(records.begin(), records.end());
    std::string other;
    for (const std::string& record : records) other += record;
    CHECK(summary_of("ndjson", other, {"x", "team"}, round % 3 == 0 ? 1 : 0).totals == expected);
  }
  CHECK(groups_of(job(R"("Team":"b","team":"c")"), {"team"}) ==
        groups_of(job(R"("team":"c","Team":"b")"), {"team"}));
}

TEST_CASE("a key is the field of that very name, or the only one that differs in case", "[summary]") {
  CHECK(groups_of(job(R"("Team":"b","team":"c")"), {"team"}) == "[\"c\"],\"jobs\":1\n");
  CHECK(groups_of(job(R"("Team":"b","team":"c")"), {"Team"}) == "[\"b\"],\"jobs\":1\n");
  CHECK(groups_of(job(R"("Team":"b")"), {"team"}) == "[\"b\"],\"jobs\":1\n");
  // an empty field of the name is the field of the name
  CHECK(groups_of(job(R"("Team":"b","team":"")"), {"team"}) == "[\"\"],\"jobs\":1\n");
}

TEST_CASE(
    "a key that a record has twice fails it, as a field of ours does, and so does a figure", "[summary]") {
  for (const char* fields : {R"("team":"a","team":"b")", R"("Team":"a","TEAM":"b")",
           R"("team":"a","team":"a")", R"("team":"a","Team":"c","team":"b")"}) {
    INFO(fields);
    const Summary summary = summary_of("ndjson", job(fields), {"team"});
    CHECK(summary.errors == std::vector<std::string>{"team: is stated twice; leave one of them out"});
    CHECK(summary.totals.find(R"({"key":[""],"jobs":0,"skipped":0,"failed":1)") != std::string::npos);
  }
  CHECK(summary_of("ndjson", job(R"("energy_kwh":5)"), {}).errors ==
        std::vector<std::string>{"energy_kwh: is stated twice; leave one of them out"});
  CHECK(summary_of("ndjson", R"({"gpu":"TG1","gpu":"TG2","hours":1})", {"gpu"}).errors ==
        std::vector<std::string>{"gpu: is stated twice; leave one of them out"});
}

TEST_CASE("a stated figure below 0 is refused, and one that fits no number", "[summary]") {
  CHECK(summary_of("csv", "energy_kwh,co2e_kg\n-5,1\n1,-0.5\n-0,0\n", {}).errors ==
        std::vector<std::string>{"energy_kwh: \"-5\" is below 0; clear it to have the record estimated",
            "co2e_kg: \"-0.5\" is below 0; clear it to have the record estimated"});
  CHECK(summary_of("csv", "energy_kwh,co2e_kg,energy_low_kwh\n5,1,-1\n", {}).errors.size() == 1);
  CHECK(summary_of("csv", "energy_kwh,co2e_kg,used_hours,used_accelerator_count\n5,1,1e200,1e200\n", {})
            .errors ==
        std::vector<std::string>{"the result does not fit a number; check the units of what is stated"});
  // metered as a whole: the devices' time is what was stated
  CHECK(summary_of("csv", "measured_it_energy_kwh,gpus,hours\n5,1e200,1e200h\n", {}).errors ==
        std::vector<std::string>{"the result does not fit a number; check the units of what is stated"});
}
