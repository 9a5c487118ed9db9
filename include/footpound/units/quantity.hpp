// SPDX-License-Identifier: MIT
// Quantities with their unit in the type. Made and read by name: watts(300), in_kwh(e).
// Stored in the units that people and tables write (W, h, kWh, g, g/kWh), so that a value that
// goes in and out keeps its digits. Only the products that mean something exist:
//   power x time = energy,  energy x intensity = mass,  quantity x number = quantity.
#pragma once

#include <compare>

namespace footpound {

template <class Unit>
class Quantity {
 public:
  constexpr Quantity() = default;
  constexpr explicit Quantity(double stored) : stored_(stored) {}
  constexpr double stored() const { return stored_; }

  friend constexpr auto operator<=>(Quantity,
      Quantity) = default;  // NOLINT(modernize-use-nullptr): clang 14 takes the 0 of <=> for a pointer
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity(a.stored_ + b.stored_); }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity(a.stored_ - b.stored_); }
  friend constexpr Quantity operator*(Quantity a, double n) { return Quantity(a.stored_ * n); }
  friend constexpr Quantity operator*(double n, Quantity a) { return Quantity(n * a.stored_); }
  friend constexpr Quantity operator/(Quantity a, double n) { return Quantity(a.stored_ / n); }
  friend constexpr double operator/(Quantity a, Quantity b) { return a.stored_ / b.stored_; }
  constexpr Quantity& operator+=(Quantity b) { return *this = *this + b; }

 private:
  double stored_ = 0;
};

using Power = Quantity<struct Watt>;                     // stored in W
using Duration = Quantity<struct Hour>;                  // stored in h
using Energy = Quantity<struct KilowattHour>;            // stored in kWh
using Mass = Quantity<struct Gram>;                      // stored in g CO2e
using Intensity = Quantity<struct GramPerKilowattHour>;  // stored in g CO2e per kWh

// Exact by definition: the international pound of 1959 (NIST SP 811, appendix B.8).
inline constexpr double kilograms_per_pound = 0.45359237;
inline constexpr double grams_per_pound = kilograms_per_pound * 1000;
// Exact: 1000 W for 3600 s.
inline constexpr double joules_per_kwh = 3.6e6;
inline constexpr double seconds_per_hour = 3600;
// A year of service or of use: 365 days of 24 hours.
inline constexpr double hours_per_year = 8760;

constexpr Power watts(double n) { return Power(n); }
constexpr Duration hours(double n) { return Duration(n); }
constexpr Energy kilowatt_hours(double n) { return Energy(n); }
constexpr Mass grams(double n) { return Mass(n); }
constexpr Mass kilograms(double n) { return Mass(n * 1000); }
constexpr Mass pounds(double n) { return Mass(n * kilograms_per_pound * 1000); }
constexpr Intensity grams_per_kwh(double n) { return Intensity(n); }

constexpr double in_watts(Power p) { return p.stored(); }
constexpr double in_hours(Duration t) { return t.stored(); }
constexpr double in_kwh(Energy e) { return e.stored(); }
constexpr double in_grams(Mass m) { return m.stored(); }
constexpr double in_kilograms(Mass m) { return m.stored() / 1000; }
constexpr double in_pounds(Mass m) { return in_kilograms(m) / kilograms_per_pound; }
constexpr double in_grams_per_kwh(Intensity i) { return i.stored(); }

constexpr Energy operator*(Power p, Duration t) { return Energy(p.stored() * t.stored() / 1000); }
constexpr Energy operator*(Duration t, Power p) { return p * t; }
constexpr Power operator/(Energy e, Duration t) { return Power(e.stored() * 1000 / t.stored()); }
constexpr Mass operator*(Energy e, Intensity i) { return Mass(e.stored() * i.stored()); }
constexpr Mass operator*(Intensity i, Energy e) { return e * i; }
constexpr Intensity operator/(Mass m, Energy e) { return Intensity(m.stored() / e.stored()); }

}  // namespace footpound
