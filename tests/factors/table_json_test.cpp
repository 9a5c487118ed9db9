// SPDX-License-Identifier: MIT
#include "factors/table_json.hpp"
#include "factors/tables.hpp"

#include "support/catch.hpp"
#include "support/text.hpp"

using namespace footpound;

namespace {

const std::string memory_row =
    R"({"id": "m", "applies_to": "all", "w_per_gb": 0.3, "source": ["a"], "year": 2024, "method": "x"})";

std::string memory(const std::string& rows) {
  return R"({"table": "memory", "schema": 1, "rows": [)" + rows + "]}";
}

Result<std::vector<TableRows>> parsed(std::string_view json) { return parse_tables(json, table_defs()); }

std::string refusal(const std::string& json) {
  const Result<std::vector<TableRows>> tables = parsed(json);
  INFO(json);
  REQUIRE_FALSE(tables);
  CHECK(tables.error().kind == ErrorKind::malformed);
  return message(tables.error());
}

}  // namespace

TEST_CASE("one table, or a list of tables, is read row by row") {
  const Result<std::vector<TableRows>> one = parsed(memory(memory_row));
  REQUIRE(one);
  REQUIRE(one->size() == 1);
  CHECK((*one)[0].table == TableId::memory);
  REQUIRE((*one)[0].rows.size() == 1);
  const std::vector<CellValue>& row = (*one)[0].rows[0];
  CHECK(row.front().texts.front() == "m");
  REQUIRE(row.size() == 6);
  CHECK(row[2].number == 0.3);
  CHECK(row[3].texts == std::vector<std::string>{"a"});
  CHECK(row[4].number == 2024);

  const Result<std::vector<TableRows>> two = parsed("[" + memory(memory_row) + "," + memory("") + "]");
  REQUIRE(two);
  CHECK(two->size() == 2);
  CHECK(parsed("[]"));
  CHECK(parsed(R"({"table": "memory", "rows": []})"));  // the schema may be left out
}

TEST_CASE("an id alone is a row: overlays state what they change") {
  const Result<std::vector<TableRows>> tables = parsed(memory(R"({"w_per_gb": 1, "id": "m"})"));
  REQUIRE(tables);
  CHECK((*tables)[0].rows[0].front().column == 0);
}

TEST_CASE("what is no JSON is refused with the place") {
  CHECK(contains(refusal(""), "is not JSON: byte"));
  CHECK(contains(refusal("{\"table\": "), "is not JSON: byte"));
  CHECK(contains(refusal(memory(memory_row) + "x"), "is not JSON: byte"));
  CHECK(contains(refusal("{\"table\": \"memory\", \"rows\": [{\"id\": \"\x01\"}]}"), "is not JSON: byte"));
  refusal("{\"table\": \"mem\xC3\"}");
}

TEST_CASE("numbers that no double holds are refused, not thrown") {
  refusal(memory(R"({"id": "m", "w_per_gb": 1e400})"));
  refusal(memory(R"({"id": "m", "w_per_gb": -1e400})"));
}

TEST_CASE("what is no table is refused") {
  for (const char* json : {"7", "null", "\"memory\"", "[7]", "[[]]", "{}", R"({"table": 7})",
           R"({"table": "memory"})", R"({"table": "memory", "rows": 7})",
           R"({"table": "memory", "rows": {}})", R"({"table": "memory", "schema": 2, "rows": []})",
           R"({"table": "memory", "schema": "1", "rows": []})"}) {
    refusal(json);
  }
}

TEST_CASE("unknown tables and keys are refused with the nearest") {
  CHECK(contains(refusal(R"({"table": "grids", "rows": []})"), "did you mean \"grid\"?"));
  const std::string text = refusal(memory(R"({"id": "m", "w_pre_gb": 1})"));
  CHECK(contains(text, "memory \"m\""));
  CHECK(contains(text, "unknown key \"w_pre_gb\""));
  CHECK(contains(text, "did you mean \"w_per_gb\"?"));
}

TEST_CASE("rows need an id, once, and have to be objects") {
  CHECK(contains(refusal(memory(R"({"w_per_gb": 1})")), "row 1: has no \"id\""));
  CHECK(contains(refusal(memory(memory_row + R"(, {"id": ""})")), "row 2"));
  CHECK(contains(refusal(memory(R"({"id": 7})")), "has no \"id\""));
  CHECK(contains(refusal(memory("7")), "is not an object"));
  CHECK(contains(refusal(memory(memory_row + "," + memory_row)), "is stated twice"));
}

TEST_CASE("values of the wrong type name row and key") {
  for (const char* cell : {R"("w_per_gb": "0.3")", R"("w_per_gb": null)", R"("w_per_gb": true)",
           R"("year": 2024.5)", R"("year": "2024")", R"("applies_to": 7)", R"("applies_to": "")",
           R"("applies_to": null)", R"("source": "a")", R"("source": [])", R"("source": [7])",
           R"("source": [""])", R"("source": ["a\u001fb"])"}) {
    const std::string text = refusal(memory(R"({"id": "m", )" + std::string(cell) + "}"));
    INFO(text);
    CHECK(contains(text, "memory \"m\": "));
    CHECK(contains(text, "it has to be"));
  }
  const std::string flag = refusal(R"({"table": "embodied", "rows": [{"id": "e", "preferred": 1}]})");
  CHECK(contains(flag, "true or false"));
}

TEST_CASE("numbers out of their column's range name row, key and range") {
  const auto refused = [](const std::string& table, const std::string& cell) {
    return refusal(R"({"table": ")" + table + R"(", "rows": [{"id": "m", )" + cell + "}]}");
  };
  CHECK(contains(
      refused("pue", R"("pue": 0.9)"), R"(pue "m": "pue" is "0.9"; it has to be a number from 1 to 5)"));
  CHECK(contains(refused("pue", R"("pue": 5.1)"), "from 1 to 5"));
  CHECK(contains(refused("grid", R"("intensity_g_per_kwh": -1)"), "it has to be a number from 0 up"));
  CHECK(contains(refused("grid", R"("year": 1989)"), "it has to be a whole number from 1990 to 2100"));
  CHECK(contains(refused("accelerators", R"("rated_power_w": 0)"), "it has to be a number above 0"));
  CHECK(contains(
      refused("accelerators", R"("devices_per_board": 0)"), "it has to be a whole number from 1 to 16"));
  CHECK(contains(refused("equivalents", R"("kg_per_unit": 0)"), "above 0"));
  CHECK(parsed(R"({"table": "pue", "rows": [{"id": "m", "pue": 1}]})"));
  CHECK(parsed(R"({"table": "grid", "rows": [{"id": "m", "intensity_g_per_kwh": 0}]})"));
  CHECK(parsed(R"({"table": "spreads", "rows": [{"id": "m", "value": -7}]})"));  // any
}

TEST_CASE("texts that a terminal would obey are refused, in ids and elsewhere") {
  for (const char* row : {R"({"id": "m\u001b[2J"})", R"({"id": "m\n"})",
           R"({"id": "m", "applies_to": "a\u009b1m"})", R"({"id": "m", "source": ["a\rb"]})"}) {
    CHECK(contains(refusal(memory(row)), "printable text"));
  }
  CHECK(parsed(memory(R"({"id": "m", "applies_to": "Zürich, 5 \u20ac"})")));
}

TEST_CASE("a key that is stated twice in a row is refused") {
  refusal(memory(R"({"id": "m", "w_per_gb": 1, "w_per_gb": 2})"));
}

TEST_CASE("what is quoted of a bad file cannot drive the terminal") {
  const std::string text = refusal(memory(R"({"id": "m\u001b[2J", "w_per_gb": "\u001b[2J"})"));
  CHECK_FALSE(contains(text, "\x1b"));
}

TEST_CASE(
    "members stand in any order, and those of a table that mean nothing are passed over, however deep") {
  const Result<std::vector<TableRows>> tables = parsed(
      R"({"rows": [)" + memory_row +
      R"(], "note": {"rows": [{"id": 7}], "table": [[], {"a": [1, "b"]}]}, "table": "memory", "more": [{}]})");
  REQUIRE(tables);
  REQUIRE(tables->size() == 1);
  CHECK((*tables)[0].rows.size() == 1);
  CHECK(parsed(memory(memory_row + R"(, {"source": ["b"], "id": "n"})")));
}

TEST_CASE("what stands in a cell instead is quoted") {
  const auto instead = [](const std::string& cell) {
    return refusal(memory(R"({"id": "m", )" + cell + "}"));
  };
  CHECK(contains(instead(R"("w_per_gb": {"a": {"b": []}})"), R"(is "{...}")"));
  CHECK(contains(instead(R"("source": ["a", ["b"]])"), R"(is "[...]")"));
  CHECK(contains(instead(R"("source": ["a", 7])"), R"(is "[...]")"));
  CHECK(contains(instead(R"("source": [])"), R"(is "[]")"));
  CHECK(contains(instead(R"("w_per_gb": null)"), R"(is "null")"));
  CHECK(contains(instead(R"("w_per_gb": true)"), R"(is "true")"));
  CHECK(contains(instead(R"("year": 2024.5)"), R"(is "2024.5")"));
  CHECK(contains(instead(R"("year": 18446744073709551615)"), R"(is "18446744073709551616")"));
}

TEST_CASE("more keys in one object than any table has are refused before they cost time") {
  std::string row = R"({"id": "m")";
  for (int i = 0; i < 300; ++i) row += ", \"k" + std::to_string(i) + "\": 1";
  CHECK(contains(refusal(memory(row + "}")), "more than 256 keys"));
}

TEST_CASE("a key that is stated twice in a table is refused") {
  CHECK(contains(refusal(R"({"table": "memory", "rows": [], "table": "grid"})"), "key \"table\" twice"));
  CHECK(contains(refusal(R"({"table": "memory", "rows": [], "rows": []})"), "key \"rows\" twice"));
}
