// SPDX-License-Identifier: MIT
#include "record/fields.hpp"

#include <algorithm>
#include <set>

#include "record/outputs.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

using namespace footpound;

namespace {

Result<void> set(std::string_view name, std::string_view text, Record& record) {
  return set_field(*find_field(name), name, text, record);
}

bool takes(std::string_view name, std::string_view text) {
  Record record;
  const Result<void> done = set(name, text, record);
  if (!done) CHECK(done.error().field == name);
  return static_cast<bool>(done);
}

// Something every field of this look takes.
std::string sample(const Field& field) {
  if (field.value == "WHEN") return "2024-01-01";
  if (field.value == "YEAR") return "2024";
  if (field.value == "METHOD") return "direct";
  if (field.value == "KIND") return "general";
  if (field.value.empty()) return "true";
  return "1";
}

}  // namespace

TEST_CASE("fields fit their bits, have names and aliases of their own, and a flag with dashes") {
  CHECK(fields().size() <= 64);
  std::set<std::string_view> names;
  for (const Field& field : fields()) {
    INFO(field.name);
    CHECK(names.insert(field.name).second);
    for (const std::string_view alias : field.aliases) {
      if (alias.empty()) continue;
      CHECK(names.insert(alias).second);
      CHECK(find_field(alias) == &field);
    }
    CHECK(field.flag.substr(0, 2) == "--");
    CHECK(field.flag.find('_') == std::string_view::npos);
    CHECK_FALSE(field.help.empty());
    CHECK_FALSE(name(field.group).empty());
    // names stay apart from those of the results
    CHECK(find_output(field.name) == nullptr);
  }
}

TEST_CASE("a flag is its field with dashes and without the unit") {
  for (const Field& field : fields()) {
    std::string expected = "--" + std::string(field.name);
    for (const std::string unit : {"_g_per_kwh", "_kwh", "_w", "_gb"}) {
      if (expected.size() > unit.size() &&
          expected.compare(expected.size() - unit.size(), unit.size(), unit) == 0) {
        expected.resize(expected.size() - unit.size());
        break;
      }
    }
    std::replace(expected.begin(), expected.end(), '_', '-');
    CHECK(field.flag == expected);
  }
}

TEST_CASE("every field is found without case, set from text, and marked as stated") {
  for (const Field& field : fields()) {
    INFO(field.name);
    std::string upper(field.name);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    CHECK(find_field(upper) == &field);
    CHECK(find_field(" " + std::string(field.name) + "\t") == &field);
    Record record;
    CHECK_FALSE(field.is_set(record.spec));
    REQUIRE(set_field(field, field.name, sample(field), record));
    CHECK(field.is_set(record.spec));
    CHECK(record.stated == bit(field));
    CHECK(record.said[index_of(field)] == field.name);
  }
}

TEST_CASE("an empty text is not stated") {
  for (const Field& field : fields()) {
    for (const char* blank : {"", " ", "\t "}) {
      Record record;
      REQUIRE(set_field(field, field.name, blank, record));
      CHECK_FALSE(field.is_set(record.spec));
      CHECK(record.stated == 0);
    }
  }
}

TEST_CASE("numbers keep to the range of their field, and the error names it") {
  struct Range {
    const char* name;
    std::vector<const char*> good;
    std::vector<const char*> bad;
  };
  for (const Range& range : std::vector<Range>{{"trials", {"1", "4789", "1.5"}, {"0", "0.99", "-1", "nan"}},
           // what is hardly meant in the field's own unit needs its unit
           {"hours", {"0", "79.2", "3d7h", "36:00:00", "438000", "495066h"},
               {"-1", "300W", "inf", "1e400", "438001", "495066", "40 GPU-days"}},
           {"gpu_hours", {"0", "1022362", "40 GPU-days"}, {"-1"}},
           {"accelerator_count", {"0", "1", "64", "3/7", "0.5"},
               {"-1", "-3/7", "3/0", "1/0", "x/7", "1e308/1e-308", "1e-308/1e308"}},
           {"nodes", {"1", "0.5"}, {"0", "-1"}}, {"cpu_count", {"2"}, {"0"}}, {"cpu_cores", {"64"}, {"0"}},
           {"memory_gb", {"0", "512GB", "1TB"}, {"-1", "5W"}},
           {"gpu_power_w", {"300", "0.3kW", "0.3W", "1"}, {"0", "0.3", "-300", "300h"}},
           {"utilization", {"1", "0.35", "35%", "100%"}, {"0", "0%", "1.01", "101%", "35", "-0.1"}},
           {"host_power_w", {"0", "800W"}, {"-1", "0.8"}},
           {"it_power_w", {"12041.51", "12,041.51"}, {"0", "0.5", "12,041"}},
           {"measured_it_energy_kwh", {"1MWh"}, {"0", "1kW"}},
           {"measured_accelerator_energy_kwh", {"3.6MJ"}, {"0"}},
           {"pue", {"1", "1.58"}, {"0.99", "0", "-1.2", "1,100", "1k"}},
           {"intensity_g_per_kwh", {"0", "385", "0.954lb/kWh", "0.432g/kWh", "0 g/kWh", "1"},
               {"-1", "1W", "0.432", "0.432+-0.1"}},
           {"market_intensity_g_per_kwh", {"0"}, {"-1", "0.432"}},
           {"year", {"1990", "2100", "2026"}, {"1989", "2101", "1066", "2024.5", "two", "24"}},
           {"parameters", {"7B"}, {"0", "-7B"}}, {"tokens", {"1.4T"}, {"0"}}, {"flops", {"3.14e23"}, {"0"}},
           {"mfu", {"0.5", "50%", "1"}, {"0", "1.1"}}, {"layers", {"32"}, {"0"}},
           {"context_tokens", {"2k"}, {"0"}}, {"intensity_method", {"direct", "Lifecycle"}, {"marginal"}},
           {"workload", {"large-model", "large_model", "GENERAL"}, {"unknown", "big"}},
           {"embodied", {"true", "false", "YES", "no", "1", "0"}, {"maybe", "2"}},
           {"start", {"2026-11-23", "0"}, {"yesterday"}}}) {
    for (const char* text : range.good) {
      INFO(range.name << " = " << text);
      CHECK(takes(range.name, text));
    }
    for (const char* text : range.bad) {
      INFO(range.name << " = " << text);
      CHECK_FALSE(takes(range.name, text));
    }
  }
}

TEST_CASE("a share of a device is a count") {
  Record record;
  REQUIRE(set("gpus", "3/7", record));
  CHECK(record.spec.accelerator_count->value == 3.0 / 7);
}

TEST_CASE("power alone is refused, naming both meanings") {
  for (const char* name : {"power", "power_w", "POWER", " Power_W "}) {
    CHECK(find_field(name) == nullptr);
    const std::optional<Error> refused = refused_field(name);
    INFO(name);
    REQUIRE(refused);
    CHECK(contains(refused->instead, "it_power_w"));
    CHECK(contains(refused->instead, "accelerator_power_w"));
  }
  CHECK_FALSE(refused_field("host_power_w"));
}

TEST_CASE("a misspelt field finds the one that was meant") {
  CHECK(near_field("gpu_cuont") == "gpu_count");
  CHECK(near_field("Hour") == "hours");
  CHECK(near_field("utilisation") == "utilization");
  CHECK(near_field("qqqqqqqqq").empty());
}
