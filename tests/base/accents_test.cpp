// SPDX-License-Identifier: MIT
#include "base/accents.hpp"

#include "support/catch.hpp"

using namespace footpound;

TEST_CASE("accents go, letters stay") {
  CHECK(without_accents("") == "");
  CHECK(without_accents("plain, 1-2") == "plain, 1-2");
  CHECK(without_accents("\xC3\x8Ele-de-France") == "Ile-de-France");
  CHECK(without_accents("\xC5\x81\xC3\xB3"
                        "d\xC5\xBA") == "Lodz");
  CHECK(without_accents("Que\xCC\x81"
                        "bec") == "Quebec");  // decomposed
  CHECK(without_accents("Xi\xE2\x80\x99"
                        "an") == "Xi'an");
}

TEST_CASE("what is no Latin letter stays as it is, be it broken") {
  for (const char* text : {"\xE5\xAF\x8C\xE5\xB2\xB3", "\xC3", "\xC3(", "\xFF\xFE", "\xC3\x97", "\xE2\x80"}) {
    CHECK(without_accents(text) == text);
  }
}
