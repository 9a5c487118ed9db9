// SPDX-License-Identifier: MIT
#include "units/number_text.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>

#include "support/catch.hpp"
#include "units/digits.hpp"

using namespace footpound;

namespace {

struct Decimal {
  std::string digits;
  int exponent;  // of the first digit
};

// The digits that count and where the point stands, of plain or exponent notation.
Decimal taken_apart(std::string text) {
  int exponent = 0;
  const std::size_t e = text.find('e');
  if (e != std::string::npos) {
    exponent = std::atoi(text.c_str() + e + 1);
    text.resize(e);
  }
  if (text.front() == '-') text.erase(0, 1);
  const std::size_t point = text.find('.');
  const int whole = static_cast<int>(point == std::string::npos ? text.size() : point);
  if (point != std::string::npos) text.erase(point, 1);
  const std::size_t first = text.find_first_not_of('0');
  Decimal decimal{text.substr(first), exponent + whole - 1 - static_cast<int>(first)};
  decimal.digits.erase(decimal.digits.find_last_not_of('0') + 1);
  return decimal;
}

std::string shortest_by_charconv(double value) {
  char buffer[64];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  return {buffer, end};
}

void check_number(double value) {
  const std::string text = number_text(value);
  INFO(text);
  REQUIRE(std::strtod(text.c_str(), nullptr) == value);
  const Decimal ours = taken_apart(text);
  const Decimal theirs = taken_apart(shortest_by_charconv(value));
  REQUIRE(ours.digits == theirs.digits);
  REQUIRE(ours.exponent == theirs.exponent);
}

}  // namespace

TEST_CASE("numbers of any bits are written with the shortest digits that read back") {
  std::mt19937_64 random(GENERATE(1U, 2U));
  for (int i = 0; i < 50000; ++i) {
    const double value = std::bit_cast<double>(random());
    if (std::isfinite(value) && value != 0) check_number(value);
  }
}

TEST_CASE("subnormal numbers too") {
  std::mt19937_64 random(3);
  for (int i = 0; i < 10000; ++i)
    check_number(std::bit_cast<double>((random() >> 12 >> (random() % 52)) | 1U));
  check_number(5e-324);
  check_number(2.2250738585072014e-308);
}

TEST_CASE("so are everyday numbers and powers of two and ten") {
  for (int i = -1074; i < 1024; ++i) check_number(std::ldexp(1, i));
  for (int i = -323; i <= 308; ++i) check_number(std::strtod(("1e" + std::to_string(i)).c_str(), nullptr));
  std::mt19937_64 random(4);
  for (int i = 0; i < 20000; ++i) check_number(static_cast<double>(random() % 100000000) / 1000);
}

TEST_CASE("the point stands plainly from 1e-6 to 1e21") {
  CHECK(number_text(1e-6) == "0.000001");
  CHECK(number_text(1.5e-6) == "0.0000015");
  CHECK(number_text(9.99e-7) == "9.99e-7");
  CHECK(number_text(1e-7) == "1e-7");
  CHECK(number_text(1e20) == "100000000000000000000");
  CHECK(number_text(123456789012345680000.0) == "123456789012345680000");
  CHECK(number_text(1e21) == "1e21");
  CHECK(number_text(3.14e23) == "3.14e23");
  CHECK(number_text(-1e-300) == "-1e-300");
  CHECK(number_text(1.7976931348623157e308) == "1.7976931348623157e308");
}

TEST_CASE("whole numbers carry no point, and zero no sign") {
  CHECK(number_text(0) == "0");
  CHECK(number_text(-0.0) == "0");
  CHECK(number_text(1) == "1");
  CHECK(number_text(-12) == "-12");
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(12041.51) == "12041.51");
  CHECK(number_text(9007199254740993.0) == "9007199254740992");
}

TEST_CASE("a number is appended to what stands there") {
  std::string out = "x=";
  append_number(out, 2.5);
  CHECK(out == "x=2.5");
}

TEST_CASE("for people: thousands apart, as many digits as asked, whole numbers whole") {
  CHECK(human_number(0) == "0");
  CHECK(human_number(1506.826) == "1,507");
  CHECK(human_number(656347.1) == "656,347");
  CHECK(human_number(0.0381234) == "0.03812");
  CHECK(human_number(0.038, 3) == "0.038");
  CHECK(human_number(999.96) == "1,000");
  CHECK(human_number(12345678) == "12,345,678");
  CHECK(human_number(-12345.6) == "-12,346");
  CHECK(human_number(123) == "123");
  CHECK(human_number(2.50, 3) == "2.5");
  CHECK(human_number(1e15) == "1e+15");
  CHECK(human_number(1e-10) == "1e-10");
}

namespace {

template <class Digits>
std::string stored_by(const Digits& digits, unsigned first, bool parted) {
  char text[17] = {};
  if (parted) {
    digits.store_parted(text, first);
    text[first] = '.';
  } else {
    digits.store(text);
  }
  return {text, parted ? 17U : 16U};
}

}  // namespace

TEST_CASE("sixteen digits parted for a point, wherever it stands") {
  const SixteenDigits fast(1234567890123456);
  const PlainSixteenDigits plain(1234567890123456);
  for (unsigned first = 0; first <= 16; ++first) {
    std::string text = "1234567890123456";
    text.insert(first, ".");
    CHECK(stored_by(fast, first, true) == text);
    CHECK(stored_by(plain, first, true) == text);
  }
}

TEST_CASE("sixteen digits at once are the digits one by one") {
  std::mt19937_64 random(16);
  const auto check = [](std::uint64_t n) {
    const SixteenDigits fast(n);
    const PlainSixteenDigits plain(n);
    std::string text = std::to_string(n);
    text.insert(0, 16 - text.size(), '0');
    REQUIRE(fast.nonzero() == plain.nonzero());
    REQUIRE(stored_by(fast, 0, false) == text);
    REQUIRE(stored_by(plain, 0, false) == text);
  };
  // each group of four digits takes all of its values, in each place
  for (std::uint64_t four = 0; four < 10000; ++four) {
    for (const std::uint64_t place : {1ULL, 10000ULL, 100000000ULL, 1000000000000ULL}) check(four * place);
  }
  check(9999999999999999);
  for (int i = 0; i < 100000; ++i) check(random() % 10000000000000000U);
}
