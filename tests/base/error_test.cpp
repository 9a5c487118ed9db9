// SPDX-License-Identifier: MIT
#include "footpound/base/error.hpp"

#include "base/late_words.hpp"
#include "base/utf8.hpp"
#include "footpound/base/result.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

using namespace footpound;

TEST_CASE("every kind of error has a name of its own") {
  std::string all;
  for (int i = 0; i <= static_cast<int>(ErrorKind::skipped); ++i) {
    const std::string mark = "|" + std::string(name(static_cast<ErrorKind>(i))) + "|";
    CHECK(mark.size() > 2);
    CHECK(mark != "|error|");  // what stands for a kind without a name
    CHECK_FALSE(contains(all, mark));
    all += mark;
  }
}

TEST_CASE("a message says field, what was found and what to do, and leaves out what is empty") {
  CHECK(message({ErrorKind::bad_value, "hours", "is bad", "do this"}) == "hours: is bad; do this");
  CHECK(message({ErrorKind::bad_value, "", "is bad", ""}) == "is bad");
  CHECK(message({ErrorKind::missing, "", "is bad", "do this"}) == "is bad; do this");
  CHECK(message({ErrorKind::skipped, "hours", "is 0", ""}) == "skipped: hours: is 0");
}

TEST_CASE("words that take long are found once, when a message is read, and stand in front") {
  struct Counted : LateWords {
    explicit Counted(int& so_far) : found(so_far) {}
    ErrorWords find() const override {
      ++found;
      return {"unknown \"x\"", "do this"};
    }
    int& found;
  };
  int found = 0;
  Error error;
  error.kind = ErrorKind::unknown_name;
  error.late = std::make_shared<Counted>(found);
  Error more = error;
  more.field = "gpu";
  more.what = ", of y";
  CHECK(found == 0);
  CHECK(message(error) == "unknown \"x\"; do this");
  CHECK(message(more) == "gpu: unknown \"x\", of y; do this");
  CHECK(found == 1);
}

TEST_CASE("a field name from the user's file cannot drive the terminal") {
  CHECK(message({ErrorKind::malformed, "a\x1b[2J", "is twice", ""}) == "a\\x1b[2J: is twice");
}

TEST_CASE("control bytes are shown as hexadecimal") {
  CHECK(printable(std::string_view("\0", 1)) == "\\x00");
  CHECK(printable("\x1b[31mred") == "\\x1b[31mred");
  CHECK(printable("a\tb\nc\r") == "a\\x09b\\x0ac\\x0d");
  CHECK(printable("\x7f") == "\\x7f");
  CHECK(printable("\xC2\x9B") == "\\xc2\\x9b");           // CSI, one character of C1
  CHECK(printable("\xE2\x80\xAE") == "\\xe2\\x80\\xae");  // right-to-left override
}

TEST_CASE("halves of UTF-8 are shown as hexadecimal, whole characters as they are") {
  CHECK(printable("Qu\xC3\xA9"
                  "bec") ==
        "Qu\xC3\xA9"
        "bec");
  CHECK(printable("Qu\xC3") == "Qu\\xc3");
  CHECK(printable("\xE2\x82") == "\\xe2\\x82");
  CHECK(printable("\xF0\x9F\x8C\x8D") == "\xF0\x9F\x8C\x8D");
  CHECK(printable("\xFF\xFE") == "\\xff\\xfe");
  CHECK(printable("\xC0\x80") == "\\xc0\\x80");  // NUL written too long
}

TEST_CASE("what is printed holds no control byte, whatever the bytes were") {
  const unsigned seed = GENERATE(1U, 2U, 3U, 4U, 5U);
  unsigned state = seed;
  for (int round = 0; round < 200; ++round) {
    std::string bytes;
    for (int i = 0; i < 40; ++i) {
      state = state * 1664525U + 1013904223U;
      bytes += static_cast<char>(state >> 24);
    }
    for (const std::string& shown :
        {printable(bytes), in_quotes(bytes), message({ErrorKind::bad_value, bytes, "x", ""})}) {
      std::string_view rest = shown;
      while (!rest.empty()) {
        const std::size_t length = utf8_length(rest);
        REQUIRE(length > 0);
        REQUIRE_FALSE(is_control(rest.substr(0, length)));
        rest.remove_prefix(length);
      }
    }
  }
}

TEST_CASE("quoted text is cut after 60 bytes, never inside a character") {
  CHECK(in_quotes("a100") == "\"a100\"");
  CHECK(in_quotes("say \"so\"") == "\"say \\\"so\\\"\"");
  CHECK(in_quotes(std::string(60, 'x')) == "\"" + std::string(60, 'x') + "\"");
  CHECK(in_quotes(std::string(61, 'x')) == "\"" + std::string(60, 'x') + "...\"");
  // 59 bytes and a character of two: it does not fit whole
  CHECK(in_quotes(std::string(59, 'x') + "\xC3\xA9"
                                         "yy") == "\"" + std::string(59, 'x') + "...\"");
  CHECK(in_quotes(std::string(58, 'x') + "\xC3\xA9"
                                         "yy") == "\"" + std::string(58, 'x') +
                                                      "\xC3\xA9"
                                                      "...\"");
}

TEST_CASE("a quoted run of continuation bytes still shows what was there") {
  const std::string shown = in_quotes(std::string(100, '\x80'));
  CHECK(contains(shown, "\\x80"));
  CHECK(contains(shown, "..."));
}

TEST_CASE("a result holds its value or its error") {
  Result<int> seven = 7;
  REQUIRE(seven);
  CHECK(*seven == 7);
  const Result<int> none = Error{ErrorKind::missing, "f", "w", "i"};
  REQUIRE_FALSE(none);
  CHECK(none.error().field == "f");
  CHECK(Result<void>{});
  const Result<void> failed = Error{ErrorKind::refused, {}, "no", {}};
  REQUIRE_FALSE(failed);
  CHECK(failed.error().what == "no");
}
