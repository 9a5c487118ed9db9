// SPDX-License-Identifier: MIT
// Held against nlohmann's parser on texts made by hand and on mutations of them.
#include "text/json_text.hpp"

#include <random>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "support/catch.hpp"

using namespace footpound;
using nlohmann::json;

namespace {

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

// Members as (key, value as written); false where the text is refused.
bool walk(std::string_view text, std::vector<std::pair<std::string, std::string>>* members = nullptr) {
  JsonObject object(text);
  return object.each([&](std::string_view key, std::string_view value) {
    if (members != nullptr) members->emplace_back(key, value);
    return true;
  }) == nullptr;
}

// Is it an object to nlohmann? No answer where a number overflows: that is a matter of meaning,
// and nlohmann reads no further.
std::optional<bool> is_object_to_others(const std::string& text) {
  try {
    return json::parse(text).is_object();
  } catch (const json::out_of_range&) {
    return std::nullopt;
  } catch (const json::exception&) {
    return false;
  }
}

const std::vector<std::string> texts = {"{}", " { } ", "{\"a\":1}", "{ \"a\" : 1 , \"b\":2}",
    "{\"a\":[],\"b\":{},\"c\":[{}],\"d\":{\"e\":[]}}", "{\"a\":[1,[2,[3,{\"b\":null}]],true,false]}",
    "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"}", "{\"\\u0061b\":\"x\"}",
    "{\"n\":-0.5e+10,\"m\":0,\"k\":-0,\"j\":1E5,\"i\":123456789012345678901234567890}",
    "{\"s\":\"\\ud83c\\udf0d\"}",
    "{\"a\":\"Qu\xC3\xA9"
    "bec\"}",
    "{\"\":\"\"}", "{\"long\":\"aaaaaaaabbbbbbbbccccccccdddddddd\",\"x\":1}", "\t{\r\n\"a\"\n:\t1}\n",
    // refused
    "", " ", "{", "}", "[]", "1", "\"a\"", "null", "{a:1}", "{'a':1}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
    "{,}", "{\"a\":1 \"b\":2}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":1e}",
    "{\"a\":-}", "{\"a\":0x10}", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":tru}", "{\"a\":nulll}",
    "{\"a\":[1,]}", "{\"a\":[,1]}", "{\"a\":[1 2]}", "{\"a\":[}", "{\"a\":{]}", "{\"a\":{\"b\"}}",
    "{\"a\":{\"b\":1,}}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\",
    "{\"a\":\"b", "{\"a\":\"\n\"}", "{\"a\":\"\t\"}", "{\"a\":1}}", "{\"a\":1}x", "{}{}", "{\"a\":\"b\"c}",
    "{\"a\":1/*c*/}"};

}  // namespace

TEST_CASE("the walker takes the objects that a parser takes, by hand") {
  for (const std::string& text : texts) {
    INFO(text);
    CHECK(walk(text) == is_object_to_others(text));
  }
}

TEST_CASE("and refuses NUL and other control bytes in strings") {
  for (int c = 0; c < 0x20; ++c) {
    const std::string text = std::string("{\"a\":\"12345678") + static_cast<char>(c) + "\"}";
    INFO(c);
    CHECK_FALSE(walk(text));
    CHECK_FALSE(walk(std::string("{\"") + static_cast<char>(c) + "\":1}"));
  }
}

TEST_CASE("and those mutated at random") {
  std::mt19937 random(GENERATE(1U, 2U, 3U));
  constexpr std::string_view alphabet = "{}[]\",:\\ u0123456789eE+-.tfn/ab\n\x7f";
  for (int i = 0; i < 20000; ++i) {
    std::string text = texts[random() % texts.size()];
    for (auto edits = 1 + random() % 3; edits > 0; --edits) {
      const std::size_t at = text.empty() ? 0 : random() % (text.size() + 1);
      const char c = alphabet[random() % alphabet.size()];
      switch (random() % 3) {
        case 0: text.insert(at, 1, c); break;
        case 1:
          if (at < text.size()) text[at] = c;
          break;
        default:
          if (at < text.size()) text.erase(at, 1);
      }
    }
    // lone surrogates are forgiven by us (they become U+FFFD), bad UTF-8 passes through
    if (!is_utf8(text) || text.find("\\ud") != std::string::npos || text.find("\\uD") != std::string::npos)
      continue;
    const std::optional<bool> expected = is_object_to_others(text);
    INFO(text);
    if (expected) REQUIRE(walk(text) == *expected);
  }
}

TEST_CASE("members come with key and value as they are written") {
  std::vector<std::pair<std::string, std::string>> members;
  REQUIRE(walk("{ \"a\" : 1.50 , \"\\u0062\" :[1, 2] ,\"c\":\"\\\"\"}", &members));
  CHECK(members == std::vector<std::pair<std::string, std::string>>{
                       {"a", "1.50"}, {"\\u0062", "[1, 2]"}, {"c", "\"\\\"\""}});
}

TEST_CASE("nesting is taken to 256 levels and no stack is spent on more") {
  const auto nested = [](std::size_t depth) {
    return "{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  CHECK(walk(nested(256)));
  CHECK_FALSE(walk(nested(257)));
  CHECK_FALSE(walk("{\"a\":" + std::string(1000000, '[')));
}

TEST_CASE("the length of a value covers it and the blanks before it") {
  CHECK(json_value_length("1") == 1);
  CHECK(json_value_length("  12,") == 4);
  CHECK(json_value_length("{\"a\":[1]} x") == 9);
  CHECK(json_value_length("\"a\\\"b\"c") == 6);
  CHECK(json_value_length("nullx") == 4);
  CHECK(json_value_length("") == 0);
  CHECK(json_value_length("   ") == 0);
  CHECK(json_value_length("{\"a\":1") == 0);
  CHECK(json_value_length("x") == 0);
}

TEST_CASE("a string's meaning is what a parser reads, its writing what a parser gives back") {
  for (const char* raw :
      {"", "plain", "\\\"\\\\\\/\\b\\f\\n\\r\\t", "\\u0000x", "\\u00e9\\u20ac", "\\ud83c\\udf0d!",
          "Qu\xC3\xA9"
          "bec",
          "a\\u0062c"}) {
    std::string scratch;
    const std::optional<std::string_view> meaning = json_meaning(raw, scratch);
    INFO(raw);
    REQUIRE(meaning);
    const std::string expected = json::parse("\"" + std::string(raw) + "\"").get<std::string>();
    CHECK(*meaning == expected);
    std::string written;
    append_json_string(written, expected);
    CHECK(json::parse(written).get<std::string>() == expected);
  }
}

TEST_CASE("lone surrogates become U+FFFD, bad escapes are refused") {
  std::string scratch;
  CHECK(*json_meaning("a\\ud83cb", scratch) ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(*json_meaning("\\udf0d", scratch) == "\xEF\xBF\xBD");
  CHECK(*json_meaning("\\ud83c\\u0041", scratch) ==
        "\xEF\xBF\xBD"
        "A");
  for (const char* bad : {"\\", "\\x", "\\u12", "\\u12g4", "a\\"}) CHECK_FALSE(json_meaning(bad, scratch));
}

TEST_CASE("whatever bytes are written as a string, the result is JSON") {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    std::string bytes;
    for (auto n = random() % 20; n > 0; --n) bytes += static_cast<char>(random() & 0xFF);
    std::string out;
    append_json_string(out, bytes);
    json parsed;
    REQUIRE_NOTHROW(parsed = json::parse(out));
    if (is_utf8(bytes)) REQUIRE(parsed.get<std::string>() == bytes);
  }
}

TEST_CASE("a number that is not there is null") {
  std::string out;
  append_json_number(out, std::optional<double>());
  append_json_number(out, std::optional<double>(0.5));
  CHECK(out == "null0.5");
}

TEST_CASE("a key that was expected is stepped over like any other, whatever was expected", "[io]") {
  for (const std::string& text : texts) {
    std::vector<std::pair<std::string, std::string>> plain;
    const bool is_object = walk(text, &plain);
    for (const char* expected : {"a", "ab", "b", "s", "", "\\u0061b", "long"}) {
      INFO(text << ", expected " << expected);
      std::vector<std::pair<std::string, std::string>> members;
      JsonObject object(text);
      const bool walked = object.each(
                              [&](std::string_view key, std::string_view value) {
                                CHECK(object.key_was_expected() == (*expected != '\0' && key == expected));
                                members.emplace_back(key, value);
                                return true;
                              },
                              [&] { return std::string_view(expected); }) == nullptr;
      CHECK(walked == is_object);
      CHECK(members == plain);
    }
  }
}
