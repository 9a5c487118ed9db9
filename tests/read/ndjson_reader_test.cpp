// SPDX-License-Identifier: MIT
#include "read/ndjson_reader.hpp"

#include <vector>

#include "support/catch.hpp"
#include "support/text.hpp"

using namespace footpound;

namespace {

struct Line {
  std::uint64_t line;
  std::string raw;
  std::vector<std::pair<std::string, std::string>> own;
  std::optional<std::string> name;
  std::optional<double> hours;
  bool replaces;
  std::string error;
};

struct Read {
  std::vector<std::string> notes;
  std::vector<Line> rows;
  std::uint64_t lines = 0;
};

Read read(const std::string& text, ReaderOptions options = {}) {
  const std::unique_ptr<RecordReader> reader = make_ndjson_reader(options);
  const Result<std::size_t> head = reader->begin(text);
  REQUIRE(head);
  Read result;
  result.notes = reader->notes();
  const std::string body = text.substr(*head);
  result.lines = reader->read(body, Spec{}, [&](Record& record) {
    Line row{record.line, std::string(record.raw), {}, {}, {}, record.replaces,
        record.error ? message(*record.error) : ""};
    for (const OwnField& own : record.own_fields) row.own.emplace_back(own.name, own.raw);
    if (record.spec.name) row.name = std::string(*record.spec.name);
    if (record.spec.hours) row.hours = record.spec.hours->value.stored();
    result.rows.push_back(row);
  });
  return result;
}

Line one(const std::string& text) {
  const Read result = read(text);
  REQUIRE(result.rows.size() == 1);
  return result.rows.front();
}

}  // namespace

TEST_CASE("each line is a record; blank lines are none; the line is told") {
  const Read rows = read("{\"name\":\"a\",\"hours\":2.5}\r\n\n \t\n{\"hours\":\"3h\"}");
  REQUIRE(rows.rows.size() == 2);
  CHECK(rows.rows[0].name == "a");
  CHECK(rows.rows[0].hours == 2.5);
  CHECK(rows.rows[0].raw == "{\"name\":\"a\",\"hours\":2.5}");
  CHECK(rows.rows[1].hours == 3);
  CHECK(rows.rows[1].line == 4);
  CHECK(rows.lines == 4);
}

TEST_CASE("of the returns in front of a line feed one is the line's end, whatever the line before had") {
  const std::string record = "{\"hours\":1}";
  const Read rows =
      read(record + "\n" + record + "\r\r\n" + record + "\r\n" + record + "\r\r\n" + record + "\r");
  REQUIRE(rows.rows.size() == 5);
  CHECK(rows.rows[1].raw == record + "\r");
  CHECK(rows.rows[2].raw == record);
  CHECK(rows.rows[3].raw == record + "\r");
  CHECK(rows.rows[4].raw == record);
}

TEST_CASE("texts are taken by their meaning") {
  CHECK(one("{\"name\":\"Qu\\u00e9bec \\\"1\\\"\"}").name ==
        "Qu\xC3\xA9"
        "bec \"1\"");
  CHECK(one("{\"\\u0068ours\":7}").hours == 7);  // a key with an escape
  CHECK(one("{\"HOURS\":7}").hours == 7);
}

TEST_CASE("null and empty texts are not stated") {
  for (const char* text :
      {"{\"name\":null,\"hours\":1}", "{\"name\":\"\",\"hours\":1}", "{\"name\":\" \",\"hours\":1}"}) {
    CHECK_FALSE(one(text).name);
    CHECK(one(text).error.empty());
  }
}

TEST_CASE("what means nothing to us is stepped over, however deep") {
  const std::string deep = std::string(200, '[') + std::string(200, ']');
  CHECK(one("{\"x\":{\"hours\":5,\"y\":[1,{\"z\":null}]},\"d\":" + deep + ",\"hours\":1}").hours == 1);
}

TEST_CASE("a field of ours takes no object and no list") {
  CHECK(contains(one("{\"hours\":[1]}").error, "hours: is \"[1]\"; write a text or a number"));
  CHECK(contains(one("{\"gpu\":{\"a\":1}}").error, "gpu: is"));
}

TEST_CASE("what is no object is refused with the place, and the next line is fine") {
  for (const char* bad : {"{", "{\"hours\":1", "{\"hours\":1}x", "[1]", "1", "null", "hours: 1",
           "{\"hours\":01}", "{\"a\":\"\x01\"}", "{hours:1}"}) {
    const Read rows = read(std::string(bad) + "\n{\"hours\":2}\n");
    INFO(bad);
    REQUIRE(rows.rows.size() == 2);
    CHECK(contains(rows.rows[0].error, "is no JSON object: byte "));
    CHECK(rows.rows[1].hours == 2);
    CHECK(rows.rows[1].error.empty());
  }
  CHECK(contains(one(std::string("{\"a\":\"\0\"}", 9)).error, "is no JSON object"));
}

TEST_CASE("a field stated twice, by whatever name, is refused") {
  CHECK(contains(one("{\"hours\":1,\"hours\":2}").error, "hours: is stated twice"));
  CHECK(contains(one("{\"gpu\":\"a\",\"accelerator\":\"b\"}").error, "accelerator: is stated twice"));
}

TEST_CASE("power alone is refused in any record") {
  CHECK(contains(one("{\"power\":300,\"hours\":1}").error, "it_power_w"));
  CHECK(contains(one("{\"power_w\":300}").error, "it_power_w"));
  CHECK(one("{\"brand\":300,\"hours\":1}").error.empty());
}

TEST_CASE("records keep nothing of the one before") {
  const Read rows = read("{\"name\":\"a\",\"energy_kwh\":1}\n{\"hours\":1}\n{bad\n{\"hours\":2}\n");
  CHECK(rows.rows[0].replaces);
  CHECK_FALSE(rows.rows[1].replaces);
  CHECK_FALSE(rows.rows[1].name);
  CHECK(rows.rows[1].own.empty());
  CHECK(rows.rows[3].error.empty());
  // nor of one before a blank line
  const Read apart = read("{\"name\":\"a\",\"hours\":1}\n  \n\n{\"hours\":2}\n");
  REQUIRE(apart.rows.size() == 2);
  CHECK_FALSE(apart.rows[1].name);
}

TEST_CASE("where a result's name stands among the own fields, all of them are handed on") {
  const Line row = one("{\"job\":1,\"hours\":2,\"energy_kwh\":3,\"x\":[ 4 ]}");
  CHECK(row.replaces);
  CHECK(row.own == std::vector<std::pair<std::string, std::string>>{
                       {"job", "1"}, {"hours", "2"}, {"energy_kwh", "3"}, {"x", "[ 4 ]"}});
}

TEST_CASE("two keys that are one output are refused, whatever their case and order") {
  for (const char* record : {R"({"error":"x","hours":2,"Error":"y"})",
           R"({"Error":"x","hours":2,"error":"y"})", R"({"energy_kwh":1,"hours":2,"energy_kwh":1})"}) {
    INFO(record);
    CHECK(contains(one(record).error, "is stated twice"));
  }
  CHECK(one(R"({"Error":"x","hours":2})").error.empty());
}

TEST_CASE("keys in any number and order mean what they say") {
  std::string text;
  for (int i = 0; i < 300; ++i)
    text += (i == 0 ? "{\"k" : ",\"k") + std::to_string(i) + "\":" + std::to_string(i);
  const Read rows = read(text + ",\"hours\":9}\n{\"hours\":1,\"k0\":2}\n" + text + ",\"hours\":8}\n");
  CHECK(rows.rows[0].hours == 9);
  CHECK(rows.rows[1].hours == 1);
  CHECK(rows.rows[2].hours == 8);
}

TEST_CASE("a key where another stood before, or one that begins alike, is itself") {
  const Read result = read(
      "{\"hours\":1,\"name\":\"a\"}\n{\"hours2\":7,\"name\":\"b\"}\n{\"hour\":7,\"names\":\"c\"}\n"
      "{\"name\":\"d\",\"hours\":4}\n{\"na\\u006de\":\"e\",\"hours\":5}\n{\"na\\u006de\":\"f\\n\",\"hours\":"
      "6}\n");
  REQUIRE(result.rows.size() == 6);
  const std::vector<std::optional<double>> hours = {1, {}, {}, 4, 5, 6};
  const std::vector<std::optional<std::string>> names = {"a", "b", {}, "d", "e", "f\n"};
  for (std::size_t i = 0; i < hours.size(); ++i) {
    CHECK(result.rows[i].error.empty());
    CHECK(result.rows[i].hours == hours[i]);
    CHECK(result.rows[i].name == names[i]);
  }
}

TEST_CASE("a near miss in the first record is noted") {
  const Read rows = read("{\"gpu_cuont\":1,\"hours\":1}\n{\"housr\":1}\n");
  REQUIRE(rows.notes.size() == 1);
  CHECK(contains(rows.notes[0], "did you mean \"gpu_count\"?"));
}

TEST_CASE("content is recognised by its opening brace") {
  CHECK(looks_like_ndjson("{\"a\":1}\n"));
  CHECK(looks_like_ndjson("\n \t{\n"));
  CHECK_FALSE(looks_like_ndjson("[1]"));
  CHECK_FALSE(looks_like_ndjson(""));
  CHECK_FALSE(looks_like_ndjson("a,b\n"));
}

TEST_CASE("a record is read as it would be alone, whatever came before") {
  const std::vector<std::string> usual = {R"({"name":"a","hours":2,"x":"y","gpu":"g","gpus":4})",
      R"({"name":"b","hours":3.5,"x":null,"gpu":"h","gpus":1})",
      R"({"name":"c","hours":null,"x":[1,2],"gpu":"","gpus":2})"};
  const std::vector<std::string> others = {
      R"({"name":"d","hours":"3h","x":"y","gpu":"g","gpus":4})",           // a unit
      R"({"name":"e","hours":-1,"x":"y","gpu":"g","gpus":4})",             // out of range
      R"({"name":"f","hours":1e3,"x":"y","gpu":"g","gpus":4})",            // an exponent
      R"({"name":"g","hours":7,"x":"y","gpu":"\u0067","gpus":4})",         // an escape
      R"({"name":"h","hours":8,"x":"y","gpu":"g","gpus":4)",               // cut off behind what was read
      R"({"name":"i","hours":9,"x":"y","gpu":"g","gpus":01})",             // no JSON at its end
      R"({"name": "j", "hours": 10, "x": "y", "gpu": "g", "gpus": 4})",    // blanks
      R"({"name":"k","x":"y"})",                                           // fewer members
      R"({"hours":11,"name":"l","x":"y","gpu":"g","gpus":4})",             // another order
      R"({"name":"m","hours":12,"x":"y","gpu":"g","gpus":4,"hours":13})",  // twice
      R"({"name":"n","hours":14,"x":"y","gpu":"g","gpus":4,"power":5})",   // vague
      R"({"name":"o","hours":15,"energy_kwh":5,"gpu":"g","gpus":4})",      // an output
      R"({"name":" p ","hours":" 16 ","x":"y","gpu":"g","gpus":4})", "nothing", "", "{}", R"({"hours":17})"};
  std::string text;
  for (std::size_t i = 0; i < others.size(); ++i) {
    for (std::size_t k = 0; k < 4; ++k) text += usual[(i + k) % usual.size()] + (k == 1 ? "\r\n" : "\n");
    text += others[i] + "\n";
    text += others[i] + "\n" + others[i] + "\n";
  }
  text += std::string(100, ' ');
  ReaderOptions options;
  options.keep_own_fields = true;
  const Read together = read(text, options);
  std::size_t row = 0;
  std::size_t line = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string alone_text = text.substr(at, end - at);
    at = end + 1;
    ++line;
    const Read alone = read(alone_text, options);
    if (alone.rows.empty()) continue;
    INFO(alone_text);
    REQUIRE(row < together.rows.size());
    const Line& ours = together.rows[row++];
    const Line& wanted = alone.rows.front();
    CHECK(ours.line == line);
    CHECK(ours.raw == wanted.raw);
    CHECK(ours.error == wanted.error);
    CHECK(ours.own == wanted.own);
    CHECK(ours.replaces == wanted.replaces);
    if (!wanted.error.empty()) continue;
    CHECK(ours.name == wanted.name);
    CHECK(ours.hours == wanted.hours);
  }
  CHECK(row == together.rows.size());
}

TEST_CASE(
    "an error bears the record's own name of the field, where records before stated nothing by it too") {
  const Read result = read(
      "{\"name\":\"a\",\"gpu_count\":null}\n{\"name\":\"b\",\"gpu_count\":null}\n{\"name\":\"c\",\"gpu_"
      "count\":\"many\"}\n");
  REQUIRE(result.rows.size() == 3);
  CHECK(result.rows[1].error.empty());
  CHECK(contains(result.rows[2].error, "gpu_count"));
}
