// SPDX-License-Identifier: MIT
#include "measure/energy_account.hpp"

#include "fakes.hpp"
#include "support/catch.hpp"

using namespace footpound;
using namespace footpound::measure;

namespace {

constexpr nanoseconds bridge = std::chrono::milliseconds(500);

Result<Reading> count(std::uint64_t ticks) { return Reading(Count{ticks}); }
Result<Reading> power(double w) { return Reading(watts(w)); }

Device rapl(std::uint64_t range) {
  return Device{"package-0", "", Part::cpu, "rapl", {}, CounterRule{joules(1e-6), range, watts(1000)}};
}

}  // namespace

TEST_CASE("a counter's energy is the difference of its readings") {
  EnergyAccount account(counting_device("gpu0"), bridge);
  account.add(seconds_of(0), count(1'000'000));
  account.add(seconds_of(1), count(1'300'000));
  const DeviceEnergy energy = account.finish();
  // 300 000 mJ = 300 J
  CHECK(close_to(in_joules(energy.measured), 300));
  CHECK(energy.covered == seconds_of(1));
  CHECK(energy.missing == nanoseconds{0});
}

TEST_CASE("a counter that wraps goes on after its range") {
  // from 10 J below the range of 262 143 328 850 uJ to 20 J: 30 J
  EnergyAccount account(rapl(262'143'328'850), bridge);
  account.add(seconds_of(0), count(262'133'328'850));
  account.add(seconds_of(1), count(20'000'000));
  CHECK(close_to(in_joules(account.finish().measured), 30));
}

TEST_CASE("a counter that starts again from zero is a gap, not a wrap") {
  // taken for a wrap it would be 162 kJ in a second; no socket draws that
  EnergyAccount account(rapl(262'143'328'850), bridge);
  account.add(seconds_of(0), count(90'000'000'000));
  account.add(seconds_of(1), count(90'100'000'000));  // 100 J
  account.add(seconds_of(2), count(50'000'000));      // driver loaded anew
  account.add(seconds_of(3), count(150'000'000));     // 100 J
  const DeviceEnergy energy = account.finish();
  CHECK(close_to(in_joules(energy.measured), 200));
  CHECK(energy.covered == seconds_of(2));
  CHECK(energy.missing == seconds_of(1));
  // mean of what was seen: 200 J / 2 s x 1 s
  CHECK(close_to(in_joules(energy.filled), 100));
}

TEST_CASE("a counter without wrap that falls was reset") {
  EnergyAccount account(counting_device("gpu0"), bridge);
  account.add(seconds_of(0), count(500'000));
  account.add(seconds_of(1), count(1'000));
  const DeviceEnergy energy = account.finish();
  CHECK(in_joules(energy.measured) == 0);
  CHECK_FALSE(energy.known());
  CHECK(in_joules(energy.filled) == 0);
}

TEST_CASE("a counter that may have wrapped twice tells nothing") {
  // 65 kJ are through in 65 s at 1000 W; 70 s are too long
  EnergyAccount account(rapl(65'000'000'000), bridge);
  account.add(seconds_of(0), count(0));
  account.add(seconds_of(60), count(1'000'000'000));
  account.add(seconds_of(130), count(2'000'000'000));
  const DeviceEnergy energy = account.finish();
  CHECK(close_to(in_joules(energy.measured), 1000));
  CHECK(energy.missing == seconds_of(70));
}

TEST_CASE("a failed reading costs a counter nothing once it answers again") {
  EnergyAccount account(counting_device("gpu0"), bridge);
  account.add(seconds_of(0), count(0));
  account.add(seconds_of(1), no_reading());
  account.add(seconds_of(2), count(600'000));
  const DeviceEnergy energy = account.finish();
  CHECK(close_to(in_joules(energy.measured), 600));
  CHECK(energy.missing == nanoseconds{0});
  CHECK(energy.failures == 1);
  CHECK(energy.largest_gap == seconds_of(2));
}

TEST_CASE("a counter that vanishes leaves the rest of the window missing") {
  EnergyAccount account(counting_device("gpu0"), bridge);
  account.add(seconds_of(0), count(0));
  account.add(seconds_of(4), count(1'200'000));
  account.add(seconds_of(5), no_reading());
  account.add(seconds_of(6), no_reading());
  const DeviceEnergy energy = account.finish();
  CHECK(close_to(in_joules(energy.measured), 1200));
  CHECK(energy.missing == seconds_of(2));
  // 300 W x 2 s
  CHECK(close_to(in_joules(energy.filled), 600));
  CHECK(energy.last_failure == "gpu0: GPU is lost (NVML 15)");
}

TEST_CASE("powers are joined by the trapezoid rule") {
  EnergyAccount account(power_device("gpu0"), bridge);
  account.add(seconds_of(0), power(100));
  account.add(seconds_of(0.5), power(300));
  account.add(seconds_of(1), power(300));
  // (100 + 300) / 2 x 0.5 + 300 x 0.5 = 250 J
  CHECK(close_to(in_joules(account.finish().measured), 250));
}

TEST_CASE("a failed reading of power is a gap, filled between its neighbours") {
  EnergyAccount account(power_device("gpu0"), bridge);
  account.add(seconds_of(0), power(100));
  account.add(seconds_of(0.2), power(100));
  account.add(seconds_of(0.3), no_reading());
  account.add(seconds_of(0.4), power(300));
  account.add(seconds_of(0.6), power(300));
  const DeviceEnergy energy = account.finish();
  // 20 J and 60 J around it; (100 + 300) / 2 x 0.2 = 40 J in it
  CHECK(close_to(in_joules(energy.measured), 80));
  CHECK(close_to(in_joules(energy.filled), 40));
  CHECK(energy.missing == seconds_of(0.2));
}

TEST_CASE("powers too far apart are not joined") {
  EnergyAccount account(power_device("gpu0"), bridge);
  account.add(seconds_of(0), power(100));
  account.add(seconds_of(0.5), power(100));
  account.add(seconds_of(10), power(100));
  const DeviceEnergy energy = account.finish();
  CHECK(energy.covered == seconds_of(0.5));
  CHECK(energy.missing == seconds_of(9.5));
}

TEST_CASE("a device that never answers has no energy, and none is made up") {
  EnergyAccount account(power_device("gpu0"), bridge);
  account.add(seconds_of(0), no_reading());
  account.add(seconds_of(1), no_reading());
  const DeviceEnergy energy = account.finish();
  CHECK_FALSE(energy.known());
  CHECK(in_joules(energy.filled) == 0);
  CHECK(energy.missing == seconds_of(1));
}

TEST_CASE("a power read once and never again stands for the missing time, told apart") {
  EnergyAccount account(power_device("gpu0"), bridge);
  account.add(seconds_of(0), power(60));
  account.add(seconds_of(1), no_reading());
  account.add(seconds_of(2), no_reading());
  const DeviceEnergy energy = account.finish();
  CHECK(in_joules(energy.measured) == 0);
  CHECK(energy.missing == seconds_of(2));
  CHECK(close_to(in_joules(energy.filled), 120));
}

TEST_CASE("energies of a split measurement add up") {
  const auto split_at = GENERATE(1, 3, 5, 8);
  const bool counts = GENERATE(true, false);
  const auto device = counts ? counting_device("gpu0") : power_device("gpu0");
  const auto reading = [&](int i) {
    return counts ? count(std::uint64_t{1000} * static_cast<std::uint64_t>(i) * static_cast<std::uint64_t>(i))
                  : power(50 + 7 * i);
  };
  const auto energy_from = [&](int from, int to) {
    EnergyAccount account(device, bridge);
    for (int i = from; i <= to; ++i) account.add(seconds_of(0.1 * i), reading(i));
    return account.finish().measured;
  };
  const Energy parts = energy_from(0, split_at) + energy_from(split_at, 10);
  CHECK(close_to(in_joules(parts), in_joules(energy_from(0, 10))));
}

TEST_CASE("a clock set back is waited out") {
  EnergyAccount account(power_device("gpu0"), bridge);
  account.add(seconds_of(0), power(100));
  account.add(seconds_of(0.2), power(100));
  account.add(seconds_of(0.1), power(900));
  account.add(seconds_of(0.4), power(100));
  CHECK(close_to(in_joules(account.finish().measured), 40));
}
