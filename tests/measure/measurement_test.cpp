// SPDX-License-Identifier: MIT
#include "measure/measurement.hpp"

#include <array>

#include "fakes.hpp"
#include "measure/record.hpp"
#include "measure/whole_run.hpp"
#include "support/catch.hpp"
#include "units/amount.hpp"

#include <nlohmann/json.hpp>

using namespace footpound;
using namespace footpound::measure;

namespace {

// 100 s at `power` each.
Measurement measured(std::vector<std::pair<Device, Power>> devices) {
  Measurement out;
  out.window = seconds_of(100);
  out.profile = PowerProfile(seconds_of(0), seconds_of(1), devices.size());
  for (std::size_t i = 0; i < devices.size(); ++i) {
    DeviceEnergy device;
    device.device = devices[i].first;
    device.covered = out.window;
    device.measured = devices[i].second * duration(out.window);
    for (int s = 0; s < 200; ++s) {
      out.profile.add(
          i, seconds_of(0.5) * s, seconds_of(0.5) * (s + 1), devices[i].second * hours(0.5 / 3600));
    }
    out.devices.push_back(device);
  }
  return out;
}

Device of_meter(Device device, const std::string& meter) {
  device.meter = meter;
  return device;
}

const std::array<std::size_t, 1> first = {0};
const std::array<std::size_t, 2> both = {0, 1};

nlohmann::json record_of(const Measurement& measurement, std::optional<WholeRun> whole = {}) {
  return nlohmann::json::parse(record_text(measurement, "host", whole).value());
}

}  // namespace

TEST_CASE("devices of one meter err together, meters apart") {
  // log sd 0.05: half-width sinh(1.6449 x 0.05) = 0.0823 of 36 kJ = 0.01 kWh each
  const double each = 0.01 * std::sinh(z90 * 0.05);
  const Measurement same = measured({{power_device("a"), watts(360)}, {power_device("b"), watts(360)}});
  CHECK(close_to(in_kwh(energy_of(same, both).value), 0.02));
  CHECK(close_to(in_kwh(energy_of(same, both).half_width), 2 * each));
  const Measurement apart =
      measured({{power_device("a"), watts(360)}, {of_meter(power_device("b"), "other"), watts(360)}});
  CHECK(close_to(in_kwh(energy_of(apart, both).half_width), std::sqrt(2.0) * each));
}

TEST_CASE("missing time widens the interval down to what was measured") {
  Measurement measurement = measured({{power_device("a"), watts(360)}});
  measurement.devices[0].device.accuracy.log_sd = 0;
  measurement.devices[0].filled = kilowatt_hours(0.002);
  const UncertainEnergy energy = energy_of(measurement, first);
  CHECK(close_to(in_kwh(energy.value), 0.012));
  // the true energy is even between 0.010 and 0.014: its 5th percentile 0.0102 is value / 1.17647
  CHECK(close_to(in_kwh(energy.half_width), 0.012 * (1.2 / 1.02 - 1.02 / 1.2) / 2, 1e-9));
}

TEST_CASE("a counter lost after one look is given the mean of its kind, and the interval says so") {
  Measurement measurement = measured({{counting_device("a"), watts(300)}, {counting_device("b"), watts(0)}});
  measurement.devices[0].device.name = measurement.devices[1].device.name = "NVIDIA H100";
  DeviceEnergy& lost = measurement.devices[1];
  lost.covered = nanoseconds{0};
  lost.missing = seconds_of(100);
  fill_from_alike(measurement);
  CHECK_FALSE(lost.known());  // never read
  lost.readings = 1;
  fill_from_alike(measurement);
  CHECK(in_joules(lost.measured) == 0);
  CHECK(close_to(in_joules(lost.filled), 30000));
  CHECK(in_joules(energy_of(measurement, both).half_width) > 25000);
  // no other of its kind
  lost.filled = joules(0);
  lost.device.name = "NVIDIA A100";
  fill_from_alike(measurement);
  CHECK_FALSE(lost.known());
}

TEST_CASE("the text of an energy reads back to its value and spread") {
  const std::string text = energy_text({kilowatt_hours(12.25), kilowatt_hours(0.5)});
  CHECK(text == "12.25+-0.5kWh");
  const Result<Amount> amount = parse_amount(text, UnitKind::energy);
  REQUIRE(amount);
  CHECK(amount->value == 12.25);
  CHECK(close_to(12.25 * std::sinh(z90 * amount->log_sd), 0.5));
  CHECK(energy_text({kilowatt_hours(3), kilowatt_hours(0)}) == "3kWh");
}

TEST_CASE("flag --covers reads shares and steps") {
  CHECK(parse_share("3%")->value == 0.03);
  CHECK(parse_share("0.03")->value == 0.03);
  CHECK_FALSE(parse_share("0.03")->of_steps);
  CHECK(parse_share("100/10000")->value == 0.01);
  CHECK(parse_share("100/10000")->of_steps);
  CHECK(parse_share("100/10k")->value == 0.01);
  CHECK(parse_share("100%")->value == 1);
  for (const char* bad : {"", "3", "0", "0%", "-1%", "200/100", "1/0", "0/0", "a/b", "1/2/3", "nan", "5%+-1%",
           "1e-9", "1/1e12"}) {
    INFO(bad);
    CHECK_FALSE(parse_share(bad));
  }
}

TEST_CASE("a steady sample scales by time") {
  // 360 W for 100 s = 0.01 kWh; the whole run is 1 h: 0.36 kWh
  Measurement measurement = measured({{power_device("a"), watts(360)}});
  const Scaled scaled = scaled_energy(measurement, first, WholeRun{hours(1), std::nullopt});
  CHECK(close_to(in_kwh(scaled.energy.value), 0.36));
  CHECK(in_hours(scaled.warm_up) == 0);
  // no sampling error: the meter's share alone
  CHECK(close_to(in_kwh(scaled.energy.half_width), 0.36 * std::sinh(z90 * 0.05)));
}

TEST_CASE("warm-up is counted once and not scaled up") {
  // 20 s at 60 W, then 80 s at 300 W: 1200 J + 24000 J; the other 900 s at 300 W: 270 kJ
  Measurement measurement = measured({{power_device("a"), watts(0)}});
  measurement.profile = PowerProfile(seconds_of(0), seconds_of(1), 1);
  for (int s = 0; s < 200; ++s) {
    const double w = s < 40 ? 60 : 300;
    measurement.profile.add(0, seconds_of(0.5) * s, seconds_of(0.5) * (s + 1), joules(w / 2));
  }
  measurement.devices[0].measured = joules(1200 + 24000);
  const Scaled scaled = scaled_energy(measurement, first, WholeRun{hours(1000.0 / 3600), std::nullopt});
  CHECK(close_to(in_joules(scaled.energy.value), 1200 + 24000 + 270000));
  CHECK(close_to(in_hours(scaled.warm_up), 20.0 / 3600));
  // what the user says beats the rule: after 10 s, (10 x 60 + 80 x 300) / 90 s
  const Scaled stated = scaled_energy(measurement, first, WholeRun{hours(1000.0 / 3600), hours(10.0 / 3600)});
  CHECK(close_to(in_watts(stated.steady), 24600.0 / 90, 1e-9));
}

TEST_CASE("steps tell the time by that of a step: starting up makes none") {
  // 60 s at 100 W without a step, then 100 of 10 000 steps in 60 s at 300 W
  Measurement measurement = measured({{power_device("a"), watts(0)}});
  measurement.profile = PowerProfile(seconds_of(0), seconds_of(1), 1);
  for (int s = 0; s < 240; ++s) {
    measurement.profile.add(0, seconds_of(0.5) * s, seconds_of(0.5) * (s + 1), joules(s < 120 ? 50 : 150));
  }
  measurement.window = seconds_of(120);
  measurement.devices[0].covered = measurement.window;
  measurement.devices[0].measured = joules(60 * 100 + 60 * 300);
  std::vector<std::string> notes;
  const WholeRun whole = *whole_run(measurement, {Share{0.01, true}, {}, {}}, notes);
  // 120 s and 99 x 60 s; perhaps the steps took all of the 120 s: 99 x 60 s more
  CHECK(close_to(in_seconds(whole.total), 120 + 99 * 60));
  CHECK(close_to(in_seconds(whole.doubt), 99 * 60));
  const Scaled scaled = scaled_energy(measurement, first, whole);
  CHECK(close_to(in_joules(scaled.energy.value), 24000 + 99 * 60 * 300));
  CHECK(in_joules(scaled.energy.half_width) >= 99 * 60 * 300);
  const auto record = nlohmann::json::parse(record_text(measurement, "host", whole).value());
  CHECK(parse_amount(record["hours"].get<std::string>(), UnitKind::duration)->log_sd > 0);
  // a share of the time is one
  CHECK(close_to(in_seconds(whole_run(measurement, {Share{0.01, false}, {}, {}}, notes)->total), 12000));
  // as the user says, and as an even power says
  const WholeRun stated = *whole_run(measurement, {Share{0.01, true}, {}, hours(20.0 / 3600)}, notes);
  CHECK(close_to(in_seconds(stated.total), 120 + 99 * 100));
  CHECK(close_to(in_seconds(stated.doubt), 99 * 20));
  const Measurement even = measured({{power_device("a"), watts(360)}});
  CHECK(in_seconds(whole_run(even, {Share{0.01, true}, {}, {}}, notes)->doubt) == 0);
  CHECK(notes.empty());
  CHECK(whole_run(measurement, {{}, hours(1), hours(1)}, notes));
  CHECK(notes.size() == 1);
  // --covers refuses less than a ten-millionth of the run, too
  notes.clear();
  CHECK_FALSE(whole_run(measurement, {{}, duration(measurement.window) * 1.1e7, {}}, notes));
  CHECK_FALSE(whole_run(measurement, {{}, hours(1e308), {}}, notes));
  CHECK(notes.size() == 2);
  CHECK(whole_run(measurement, {{}, duration(measurement.window) * 0.9e7, {}}, notes));
}

TEST_CASE("the sampling error of the steady power is in the interval") {
  Measurement measurement = measured({{power_device("a"), watts(0)}});
  measurement.devices[0].device.accuracy.log_sd = 0;
  measurement.profile = PowerProfile(seconds_of(0), seconds_of(1), 1);
  // 8 cells in 2 batches of means 100 and 104 (steady_part_test): half-width 12.628 W over 92 s
  const double w[] = {99, 101, 99, 101, 103, 105, 103, 105};
  for (int s = 0; s < 16; ++s) {
    measurement.profile.add(0, seconds_of(0.5) * s, seconds_of(0.5) * (s + 1), joules(w[s / 2] / 2));
  }
  measurement.window = seconds_of(8);
  measurement.devices[0].measured = joules(816);
  measurement.devices[0].covered = seconds_of(8);
  const Scaled scaled = scaled_energy(measurement, first, WholeRun{hours(100.0 / 3600), hours(0)});
  CHECK(close_to(in_joules(scaled.energy.value), 816 + 102 * 92));
  CHECK(close_to(in_joules(scaled.energy.half_width), 12.628 * 92, 1e-9));
}

TEST_CASE("the record says what was read") {
  const auto gpu = std::pair(power_device("gpu0"), watts(300));
  const auto gpu1 = std::pair(power_device("gpu1"), watts(300));
  const auto cpu = std::pair(of_meter(power_device("package-0", Part::cpu), "rapl"), watts(100));
  const auto dram = std::pair(of_meter(power_device("dram-0", Part::memory), "rapl"), watts(20));
  const auto node = std::pair(of_meter(power_device("psu", Part::node), "hwmon"), watts(800));

  SECTION("GPUs alone") {
    const auto record = record_of(measured({gpu, gpu1}));
    CHECK(record.contains("measured_accelerator_energy_kwh"));
    CHECK_FALSE(record.contains("measured_it_energy_kwh"));
    CHECK_FALSE(record.contains("host_power_w"));
    CHECK(record["accelerator_count"] == 2);
    CHECK(close_to(record["hours"].get<double>(), 100.0 / 3600));
    CHECK(record["name"] == "host");
  }
  SECTION("GPUs, CPUs and memory") {
    const auto record = record_of(measured({gpu, cpu, dram}));
    // (300 + 100 + 20) W x 100 s = 42 kJ
    const Result<Amount> energy =
        parse_amount(record["measured_it_energy_kwh"].get<std::string>(), UnitKind::energy);
    REQUIRE(energy);
    CHECK(close_to(energy->value, 42000 / 3.6e6));
    CHECK(energy->log_sd > 0);
    CHECK_FALSE(record.contains("host_power_w"));
    CHECK(record["accelerator_count"] == 1);
  }
  SECTION("GPUs and CPUs without memory") {
    const auto record = record_of(measured({gpu, cpu}));
    CHECK(record.contains("measured_accelerator_energy_kwh"));
    const Result<Amount> power = parse_amount(record["host_power_w"].get<std::string>(), UnitKind::power);
    REQUIRE(power);
    CHECK(close_to(power->value, 100));
  }
  SECTION("CPUs and memory alone") {
    const auto record = record_of(measured({cpu, dram}));
    const Result<Amount> power = parse_amount(record["host_power_w"].get<std::string>(), UnitKind::power);
    REQUIRE(power);
    CHECK(close_to(power->value, 120));
    CHECK_FALSE(record.contains("accelerator_count"));
    CHECK_FALSE(record.contains("measured_it_energy_kwh"));
  }
  SECTION("a meter of the whole node holds its parts") {
    const auto record = record_of(measured({node, gpu, cpu, dram}));
    const Result<Amount> energy =
        parse_amount(record["measured_it_energy_kwh"].get<std::string>(), UnitKind::energy);
    REQUIRE(energy);
    CHECK(close_to(energy->value, 80000 / 3.6e6));
  }
  SECTION("a package that was not read takes the CPUs out, not down") {
    Measurement measurement = measured({gpu, cpu, dram, cpu});
    measurement.devices[3].measured = joules(0);
    measurement.devices[3].covered = nanoseconds{0};
    const auto record = record_of(measurement);
    CHECK(record.contains("measured_accelerator_energy_kwh"));
    CHECK_FALSE(record.contains("host_power_w"));
  }
  SECTION("a GPU that was not read is counted, and the energy is not the whole node's") {
    Measurement measurement = measured({gpu, gpu1, cpu, dram});
    measurement.devices[1].measured = joules(0);
    const auto record = record_of(measurement);
    CHECK(record["accelerator_count"] == 2);
    CHECK(record.contains("measured_accelerator_energy_kwh"));
    CHECK_FALSE(record.contains("measured_it_energy_kwh"));
  }
  SECTION("part of the memory is not the memory") {
    Measurement measurement = measured({gpu, cpu, dram, dram});
    measurement.devices[3].measured = joules(0);
    const auto record = record_of(measurement);
    CHECK(record.contains("measured_accelerator_energy_kwh"));
    CHECK(close_to(parse_amount(record["host_power_w"].get<std::string>(), UnitKind::power)->value, 100));
  }
  SECTION("nothing read gives no record") {
    Measurement nothing;
    CHECK_FALSE(record_text(nothing, "host", {}));
  }
  SECTION("a whole run has its own hours and no end") {
    Measurement measurement = measured({gpu});
    measurement.start = "2026-05-01T22:00:00Z";
    measurement.end = "2026-05-01T22:01:40Z";
    CHECK(record_of(measurement)["end"] == "2026-05-01T22:01:40Z");
    const auto record = record_of(measurement, WholeRun{hours(10), std::nullopt});
    CHECK(record["hours"] == 10);
    CHECK(record["start"] == "2026-05-01T22:00:00Z");
    CHECK_FALSE(record.contains("end"));
  }
  SECTION("unlike accelerators are counted, not named") {
    Measurement measurement = measured({gpu, gpu1});
    measurement.devices[0].device.name = "NVIDIA H100";
    CHECK_FALSE(record_of(measurement).contains("accelerator"));
    measurement.devices[1].device.name = "NVIDIA H100";
    CHECK(record_of(measurement)["accelerator"] == "NVIDIA H100");
  }
}
