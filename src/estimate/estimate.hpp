// SPDX-License-Identifier: MIT
// All there is to say of a run: figures with their intervals, the parts of the energy, and what stands
// beside it. Pure and total; nothing is rounded.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "estimate/inputs.hpp"
#include "estimate/terms.hpp"
#include "footpound/units/interval.hpp"
#include "units/amount.hpp"

namespace footpound {

// exp(-+z90 x log sd): what the 5th and 95th percentiles are multiples of the median by. Few doubts
// differ in a stream, so each thread remembers the last ones.
struct Spread {
  double log_variance = -1;
  double down = 1, up = 1;
};
Spread worked_out_spread(double log_variance);
inline const Spread& spread_of(double log_variance) {
  constexpr std::size_t most = 256;
  thread_local constinit std::array<Spread, most> known{};
  Spread& spread = known[std::bit_cast<std::uint64_t>(log_variance) * 0x9E3779B97F4A7C15U >> 56];
  if (spread.log_variance != log_variance) spread = worked_out_spread(log_variance);
  return spread;
}

// A value with its doubt: log variances below and above.
template <class T>
struct Doubtful {
  T value{};
  double log_variance_below = 0;
  double log_variance_above = 0;
  T low() const { return value * spread_of(log_variance_below).down; }
  T high() const { return value * spread_of(log_variance_above).up; }
};

struct Estimate {
  Doubtful<Energy> energy;                   // facility: IT x PUE, all trials
  Doubtful<Mass> co2e;                       // location-based, all trials
  Doubtful<Energy> it_energy;                // all trials
  std::optional<Energy> accelerator_energy;  // its parts, where they are known apart
  std::optional<Energy> host_energy;
  Energy overhead;                // facility minus IT
  std::optional<Power> it_power;  // mean over the wall clock, per trial
  std::optional<Mass> market_co2e;
  std::optional<Interval<double>> cost_usd;  // all trials; low is at the lower price of a list
  std::optional<Mass> embodied_co2e;         // share of making the devices, all trials
};

Estimate estimate(const Inputs& inputs, const Terms& terms);
inline Estimate estimate(const Inputs& inputs) { return estimate(inputs, terms_of(inputs)); }

// The factor's own interval in its unit. No PUE lies below 1.
Interval<double> interval(const Factor& factor);

// Strubell et al. (2019), Table 1: a US car's lifetime with fuel, and one passenger's return
// flight New York - San Francisco, in pounds of CO2e.
inline constexpr double pounds_per_car_lifetime = 126000;
inline constexpr double pounds_per_flight_ny_sf = 1984;
constexpr double car_lifetimes(Mass co2e) { return in_pounds(co2e) / pounds_per_car_lifetime; }
constexpr double flights_ny_sf(Mass co2e) { return in_pounds(co2e) / pounds_per_flight_ny_sf; }

}  // namespace footpound
