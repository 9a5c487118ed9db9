// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "support/streams.hpp"
#include "support/text.hpp"
#include "write/output_formats.hpp"
#include "write/writers.hpp"

using namespace footpound;
using Json = nlohmann::ordered_json;

namespace {

const Said kilowatt = {{"it_power_w", "1kW"}, {"pue", "1"}, {"intensity_g_per_kwh", "500"}};

std::string written(const std::string& text, const std::string& in, const std::string& out = {},
    const std::string& columns = "energy_kwh,error") {
  return run_text(text, {in, out, columns, {}, kilowatt, true}).out;
}

Json one_off(const Answer& answer) {
  WriterOptions options;
  options.columns = all_columns();
  options.catalog = &small_catalog();
  options.equivalents = "strubell2019";
  const auto writer = make_json_writer(options, nullptr);
  std::string out;
  writer->begin(out);
  writer->record(Record{}, answer, out);
  writer->end(out);
  return Json::parse(out);
}

}  // namespace

TEST_CASE("an NDJSON record keeps its bytes, ours stand behind") {
  CHECK(written("{ \"job\" : \"a\\u0062\", \"hours\":2 ,\"x\":[ 1 ] }\n", "ndjson") ==
        "{ \"job\" : \"a\\u0062\", \"hours\":2 ,\"x\":[ 1 ],\"energy_kwh\":2,\"error\":null}\n");
  CHECK(written("{\"hours\":2}\r\n{\"hours\":3}", "ndjson") ==
        "{\"hours\":2,\"energy_kwh\":2,\"error\":null}\n{\"hours\":3,\"energy_kwh\":3,\"error\":null}\n");
}

TEST_CASE("an empty object gets no comma too many") {
  for (const char* text : {"{}\n", " { } \n", "{\t}\n", "{\r}\n"}) {
    const std::string out = written(text, "ndjson");
    INFO(out);
    CHECK(Json::accept(out));
    CHECK(contains(out, "\"energy_kwh\":null,\"error\":\"hours: is not stated"));
  }
}

TEST_CASE("a failed record keeps its own fields, ours are null") {
  const Json bad = Json::parse(written("{\"job\":1,\"hours\":\"x\"}\n", "ndjson"));
  CHECK(bad["job"] == 1);
  CHECK(bad["energy_kwh"].is_null());
  CHECK(contains(bad["error"].get<std::string>(), "hours: \"x\""));
  // well-formed, but a field of ours is stated twice
  const std::string twice = written("{\"job\":1,\"hours\":1,\"hours\":2}\n", "ndjson");
  CHECK(contains(twice, "{\"job\":1,\"hours\":1,\"hours\":2,\"energy_kwh\":null"));
}

TEST_CASE("what is no JSON comes out as JSON all the same") {
  for (const char* text : {"{\"job\":\n", "garbage\n", "{\"energy_kwh\":1,\"x\":}\n", "[1]\n"}) {
    const std::string out = written(text, "ndjson");
    INFO(out);
    REQUIRE(Json::accept(out));
    CHECK(contains(Json::parse(out)["error"].get<std::string>(), "is no JSON object"));
  }
}

TEST_CASE("a second pass replaces in place, leaves nothing stale and loses nothing") {
  const std::string first =
      written("{\"job\":\"a\",\"hours\":2,\"x\":{\"y\":1}}\n", "ndjson", {}, "energy_kwh,co2e_kg,error");
  CHECK(
      first == "{\"job\":\"a\",\"hours\":2,\"x\":{\"y\":1},\"energy_kwh\":2,\"co2e_kg\":1,\"error\":null}\n");
  CHECK(written(first, "ndjson", {}, "energy_kwh,co2e_kg,error") == first);
  CHECK(written("{\"co2e_kg\":99,\"job\":\"a\",\"energy_kwh\":98,\"hours\":2}\n", "ndjson") ==
        "{\"co2e_kg\":null,\"job\":\"a\",\"energy_kwh\":2,\"hours\":2,\"error\":null}\n");
}

TEST_CASE("from CSV: numbers stay numbers, empty cells are null, the rest are texts") {
  CHECK(written("id,job,hours,t,z\n007,\"a \"\"b\"\"\",2,-1.5e3,\n", "csv", "ndjson") ==
        "{\"id\":\"007\",\"job\":\"a "
        "\\\"b\\\"\",\"hours\":2,\"t\":-1.5e3,\"z\":null,\"energy_kwh\":2,\"error\":null}\n");
}

TEST_CASE("flag -f json makes an array of records, whatever came in") {
  CHECK(written("job,hours\na,1\nb,2\n", "csv", "json") ==
        "[\n{\"job\":\"a\",\"hours\":1,\"energy_kwh\":1,\"error\":null},\n{\"job\":\"b\",\"hours\":2,"
        "\"energy_kwh\":2,\"error\":null}\n]\n");
  CHECK(Json::parse(written("{\"hours\":1}\n{\"hours\":2}\n", "ndjson", "json")).size() == 2);
  CHECK(Json::parse(written("job,hours\n", "csv", "json")).empty());
}

TEST_CASE("a one-off has every field in order, equivalents, factors and versions") {
  const Json object = one_off(answered({{"accelerator", "test-gpu"}, {"hours", "10"}, {"region", "X-T-N"}}));
  std::size_t i = 0;
  for (const auto& [key, value] : object.items()) {
    if (i < output_fields().size()) CHECK(key == output_fields()[i].name);
    ++i;
  }
  CHECK(object["schema"] == 1);
  // behind what was there before
  CHECK(object["rung"].get<std::string>().find("power per accelerator") != std::string::npos);
  std::vector<std::string> narrow;
  for (const auto& [key, value] : object["narrow"].items()) narrow.push_back(key);
  CHECK(narrow == std::vector<std::string>{"name", "state", "low", "high", "then_low", "then_high"});
  CHECK(object["narrow"]["then_high"].get<double>() < object["narrow"]["high"].get<double>());
  CHECK(object["equivalents"].size() >= 2);
  CHECK(object.contains("tool_version"));
  CHECK(object.contains("data_version"));
  bool pue = false;
  for (const Json& factor : object["factors"]) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : factor.items()) keys.push_back(key);
    CHECK(keys == std::vector<std::string>{
                      "name", "value", "low", "high", "unit", "origin", "row", "source", "year", "note"});
    CHECK(factor["low"].get<double>() <= factor["value"].get<double>());
    CHECK(factor["value"].get<double>() <= factor["high"].get<double>());
    if (factor["name"] == "pue") {
      pue = true;
      CHECK(factor["origin"] == "assumed");
      CHECK(factor["row"] == "world:2098");
      CHECK(factor["year"] == 2098);
    }
  }
  CHECK(pue);
}
