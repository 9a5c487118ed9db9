// SPDX-License-Identifier: MIT
#include "units/amount.hpp"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/close_to.hpp"
#include "support/paths.hpp"
#include "support/text.hpp"

using namespace footpound;
using K = UnitKind;

namespace {

const std::vector<K> kinds = {K::count, K::ratio, K::devices, K::share, K::power, K::duration, K::device_time,
    K::energy, K::intensity, K::memory, K::operations, K::money};

double value(std::string_view text, K kind) {
  const Result<Amount> amount = parse_amount(text, kind);
  INFO(text << (amount ? "" : ": " + message(amount.error())));
  REQUIRE(amount);
  CHECK(amount->log_sd == 0);
  return amount->value;
}

Error refusal(std::string_view text, K kind) {
  const Result<Amount> amount = parse_amount(text, kind);
  INFO(text << " as " << kind_name(kind));
  REQUIRE_FALSE(amount);
  CHECK(amount.error().field.empty());
  CHECK_FALSE(amount.error().instead.empty());
  return amount.error();
}

std::string turned(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 'a' + 'A');
    else if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

TEST_CASE("units mean what the world says they mean") {
  struct Case {
    const char* text;
    K kind;
    double expected;
  };
  for (const Case& c : std::vector<Case>{{"65B", K::count, 65e9}, {"1.4T", K::count, 1.4e12},
           {"7b", K::count, 7e9}, {"110M", K::count, 110e6}, {"3k", K::count, 3000},
           {"1.3 billion", K::count, 1.3e9}, {"35%", K::share, 0.35}, {"0.35", K::share, 0.35},
           {"12.04kW", K::power, 12040}, {"300 W", K::power, 300}, {"300w", K::power, 300},
           {"2MW", K::power, 2e6}, {"500mW", K::power, 0.5}, {"79.2h", K::duration, 79.2},
           {"90min", K::duration, 1.5}, {"30m", K::duration, 0.5}, {"3600s", K::duration, 1},
           {"3d", K::duration, 72}, {"2 weeks", K::duration, 336}, {"2w", K::duration, 336},
           {"1y", K::duration, 8760}, {"1500kWh", K::energy, 1500}, {"2.1MWh", K::energy, 2100},
           {"500Wh", K::energy, 0.5}, {"3.6MJ", K::energy, 1}, {"3600kJ", K::energy, 1},
           {"3600000J", K::energy, 1}, {"36GJ", K::energy, 10000}, {"385g/kWh", K::intensity, 385},
           {"0.385kg/kWh", K::intensity, 385}, {"385kg/MWh", K::intensity, 385},
           {"0.385t/MWh", K::intensity, 385}, {"385gCO2e/kWh", K::intensity, 385},
           {"385 gCO2eq/kWh", K::intensity, 385}, {"0.385 kg CO2/kWh", K::intensity, 385},
           // 0.954 lb x 453.59237 g/lb = 432.72712098 g, EPA's figure in Strubell et al. (2019)
           {"0.954lb/kWh", K::intensity, 432.72712098}, {"954 lbs/MWh", K::intensity, 432.72712098},
           {"512GB", K::memory, 512}, {"1TB", K::memory, 1000}, {"1GiB", K::memory, 1.073741824},
           {"1024MiB", K::memory, 1.073741824}, {"3.14e23", K::operations, 3.14e23},
           {"314ZFLOP", K::operations, 3.14e23},
           // 1e15 FLOP/s x 86400 s
           {"1PF-days", K::operations, 8.64e19}, {"2.48USD", K::money, 2.48}}) {
    INFO(c.text);
    CHECK(value(c.text, c.kind) == close_to(c.expected));
  }
}

TEST_CASE("every unit of the table is read, with blanks before it and in either case where it may be") {
  for (const Unit& unit : units()) {
    const std::string symbol(unit.symbol);
    INFO(symbol << " as " << kind_name(unit.kind));
    const double expected = 3 * unit.multiply / unit.divide;
    CHECK(value("3" + symbol, unit.kind) == expected);
    CHECK(value(" 3 \t" + symbol + " ", unit.kind) == expected);
    CHECK(value("+3.0e0" + symbol, unit.kind) == expected);
    bool other = false;  // "MWh" the other way round is "mwH": no other symbol's exact spelling
    for (const Unit& each : units()) other = other || (each.symbol == turned(symbol) && &each != &unit);
    if (unit.any_case && !other) CHECK(value("3" + turned(symbol), unit.kind) == expected);
  }
}

TEST_CASE("a kind's own unit is that of a bare number") {
  for (const K kind : kinds) {
    INFO(kind_name(kind));
    CHECK_FALSE(kind_name(kind).empty());
    CHECK(value("12.5", kind) == 12.5);
    CHECK(value("12.5" + std::string(own_unit(kind)), kind) == 12.5);
  }
}

TEST_CASE("milli and mega are not mixed up") {
  CHECK(value("5mW", K::power) == 0.005);
  CHECK(value("5MW", K::power) == 5e6);
  CHECK(value("5mWh", K::energy) == close_to(5e-6));
  CHECK(value("5MWh", K::energy) == 5000);
  refusal("5mw", K::power);  // which of the two?
  refusal("5mJ", K::energy);
  refusal("5M", K::duration);  // minutes are m, months we have none
  refusal("5W", K::duration);
}

TEST_CASE("a unit of the wrong kind is named for what it is") {
  for (const Unit& unit : units()) {
    if (unit.symbol.empty()) continue;
    for (const K kind : kinds) {
      bool known = false;
      for (const Unit& other : units()) {
        known = known || (other.kind == kind &&
                             (other.symbol == unit.symbol || turned(other.symbol) == turned(unit.symbol) ||
                                 turned(other.symbol) == unit.symbol));
      }
      const std::string text = "3" + std::string(unit.symbol);
      if (known || parse_amount(text, kind)) continue;
      const Error error = refusal(text, kind);
      CHECK(error.kind == ErrorKind::bad_value);
      CHECK(contains(error.what, ", not " + std::string(kind_name(kind))));
    }
  }
  CHECK(refusal("300W", K::duration).what == "\"300W\" is a power, not a duration");
  CHECK(refusal("300W", K::energy).what == "\"300W\" is a power, not an energy");
  CHECK(refusal("5h", K::power).what == "\"5h\" is a duration, not a power");
}

TEST_CASE("durations are sums of units or times of the clock") {
  CHECK(value("3d7h", K::duration) == 79);
  CHECK(value("1h30m", K::duration) == 1.5);
  CHECK(value("1h 30min", K::duration) == 1.5);
  CHECK(value("1 day 12 hours", K::duration) == 36);
  CHECK(value("2w1d", K::duration) == 360);
  CHECK(value("36:00:00", K::duration) == 36);
  CHECK(value("1-12:30:00", K::duration) == 36.5);
  CHECK(value("01:30", K::duration) == 1.5);
  CHECK(value("00:00:36", K::duration) == close_to(0.01));
  CHECK(value("00:00:00.5", K::duration) == close_to(0.5 / 3600));
  CHECK(value("00:20:00", K::duration) == 1.0 / 3);  // one rounding
  CHECK(value("365-00:00:00", K::duration) == 8760);
}

TEST_CASE("what only looks like a duration is refused") {
  for (const char* text : {"1:60", "1:00:60", "1:2:3:4", ":30", "30:", "1::2", "-1:30", "1:-30", "1:+30",
           "-1-01:00:00", "1-2-03:00:00", "1.5:30", "1e2:00:00", "1:1e1:00", "1:30.5:00", "1.5-00:00:00",
           "3d7", "3d7x", "d7h", "3d-7h", "-3d7h", "3dd", "36:00:00h", "36:00:00+-1", "3d7h+-1h"}) {
    INFO(text);
    refusal(text, K::duration);
  }
  refusal("36:00:00", K::power);
}

TEST_CASE("hostile numbers are refused as every kind") {
  for (const K kind : kinds) {
    for (const char* text : {"", " ", "\t", "inf", "-inf", "nan", "NAN", "infinity", "1e400", "-1e400",
             "1e-400", "0x10", "0x1p3", "12,041", "12,04", "12.041,51", "1.5,0", "-", "+", ".", "-.", "e5",
             "1e", "5..", "1e+", "1..5", "--5", "+-5", "-+5", "5 5", "1_000", "five", "NULL",
             "\xC2\xB1"
             "5",
             "5\xC2\xB1", "5+-", "5+-x", "5+-inf", "5+-nan", "5+-1e400", "5+-2+-3", "\x1b[31m5",
             "\xEF\xBC\x95"}) {
      INFO("[" << text << "]");
      const Error error = refusal(text, kind);
      CHECK((error.kind == ErrorKind::bad_value || error.kind == ErrorKind::out_of_range));
    }
    CHECK_FALSE(parse_amount(std::string_view("5\0", 2), kind));
  }
}

TEST_CASE("numbers beyond a double are out of range, also only in the kind's own unit") {
  CHECK(refusal("1e400", K::power).kind == ErrorKind::out_of_range);
  CHECK(refusal("1e-400W", K::power).kind == ErrorKind::out_of_range);
  CHECK(refusal("1e308GW", K::power).kind == ErrorKind::out_of_range);
  CHECK(refusal("1e308T", K::count).kind == ErrorKind::out_of_range);
  // nothing turns into zero on the way
  CHECK(refusal("4e-324mW", K::power).kind == ErrorKind::out_of_range);
  CHECK(refusal("5e-324s", K::duration).kind == ErrorKind::out_of_range);
  CHECK(value("0mW", K::power) == 0);
}

TEST_CASE("a comma is explained") {
  CHECK(contains(refusal("12,041", K::power).what, "has a comma"));
  CHECK(refusal("12,041W", K::power).instead == "write 12041 or 12.041");
  CHECK(contains(refusal("12,04W", K::power).what, "has a comma"));
}

TEST_CASE("amounts are read as people print them, and what may mean two is refused in words that help") {
  // printed_amounts.tsv: kind, text, and "VALUE", "MIDDLE of LOW to HIGH", or words of the refusal
  const std::map<std::string, K> by_name = {{"count", K::count}, {"ratio", K::ratio}, {"devices", K::devices},
      {"share", K::share}, {"power", K::power}, {"duration", K::duration}, {"device_time", K::device_time},
      {"energy", K::energy}, {"intensity", K::intensity}, {"memory", K::memory}, {"money", K::money}};
  std::ifstream table(root_path("/tests/units/printed_amounts.tsv"));
  std::string line;
  std::size_t read = 0;
  while (std::getline(table, line)) {
    if (line.starts_with('#')) continue;
    std::istringstream cells(line);
    std::string kind_said;
    std::string text;
    std::string expected;
    std::getline(cells, kind_said, '\t');
    std::getline(cells, text, '\t');
    std::getline(cells, expected);
    INFO(line);
    ++read;
    const K kind = by_name.at(kind_said);
    const Result<Amount> amount = parse_amount(text, kind);
    if (expected.front() < '0' || expected.front() > '9') {
      REQUIRE_FALSE(amount);
      CHECK(contains(message(amount.error()), expected));
      continue;
    }
    INFO((amount ? std::string() : message(amount.error())));
    REQUIRE(amount);
    double middle = 0;
    double low = 0;
    double high = 0;
    if (std::sscanf(expected.c_str(), "%lf of %lf to %lf", &middle, &low, &high) < 3) {
      CHECK(amount->value == close_to(std::stod(expected)));
      CHECK(amount->log_sd == 0);
      CHECK_FALSE(amount->of_range);
    } else {
      CHECK(amount->of_range);
      CHECK(amount->value == close_to(middle));
      // its ends lie as far apart as those of the range
      CHECK(amount->value * 2 * std::sinh(z90 * amount->log_sd) == close_to(high - low));
    }
  }
  CHECK(read > 100);
}

TEST_CASE("a number tells whether its unit was stated") {
  CHECK(parse_amount("0.4", K::power)->is_bare);
  CHECK(parse_amount("~0.4", K::power)->is_bare);
  CHECK(parse_amount("0.4+-0.1", K::power)->is_bare);
  CHECK_FALSE(parse_amount("0.4kW", K::power)->is_bare);
  CHECK_FALSE(parse_amount("0.4+-0.1kW", K::power)->is_bare);
}

TEST_CASE("a spread is the half-width of the 5-95 % range") {
  // value x sinh(z90 sd) = half: low and high lie 2 x half apart
  for (const char* text : {"79+-2",
           "79\xC2\xB1"
           "2",
           "79+/-2", "79 +- 2", "79h+-2", "79+-2h", "79h+-2h", "79h+-120min"}) {
    INFO(text);
    const Result<Amount> amount = parse_amount(text, K::duration);
    REQUIRE(amount);
    CHECK(amount->value == 79);
    const double low = 79 * std::exp(-z90 * amount->log_sd);
    const double high = 79 * std::exp(z90 * amount->log_sd);
    CHECK((high - low) / 2 == close_to(2));
  }
  const Result<Amount> relative = parse_amount(
      "80W\xC2\xB1"
      "5%",
      K::power);
  REQUIRE(relative);
  CHECK(relative->log_sd == close_to(std::asinh(0.05) / z90));
  // of a share, percent is a unit: 35 % plus or minus 5 % of all
  const Result<Amount> share = parse_amount("35%+-5%", K::share);
  REQUIRE(share);
  CHECK(share->value == 0.35);
  CHECK(share->log_sd == close_to(std::asinh(0.05 / 0.35) / z90));
  CHECK(parse_amount("79+-0", K::duration)->log_sd == 0);
}

TEST_CASE("a spread needs something to spread about, and an end") {
  for (const char* text : {"0+-1", "-5+-1", "5+--1", "5+-1h", "5W+-1h"}) {
    INFO(text);
    refusal(text, K::power);
  }
  refusal("1e10+-1e308%", K::power);
  refusal("1e-300+-1e300", K::power);
  // half-widths end at a million times the value
  refusal("5+-5000100", K::power);
  CHECK(parse_amount("5+-4999900", K::power)->log_sd == close_to(std::asinh(4999900.0 / 5) / z90));
}

TEST_CASE("text of an amount in its own unit reads back the same") {
  const double n = GENERATE(take(100, random(1e-3, 1e6)));
  char digits[64];
  std::snprintf(digits, sizeof digits, "%.17g", n);
  for (const K kind : kinds) CHECK(value(std::string(digits) + std::string(own_unit(kind)), kind) == n);
}

TEST_CASE("twice the number is twice the amount, whatever the unit") {
  const double n = GENERATE(1.0, 2.5, 1024.0, 0.125);
  for (const Unit& unit : units()) {
    const std::string symbol(unit.symbol);
    CHECK(value(std::to_string(2 * n) + symbol, unit.kind) ==
          close_to(2 * value(std::to_string(n) + symbol, unit.kind)));
  }
}
