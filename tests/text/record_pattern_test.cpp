// SPDX-License-Identifier: MIT
// A pattern walks over a record as JsonObject does, or says that it is another.
#include "text/record_pattern.hpp"

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "support/catch.hpp"

using namespace footpound;

namespace {

using Values = std::vector<std::string>;

// Its values one by one; empty where the text is no object.
Values by_members(std::string_view text) {
  Values values;
  const char* const wrong = JsonObject(text).each([&](std::string_view, std::string_view value) {
    values.emplace_back(value);
    return true;
  });
  return wrong == nullptr ? values : Values();
}

RecordPattern pattern_of(std::string_view text) {
  RecordPattern pattern;
  const char* at = text.data();
  static_cast<void>(JsonObject(text).each([&](std::string_view, std::string_view value) {
    pattern.expect({at, static_cast<std::size_t>(value.data() - at)});
    at = value.data() + value.size();
    return true;
  }));
  pattern.expect_end({at, static_cast<std::size_t>(text.data() + text.size() - at)});
  return pattern;
}

struct Walked {
  std::size_t size = 0;
  Values values;
  std::vector<RecordPattern::Value> kinds;
};

Walked walk(const RecordPattern& pattern, std::string_view text) {
  Walked walked;
  walked.size = pattern.walk(text, [&](std::size_t place, RecordPattern::Value kind, std::string_view value) {
    CHECK(place == walked.values.size());
    walked.values.emplace_back(value);
    walked.kinds.push_back(kind);
  });
  return walked;
}

const std::string room(64, ' ');  // a pattern does not look at the last bytes of a text

}  // namespace

TEST_CASE(
    "a record like the one before is walked over, and its values told by how they are written", "[io]") {
  using enum RecordPattern::Value;
  for (const char* first :
      {R"({"a":"x","number":1,"none":null,"c":true})", R"({"a": "x", "number": 1, "none": null, "c": true })",
          R"(  {"a" :"x","number":1 , "none":null,"c":true})"}) {
    const std::string_view lead(first);
    const RecordPattern pattern = pattern_of(first);
    INFO(first);
    std::string next(first);
    next.replace(next.find("\"x\""), 3, R"("a longer text, of more than sixteen bytes")");
    next.replace(next.find("true"), 4, R"([1,{"b":"\n"}])");
    for (const char* end : {"\n", "\r\n"}) {
      const Walked walked = walk(pattern, next + end + room);
      CHECK(walked.size == next.size());
      CHECK(walked.values ==
            Values{R"("a longer text, of more than sixteen bytes")", "1", "null", R"([1,{"b":"\n"}])"});
      CHECK(walked.kinds == std::vector{text, number, null, other});
    }
  }
}

TEST_CASE("numbers and strings that are not plain are other values", "[io]") {
  using enum RecordPattern::Value;
  const RecordPattern pattern = pattern_of(R"({"v":1})");
  const std::vector<std::pair<const char*, RecordPattern::Value>> cases = {{"0", number}, {"7", number},
      {"0.5", number}, {"12345678901.25", number}, {"-1", other}, {"1e5", other}, {"1.5E-3", other},
      {R"("")", text}, {R"("\"")", other}, {R"("é")", text}, {"12345678901234567890", other},
      {"false", other}, {"{}", other}};
  for (const auto& [value, kind] : cases) {
    INFO(value);
    const Walked walked = walk(pattern, "{\"v\":" + std::string(value) + "}\n" + room);
    CHECK(walked.size == std::string_view(value).size() + 6);  // {"v":}
    CHECK(walked.values == Values{value});
    CHECK(walked.kinds.front() == kind);
  }
}

TEST_CASE("what is no JSON is never walked over", "[io]") {
  const RecordPattern pattern = pattern_of(R"({"v":1,"w":"x"})");
  for (const char* bad : {R"({"v":01,"w":"x"})", R"({"v":1.,"w":"x"})", R"({"v":.5,"w":"x"})",
           R"({"v":1.2.3,"w":"x"})", R"({"v":.,"w":"x"})", R"({"v":,"w":"x"})", R"({"v":nul,"w":"x"})",
           R"({"v":1,"w":"x)", "{\"v\":1,\"w\":\"\x01\"}", R"({"v":1,"w":"\x"})", R"({"v":1,"w":"x"}})",
           R"({"v":1,"w":"x"} 2)", R"({"v":1 ,"w":"x"})", R"({"v": 1,"w":"x"})", R"({"v":1,"u":"x"})",
           R"({"v":1})", R"({"v":[1,"w":"x"})"}) {
    INFO(bad);
    CHECK(walk(pattern, bad + ("\n" + room)).size == 0);
  }
  CHECK(walk(pattern, "{\"v\":[1,\n2],\"w\":\"x\"}\n" + room).size == 0);  // a value ends on its line
}

TEST_CASE("near the end of the text a record is left to the reader, and nothing behind it is read", "[io]") {
  const std::string record = R"({"v":1,"w":"x"})";
  const RecordPattern pattern = pattern_of(record);
  for (std::size_t size = 0; size <= record.size(); ++size) {
    // a copy of its own, so that a tool that watches memory sees a byte too many
    const std::vector<char> exact(record.begin(), record.begin() + static_cast<std::ptrdiff_t>(size));
    const Walked walked = walk(pattern, {exact.data(), exact.size()});
    CHECK((walked.size == 0 || walked.size == record.size()));
  }
  CHECK(walk(pattern, record + "\n" + room).size == record.size());
  CHECK(RecordPattern().empty());
}

TEST_CASE("whatever the bytes, a pattern agrees with the walk member by member, or says no", "[io]") {
  std::mt19937 random(7);
  const auto pick = [&](const std::vector<const char*>& from) {
    return std::string(from[random() % from.size()]);
  };
  const std::vector<const char*> values = {"1", "0.25", "17", "null", "true", R"("a")",
      R"("long long long long text")", R"("\u0041")", "-3", "2e3", "[]", "\"", "01", "1.", ""};
  const RecordPattern pattern = pattern_of(R"({"gpu":1,"a rather long key of more than 32 bytes":2,"h":3})");
  int taken = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string record = "{\"gpu\":" + pick(values) +
                         ",\"a rather long key of more than 32 bytes\":" + pick(values) +
                         ",\"h\":" + pick(values) + "}";
    if (i % 3 == 0) record[random() % record.size()] = "\"\\{}[],: \n1.x"[random() % 13];
    const Walked walked = walk(pattern, record + "\n" + room);
    if (walked.size == 0) continue;
    ++taken;
    INFO(record);
    REQUIRE(walked.size == std::min(record.find('\n'), record.size()));
    REQUIRE(walked.values == by_members(std::string_view(record).substr(0, walked.size)));
  }
  CHECK(taken > 3000);
}

TEST_CASE("what stands in front of a value is compared to its last byte, however long it is", "[io]") {
  for (const std::size_t length :
      {26U, 27U, 28U, 29U, 30U, 40U, 70U}) {  // 32 bytes with {" and ": in front and behind, and more
    const std::string key(length, 'k');
    const std::string record = "{\"" + key + "\":1,\"b\":2}";
    const RecordPattern pattern = pattern_of(record);
    INFO(length);
    CHECK(walk(pattern, record + "\n" + room + room).values == Values{"1", "2"});
    for (std::size_t i = 0; i < length; ++i) {
      std::string other = record;
      other[2 + i] = 'x';
      CHECK(walk(pattern, other + "\n" + room + room).size == 0);
    }
  }
}
