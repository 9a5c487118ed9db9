// SPDX-License-Identifier: MIT
#include "measure/sampler.hpp"

#include "fakes.hpp"
#include "measure/trace.hpp"
#include "support/catch.hpp"

using namespace footpound;
using namespace footpound::measure;

namespace {

// 300 W, as a counter in millijoules
Result<Reading> steady(double at) {
  return Reading(Count{static_cast<std::uint64_t>(std::llround(at * 300000))});
}

struct Scene {
  ScriptedWorld world;
  Rig rig;
  SampleOptions options;

  ScriptedMeter& meter() {
    rig.meters.push_back(std::make_unique<ScriptedMeter>(world));
    return static_cast<ScriptedMeter&>(*rig.meters.back());
  }
  Sampled run(const std::function<bool()>& begin = {}) { return sample(rig, world, options, begin); }
};

}  // namespace

TEST_CASE("energy is read before the command starts and after it ends") {
  Scene scene;
  scene.world.time = seconds_of(1000);
  scene.world.ends_at = seconds_of(1002.25);
  scene.meter().add(counting_device("gpu0"), steady);
  bool started = false;
  const Sampled sampled = scene.run([&] {
    started = true;
    return true;
  });
  CHECK(started);
  CHECK(sampled.ended == Wake::child_ended);
  CHECK(sampled.looks == 22);
  const DeviceEnergy& energy = sampled.measurement.devices.at(0);
  // 300 W x 2.25 s
  CHECK(close_to(in_joules(energy.measured), 675, 1e-9));
  CHECK(sampled.measurement.window == seconds_of(2.25));
  CHECK(energy.readings == 24);
  CHECK(energy.largest_gap == seconds_of(0.1));
}

TEST_CASE("a command that ends before the first sample still has its energy") {
  Scene scene;
  scene.world.ends_at = seconds_of(0.03);
  scene.meter().add(counting_device("gpu0"), steady);
  const Sampled sampled = scene.run();
  CHECK(sampled.looks == 0);
  CHECK(close_to(in_joules(sampled.measurement.devices[0].measured), 9));
}

TEST_CASE("a counter that did not move yet is unknown, not zero") {
  Scene scene;
  scene.world.ends_at = seconds_of(0.03);
  scene.meter().add(counting_device("gpu0"), [](double) { return Result<Reading>(Reading(Count{77})); });
  CHECK_FALSE(scene.run().measurement.devices[0].known());
}

TEST_CASE("a command that does not start is not measured") {
  Scene scene;
  scene.meter().add(counting_device("gpu0"), steady);
  const Sampled sampled = scene.run([] { return false; });
  CHECK(sampled.ended == Wake::child_ended);
  CHECK_FALSE(sampled.measurement.devices[0].known());
}

TEST_CASE("flag --for ends by itself, at its time") {
  Scene scene;
  scene.options.length = seconds_of(1.05);
  scene.meter().add(counting_device("gpu0"), steady);
  const Sampled sampled = scene.run();
  CHECK(sampled.ended == Wake::tick);
  CHECK(sampled.measurement.window == seconds_of(1.05));
  CHECK(close_to(in_joules(sampled.measurement.devices[0].measured), 315));
}

TEST_CASE("the user's interrupt ends it, with what was measured so far") {
  Scene scene;
  scene.options.length = seconds_of(100);
  scene.world.ends_at = seconds_of(5);
  scene.world.ends_by = Wake::stopped;
  scene.meter().add(counting_device("gpu0"), steady);
  const Sampled sampled = scene.run();
  CHECK(sampled.ended == Wake::stopped);
  CHECK(close_to(in_joules(sampled.measurement.devices[0].measured), 1500));
}

TEST_CASE("without any meter the time still passes and nothing is measured") {
  Scene scene;
  scene.world.ends_at = seconds_of(2);
  const Sampled sampled = scene.run();
  CHECK(sampled.measurement.devices.empty());
  CHECK(sampled.measurement.window == seconds_of(2));
}

TEST_CASE("a meter that fails in between leaves a gap that is told apart and widens the interval") {
  const auto failing = [](double at) {
    return at > 2 && at < 4 ? Result<Reading>(no_reading()) : Result<Reading>(Reading(watts(300)));
  };
  Scene scene;
  scene.options.interval = seconds_of(0.5);
  scene.world.ends_at = seconds_of(10);
  scene.meter().add(power_device("gpu0"), failing);
  const Sampled sampled = scene.run();
  const DeviceEnergy& energy = sampled.measurement.devices[0];
  // 2 s and 6 s are covered; from 2 s to 4 s it is guessed
  CHECK(close_to(in_joules(energy.measured), 2400));
  CHECK(close_to(in_joules(energy.filled), 600));
  CHECK(energy.failures == 3);
  const std::size_t devices[] = {0};
  const UncertainEnergy total = energy_of(sampled.measurement, devices);
  CHECK(close_to(in_joules(total.value), 3000));
  CHECK(in_joules(total.half_width) > 600);
}

TEST_CASE("ticks that were slept through are not made up for") {
  Scene scene;
  scene.world.stalls[seconds_of(1)] = seconds_of(2);
  scene.world.ends_at = seconds_of(5);
  scene.meter().add(counting_device("gpu0"), steady);
  const Sampled sampled = scene.run();
  const DeviceEnergy& energy = sampled.measurement.devices[0];
  // 49 ticks less the 20 slept through
  CHECK(sampled.looks == 29);
  CHECK(close_to(in_joules(energy.measured), 1500));
  CHECK(energy.largest_gap == seconds_of(2.1));
}

TEST_CASE("the window's times are calendar times in UTC") {
  Scene scene;
  // 2026-05-01T22:00:00Z
  scene.world.wall_start = std::chrono::seconds(1777672800);
  scene.world.ends_at = seconds_of(1.5);
  scene.meter().add(counting_device("gpu0"), steady);
  const Sampled sampled = scene.run();
  CHECK(sampled.measurement.start == "2026-05-01T22:00:00Z");
  CHECK(sampled.measurement.end == "2026-05-01T22:00:01Z");
}

TEST_CASE("the trace has a line for each look") {
  Scene scene;
  std::string trace;
  scene.options.trace = [&](const Look& look) { trace += trace_line(look); };
  scene.options.interval = seconds_of(1);
  scene.world.ends_at = seconds_of(1.5);
  ScriptedMeter& meter = scene.meter();
  meter.add(counting_device("gpu0"), steady);
  meter.add(power_device("gpu\"1"), [](double at) {
    return at > 0.5 ? Result<Reading>(no_reading()) : Result<Reading>(Reading(watts(62.5)));
  });
  scene.run();
  CHECK(trace ==
        "{\"t_s\":0,\"device\":\"gpu0\",\"energy_j\":0}\n"
        "{\"t_s\":0,\"device\":\"gpu\\\"1\",\"power_w\":62.5}\n"
        "{\"t_s\":1,\"device\":\"gpu0\",\"energy_j\":300}\n"
        "{\"t_s\":1,\"device\":\"gpu\\\"1\",\"error\":\"GPU is lost (NVML 15)\"}\n"
        "{\"t_s\":1.5,\"device\":\"gpu0\",\"energy_j\":450}\n"
        "{\"t_s\":1.5,\"device\":\"gpu\\\"1\",\"error\":\"GPU is lost (NVML 15)\"}\n");
}
