// SPDX-License-Identifier: MIT
#include "measure/nvml_meter.hpp"

#include <dlfcn.h>

#include <cstring>

#include "fake_nvml.hpp"
#include "fakes.hpp"
#include "measure/nvml_library.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace footpound;
using namespace footpound::measure;

namespace {

FakeNvml& fake() {
  void* library = dlopen(fake_nvml_path().c_str(), RTLD_NOW | RTLD_LOCAL);
  REQUIRE(library != nullptr);
  void* address = dlsym(library, "fake_nvml_state");
  REQUIRE(address != nullptr);
  FakeNvmlState* state = nullptr;
  std::memcpy(&state, &address, sizeof address);
  return *state();
}

// `count` healthy GPUs of one kind.
FakeNvml& healthy(unsigned count) {
  FakeNvml& nvml = fake();
  const int running = nvml.running;
  nvml = FakeNvml{};
  nvml.running = running;
  nvml.count = count;
  for (unsigned i = 0; i < count; ++i) {
    FakeGpu& gpu = nvml.gpus[i];
    std::strcpy(gpu.name, "NVIDIA H100 80GB HBM3");
    std::snprintf(gpu.uuid, sizeof gpu.uuid, "GPU-%u04ac76c-d9cf", i);
    gpu.millijoules = 1000 * i;
    gpu.milliwatts = 300000;
  }
  return nvml;
}

Places places(const std::map<std::string, std::string>& environment = {}) {
  Places out;
  out.nvml_library = fake_nvml_path();
  out.environment = [environment](const std::string& name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  };
  return out;
}

std::vector<std::string> ids(const Opened& opened) {
  std::vector<std::string> out;
  for (const Device& device : opened.meter->devices()) out.push_back(device.id);
  return out;
}

std::string all_notes(const Opened& opened) {
  std::string out;
  for (const std::string& note : opened.notes) out += note + "\n";
  return out;
}

}  // namespace

TEST_CASE("boards with a counter are read by it, in millijoules") {
  FakeNvml& nvml = healthy(2);
  Result<Opened> opened = open_nvml(places(), {});
  REQUIRE(opened);
  CHECK(ids(*opened) == std::vector<std::string>{"gpu0", "gpu1"});
  CHECK(opened->meter->devices()[0].name == "NVIDIA H100 80GB HBM3");
  nvml.gpus[1].millijoules = 123456;
  const Result<Reading> reading = opened->meter->read(1);
  REQUIRE(reading);
  CHECK(std::get<Count>(*reading).ticks == 123456);
  CHECK(opened->meter->devices()[1].counter.range == 0);
}

TEST_CASE("an old board without a counter is read by its power") {
  healthy(1).gpus[0].energy_code = nvml::not_supported;
  Result<Opened> opened = open_nvml(places(), {});
  REQUIRE(opened);
  const Result<Reading> reading = opened->meter->read(0);
  REQUIRE(reading);
  CHECK(in_watts(std::get<Power>(*reading)) == 300);
  // the power of the last second is an older reading than the counter's
  CHECK(opened->meter->devices()[0].accuracy.settles == std::chrono::seconds(1));
}

TEST_CASE("a board that has neither is named, and known to be missing") {
  FakeNvml& nvml = healthy(2);
  nvml.gpus[0].energy_code = nvml::not_supported;
  nvml.gpus[0].power_code = nvml::not_supported;
  Result<Opened> opened = open_nvml(places(), {});
  REQUIRE(opened);
  CHECK(ids(*opened) == std::vector<std::string>{"gpu0", "gpu1"});
  CHECK(all_notes(*opened) == "gpu0 cannot be read: not supported (NVML 3)\n");
  CHECK_FALSE(opened->meter->read(0));
  CHECK(opened->meter->read(1));
  nvml.gpus[1].energy_code = nvml.gpus[1].power_code = nvml::not_supported;
  CHECK(open_nvml(places(), {}).error().what == "gpu1 cannot be read: not supported (NVML 3)");
}

TEST_CASE("a GPU that the driver lists but has lost from the start is known to be missing") {
  FakeNvml& nvml = healthy(2);
  nvml.gpus[1].handle_code = nvml::gpu_is_lost;
  const Result<Opened> opened = open_nvml(places(), {});
  REQUIRE(opened);
  CHECK(ids(*opened) == std::vector<std::string>{"gpu0", "gpu1"});
  CHECK(all_notes(*opened) == "gpu1 cannot be read: GPU is lost (NVML 15)\n");
  CHECK(message(opened->meter->read(1).error()) == "gpu1: GPU is lost (NVML 15)");
}

TEST_CASE("a GPU that cannot be read at the start is tried again") {
  FakeNvml& nvml = healthy(2);
  nvml.gpus[1].energy_code = nvml.gpus[1].power_code = 999;
  const Result<Opened> opened = open_nvml(places(), {});
  REQUIRE(opened);
  nvml.gpus[1].energy_code = 0;
  const Result<Reading> reading = opened->meter->read(1);
  REQUIRE(reading);
  CHECK(std::get<Count>(*reading).ticks == 1000);
}

TEST_CASE("a counter that starts again mid-run is a gap") {
  FakeNvml& nvml = healthy(1);
  nvml.gpus[0].millijoules = 5'000'000;
  Rig rig;
  rig.meters.push_back(std::move(open_nvml(places(), {})->meter));
  ScriptedWorld world;
  world.ends_at = seconds_of(10);
  SampleOptions options;
  options.interval = seconds_of(1);
  // 300 W; after 4 s the driver is loaded anew
  options.trace = [&](const Look& look) {
    nvml.gpus[0].millijoules = look.since_start == seconds_of(4) ? 0 : nvml.gpus[0].millijoules + 300'000;
  };
  const Measurement measurement = sample(rig, world, options).measurement;
  const DeviceEnergy& energy = measurement.devices.at(0);
  CHECK(close_to(in_joules(energy.measured), 2700));
  CHECK(energy.missing == seconds_of(1));
  CHECK(close_to(in_joules(energy.filled), 300));
}

TEST_CASE("a GPU that falls off the bus is a failed reading, not zero") {
  FakeNvml& nvml = healthy(1);
  Result<Opened> opened = open_nvml(places(), {});
  REQUIRE(opened);
  nvml.gpus[0].energy_code = nvml::gpu_is_lost;
  nvml.gpus[0].millijoules = 0;
  const Result<Reading> reading = opened->meter->read(0);
  REQUIRE_FALSE(reading);
  CHECK(message(reading.error()) == "gpu0: GPU is lost (NVML 15)");
}

TEST_CASE("why NVML is not available is told") {
  FakeNvml& nvml = healthy(1);
  nvml.init_code = nvml::driver_not_loaded;
  CHECK(open_nvml(places(), {}).error().what == "the NVIDIA driver is not loaded (NVML 9)");
  nvml.init_code = nvml::version_mismatch;
  CHECK(open_nvml(places(), {}).error().instead == "a restart of the machine helps");
  healthy(0);
  CHECK(open_nvml(places(), {}).error().what == "no NVIDIA GPU is there");
  Places nowhere = places();
  nowhere.nvml_library = "libno-such-library.so.1";
  const Result<Opened> missing = open_nvml(nowhere, {});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().instead == "it comes with the NVIDIA driver");
}

TEST_CASE("what is started is stopped") {
  FakeNvml& nvml = healthy(1);
  const int before = nvml.running;
  {
    const Result<Opened> opened = open_nvml(places(), {});
    CHECK(nvml.running == before + 1);
  }
  CHECK(nvml.running == before);
}

TEST_CASE("a board cut into slices is counted whole, said so") {
  FakeNvml& nvml = healthy(1);
  nvml.gpus[0].mig = 1;
  const Result<Opened> opened = open_nvml(places(), {});
  REQUIRE(opened);
  CHECK(all_notes(*opened).find("MIG") != std::string::npos);
}

TEST_CASE("a slice named in CUDA_VISIBLE_DEVICES stands for its whole board") {
  FakeNvml& nvml = healthy(2);
  std::strcpy(nvml.mig_uuid, "MIG-41b35a1e");
  const Result<Opened> opened = open_nvml(places({{"CUDA_VISIBLE_DEVICES", "MIG-41b35a1e"}}), {});
  REQUIRE(opened);
  CHECK(ids(*opened) == std::vector<std::string>{"gpu0"});
  const Result<Opened> unknown = open_nvml(places({{"CUDA_VISIBLE_DEVICES", "MIG-ffff"}}), {});
  REQUIRE(unknown);
  CHECK(ids(*unknown).size() == 2);
}

TEST_CASE("CUDA_VISIBLE_DEVICES chooses, --all-gpus overrules") {
  healthy(3);
  Places chosen = places({{"CUDA_VISIBLE_DEVICES", "2,0"}});
  const Result<Opened> some = open_nvml(chosen, {});
  REQUIRE(some);
  CHECK(ids(*some) == std::vector<std::string>{"gpu0", "gpu2"});
  CHECK(all_notes(*some).find("2 of 3 GPUs are counted") != std::string::npos);
  chosen.all_gpus = true;
  CHECK(ids(*open_nvml(chosen, {})).size() == 3);
  CHECK_FALSE(open_nvml(places({{"CUDA_VISIBLE_DEVICES", ""}}), {}));
}

TEST_CASE("escape codes in a device's name do not reach the terminal") {
  FakeNvml& nvml = healthy(1);
  std::strcpy(nvml.gpus[0].name, "GPU \x1b[31mred\x07");
  const Result<Opened> opened = open_nvml(places(), {});
  REQUIRE(opened);
  CHECK(opened->meter->devices()[0].name == "GPU \\x1b[31mred\\x07");
}

TEST_CASE("a power above what any board draws is a failed reading") {
  FakeNvml& nvml = healthy(1);
  nvml.gpus[0].energy_code = nvml::not_supported;
  Result<Opened> opened = open_nvml(places(), {});
  REQUIRE(opened);
  nvml.gpus[0].milliwatts = 4294967295;
  const Result<Reading> reading = opened->meter->read(0);
  REQUIRE_FALSE(reading);
  CHECK(message(reading.error()) == "gpu0: shows 4,294,967 W, which is more than it can draw");
}
