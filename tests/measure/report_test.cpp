// SPDX-License-Identifier: MIT
#include "measure/report.hpp"

#include "fakes.hpp"
#include "support/catch.hpp"

using namespace footpound;
using namespace footpound::measure;

namespace {

Measurement one_gpu() {
  Measurement out;
  out.window = seconds_of(100);
  DeviceEnergy device;
  device.device = power_device("gpu0");
  device.device.name = "NVIDIA H100";
  device.covered = out.window;
  device.measured = joules(36000);
  device.readings = 1001;
  out.devices.push_back(device);
  out.profile = PowerProfile(seconds_of(0), seconds_of(1), 1);
  return out;
}

bool says(const std::string& text, const std::string& part) {
  INFO(text);
  CHECK(text.find(part) != std::string::npos);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the report names energy, interval, meter, source and what is not in it") {
  const std::string text = report_text(one_gpu(), {});
  // 36 kJ = 0.01 kWh, divided and multiplied by exp(0.0822), as `estimate` takes it
  says(text, "footpound: 0.01 kWh (90 % interval 0.00921 to 0.01086) measured in 1 min 40 s\n");
  says(text, "1 x NVIDIA H100: 0.01 kWh, 360 W on average (meter test: 5 % off, test)");
  says(text, "fans and power supplies are not in it");
}

TEST_CASE("the report says that nothing was measured, why, and how the command ended") {
  Measurement nothing;
  nothing.window = seconds_of(2);
  const MeterStatus meters[] = {
      {"rapl", "", false, "/sys/x: Permission denied; run as root"}, {"nvml", "", true, "gpu0"}};
  const std::string text = report_text(nothing, {{}, meters, "exited with status 3"});
  CHECK(text ==
        "footpound: nothing was measured in 2 s\n"
        "  no rapl       /sys/x: Permission denied; run as root\n"
        "  command       exited with status 3\n");
}

TEST_CASE("the report shows the gap and what was filled in") {
  Measurement measurement = one_gpu();
  measurement.devices[0].missing = seconds_of(20);
  measurement.devices[0].filled = joules(7200);
  measurement.devices[0].last_failure = "gpu0: GPU is lost (NVML 15)";
  const std::string text = report_text(measurement, {});
  says(text, "gpu0 was not readable for 20 s: 0.002 kWh filled in");
  says(text, "GPU is lost");
}

TEST_CASE("one package that cannot be read: what was read is shown, and why there is no record") {
  Measurement measurement = one_gpu();
  measurement.devices[0].device = power_device("package-0", Part::cpu);
  measurement.devices.push_back(measurement.devices[0]);
  measurement.devices[1] = DeviceEnergy{};
  measurement.devices[1].device = power_device("package-1", Part::cpu);
  measurement.devices[1].last_failure = "package-1: Permission denied";
  const std::string text = report_text(measurement, {});
  says(text, "footpound: nothing was measured in full in 1 min 40 s\n");
  says(text, "CPUs          1 x package-0: 0.01 kWh, 360 W on average");
  says(text, "package-1 has no energy: package-1: Permission denied\n");
  says(text, "left out      CPUs: not all of them could be read\n");
}

TEST_CASE("the report of a scaled run shows the share that was measured") {
  const std::string text = report_text(one_gpu(), {WholeRun{hours(10000.0 / 3600), std::nullopt}, {}, {}});
  says(text, "1 % of it was measured; the rest is given 360 W");
  says(text, "too few samples");
}

TEST_CASE("lengths of time for people") {
  CHECK(time_text(hours(12.3 / 3600)) == "12.3 s");
  CHECK(time_text(hours(125.0 / 3600)) == "2 min 5 s");
  CHECK(time_text(hours(79.2)) == "79 h 12 min");
  CHECK(time_text(hours(1e300)).find(" h") != std::string::npos);
}
