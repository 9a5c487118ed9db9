// SPDX-License-Identifier: MIT
#include "footpound/units/quantity.hpp"

#include <type_traits>

#include "support/catch.hpp"
#include "support/close_to.hpp"

using namespace footpound;

namespace {

template <class A, class B>
concept multiplies = requires(A a, B b) {
  a* b;
};
template <class A, class B>
concept divides = requires(A a, B b) {
  a / b;
};
template <class A, class B>
concept adds = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept compares = requires(A a, B b) {
  a < b;
};

// what means something
static_assert(std::is_same_v<decltype(Power{} * Duration{}), Energy>);
static_assert(std::is_same_v<decltype(Duration{} * Power{}), Energy>);
static_assert(std::is_same_v<decltype(Energy{} * Intensity{}), Mass>);
static_assert(std::is_same_v<decltype(Intensity{} * Energy{}), Mass>);
static_assert(std::is_same_v<decltype(Energy{} / Duration{}), Power>);
static_assert(std::is_same_v<decltype(Mass{} / Energy{}), Intensity>);
static_assert(std::is_same_v<decltype(Power{} / Power{}), double>);
static_assert(std::is_same_v<decltype(Power{} * 2.0), Power>);
static_assert(std::is_same_v<decltype(2.0 * Mass{}), Mass>);

// what does not, does not compile
static_assert(!multiplies<Power, Power>);
static_assert(!multiplies<Power, Energy>);
static_assert(!multiplies<Power, Intensity>);
static_assert(!multiplies<Power, Mass>);
static_assert(!multiplies<Duration, Duration>);
static_assert(!multiplies<Duration, Energy>);
static_assert(!multiplies<Duration, Intensity>);
static_assert(!multiplies<Energy, Energy>);
static_assert(!multiplies<Energy, Mass>);
static_assert(!multiplies<Mass, Mass>);
static_assert(!multiplies<Mass, Intensity>);
static_assert(!multiplies<Intensity, Intensity>);
static_assert(!divides<Mass, Power>);
static_assert(!divides<Intensity, Energy>);
static_assert(!divides<double, Power>);
static_assert(!adds<Power, Energy>);
static_assert(!adds<Energy, Mass>);
static_assert(!adds<Power, double>);
static_assert(!compares<Power, Energy>);
static_assert(!compares<Duration, double>);
static_assert(!std::is_convertible_v<double, Power>);
static_assert(!std::is_convertible_v<Power, double>);
static_assert(!std::is_constructible_v<Power, Energy>);

}  // namespace

TEST_CASE("what goes in comes out with all its digits") {
  const double n = GENERATE(0.1, 1.0 / 3, 12041.51, 5e-324, 1.7976931348623157e308);
  CHECK(in_watts(watts(n)) == n);
  CHECK(in_hours(hours(n)) == n);
  CHECK(in_kwh(kilowatt_hours(n)) == n);
  CHECK(in_grams(grams(n)) == n);
  CHECK(in_grams_per_kwh(grams_per_kwh(n)) == n);
}

TEST_CASE("a kilowatt for an hour is a kilowatt-hour, and 385 g of each is 385 g") {
  CHECK(in_kwh(watts(1000) * hours(1)) == 1);
  CHECK(in_grams(kilowatt_hours(1) * grams_per_kwh(385)) == 385);
  CHECK(in_watts(kilowatt_hours(1) / hours(2)) == 500);
  CHECK(in_grams_per_kwh(grams(770) / kilowatt_hours(2)) == 385);
}

TEST_CASE("a pound is 0.45359237 kg") {
  CHECK(in_kilograms(pounds(1)) == close_to(0.45359237));
  CHECK(in_pounds(kilograms(0.45359237)) == close_to(1));
  // 1 kg = 2.2046226218487757 lb (NIST SP 811, appendix B.8, to the double's digits)
  CHECK(in_pounds(kilograms(1)) == close_to(2.2046226218487757));
}

TEST_CASE("sums, differences, order and scaling keep the unit") {
  CHECK(in_watts(watts(300) + watts(200) - watts(100)) == 400);
  Energy sum = kilowatt_hours(1);
  sum += kilowatt_hours(2);
  CHECK(in_kwh(sum) == 3);
  CHECK(in_kwh(sum / 2) == 1.5);
  CHECK(watts(1) < watts(2));
  CHECK(hours(24) == hours(24));
  CHECK(watts(300) / watts(600) == 0.5);
}
