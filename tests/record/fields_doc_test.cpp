// SPDX-License-Identifier: MIT
// docs/fields.md holds the field tables of the program: written by what the fields accept, not
// by hand. FOOTPOUND_UPDATE_GOLDEN=1 writes its tables anew.
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "record/fields.hpp"
#include "record/outputs.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "units/amount.hpp"

namespace {

using namespace footpound;

const std::string path = root_path("/docs/fields.md");

bool takes(const Field& field, const std::string& text) {
  Record record;
  return static_cast<bool>(set_field(field, field.name, text, record));
}

std::string unit_of(const Field& field) {
  if (!takes(field, "1") && !takes(field, "2020")) return "";
  struct Probe {
    const char* text;
    const char* unit;
  };
  static constexpr std::array probes = {Probe{"1W", "W"}, Probe{"1h", "h"}, Probe{"1kWh", "kWh"},
      Probe{"1g/kWh", "g/kWh"}, Probe{"1GB", "GB"}, Probe{"1FLOP", "FLOP"}, Probe{"1USD", "USD"}};
  if (takes(field, "anything")) return "";  // a text
  for (const Probe& probe : probes) {
    if (takes(field, probe.text)) return probe.unit;
  }
  return "";
}

std::string range_of(const Field& field) {
  if (takes(field, "anything")) return "text";
  if (takes(field, "true")) return "true or false";
  if (takes(field, "2024-01-31T12:00:00Z")) return "a time";
  if (takes(field, "1990") && !takes(field, "1989") && takes(field, "2100") && !takes(field, "2101"))
    return "1990 to 2100";
  std::string pattern;
  for (const char* probe : {"-1", "0", "0.5", "1", "2"}) pattern += takes(field, probe) ? 'y' : 'n';
  // below 1, or above some size, only with its unit
  const std::string unit = unit_of(field);
  if (pattern == "nyyyy" && !takes(field, "1e6"))
    return takes(field, "438000") ? "0 or more; above 438000 with its unit" : "?";
  if (pattern == "nynyy") return "0 or more; below 1 with its unit";
  if (pattern == "nnnyy" && takes(field, "0.5" + unit) && !unit.empty())
    return "above 0; below 1 with its unit";
  if (pattern == "nyyyy") return "0 or more";
  if (pattern == "nnyyy") return "above 0";
  if (pattern == "nnnyy") return "1 or more";
  if (pattern == "nnyyn") return "above 0, at most 1";
  if (pattern == "nyyyn") return "0 to 1";
  if (pattern == "nnnnn") return "a word";
  return "?";
}

std::string input_tables() {
  std::string text;
  std::string_view group;
  for (const Field& field : fields()) {
    if (name(field.group) != group) {
      group = name(field.group);
      text += "\n### " + std::string(group) +
              "\n\n| field | flag | unit | range | what |\n| --- | --- | --- | --- | --- |\n";
    }
    text += "| `" + std::string(field.name) + "`";
    for (const std::string_view alias : field.aliases) {
      if (!alias.empty()) text += ", `" + std::string(alias) + "`";
    }
    text += " | `" + std::string(field.flag) + "` | " + unit_of(field) + " | " + range_of(field) + " | " +
            std::string(field.help) + " |\n";
  }
  return text;
}

std::string unit_table() {
  using enum UnitKind;
  std::string text = "\n| kind | own unit | also |\n| --- | --- | --- |\n";
  for (const UnitKind kind :
      {count, devices, share, power, duration, device_time, energy, intensity, memory, operations}) {
    text += "| " + std::string(kind_name(kind)) + " | " + std::string(own_unit(kind)) + " | ";
    bool first = true;
    for (const Unit& unit : units()) {
      if (unit.kind != kind || unit.symbol == own_unit(kind)) continue;
      text += (first ? "" : ", ") + std::string(unit.symbol);
      first = false;
    }
    text += " |\n";
  }
  return text;
}

std::string output_table() {
  std::string text = "\n| field | by default | what |\n| --- | --- | --- |\n";
  for (const OutputField& field : output_fields()) {
    text += "| `" + std::string(field.name) + "` | " + (field.by_default ? "yes" : "") + " | " +
            std::string(field.help) + " |\n";
  }
  return text;
}

// What stands between the marks, replaced.
std::string with_tables(std::string page) {
  const auto fill = [&](const std::string& mark, const std::string& table) {
    const std::string begin = "<!-- " + mark + ": made by tests/record/fields_doc_test.cpp -->\n";
    const std::size_t from = page.find(begin);
    const std::size_t to = page.find("\n<!-- end -->", from);
    REQUIRE(from != std::string::npos);
    REQUIRE(to != std::string::npos);
    page.replace(from + begin.size(), to - from - begin.size(), table);
  };
  fill("input fields", input_tables());
  fill("units", unit_table());
  fill("output fields", output_table());
  return page;
}

}  // namespace

TEST_CASE("docs/fields.md lists every unit, and every field with its unit and range") {
  std::ifstream file(path, std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const std::string made = with_tables(page);
  if (std::getenv("FOOTPOUND_UPDATE_GOLDEN") != nullptr)
    std::ofstream(path, std::ios::binary) << made;
  else
    CHECK(page == made);
  for (const Field& field : fields()) {
    INFO(field.name);
    CHECK(range_of(field) != "?");
  }
}
