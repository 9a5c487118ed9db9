// SPDX-License-Identifier: MIT
// On a real NVIDIA device: under 30 s of load, the difference of its energy counter and the
// integral of its polled power agree within 5 %. Exit status 77 where there is none: skipped.
#include <dlfcn.h>

#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <thread>
#include <vector>

#include "measure/child.hpp"
#include "measure/energy_account.hpp"
#include "measure/nvml_library.hpp"

using namespace footpound;
using namespace footpound::measure;

namespace {

constexpr int skipped = 77;
constexpr nanoseconds load_time = std::chrono::seconds(30);
constexpr nanoseconds interval = std::chrono::milliseconds(100);

// The driver's own interface, found at run time: enough of it to keep the memory busy.
class Load {
 public:
  bool start() {
    void* cuda = dlopen("libcuda.so.1", RTLD_NOW);
    if (cuda == nullptr) return false;
    int (*init)(unsigned) = nullptr;
    int (*device_get)(int*, int) = nullptr;
    int (*retain)(void**, int) = nullptr;
    int (*allocate)(unsigned long long*, std::size_t) = nullptr;
    find(cuda, "cuInit", init);
    find(cuda, "cuDeviceGet", device_get);
    find(cuda, "cuDevicePrimaryCtxRetain", retain);
    find(cuda, "cuCtxSetCurrent", set_current_);
    find(cuda, "cuMemAlloc_v2", allocate);
    find(cuda, "cuMemcpyDtoD_v2", copy_);
    find(cuda, "cuCtxSynchronize", synchronize_);
    int device = 0;
    if (init == nullptr || copy_ == nullptr || init(0) != 0 || device_get(&device, 0) != 0) return false;
    if (retain(&context_, device) != 0 || set_current_(context_) != 0) return false;
    if (allocate(&from_, size) != 0 || allocate(&to_, size) != 0) return false;
    thread_ = std::thread([this] { run(); });
    return true;
  }
  ~Load() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }

 private:
  template <class Function>
  static void find(void* library, const char* symbol, Function& function) {
    void* address = dlsym(library, symbol);
    std::memcpy(&function, &address, sizeof address);
  }
  void run() {
    set_current_(context_);
    while (!stop_) {
      for (int i = 0; i < 50; ++i) copy_(to_, from_, size);
      synchronize_();
    }
  }

  static constexpr std::size_t size = std::size_t{256} << 20;
  int (*set_current_)(void*) = nullptr;
  int (*copy_)(unsigned long long, unsigned long long, std::size_t) = nullptr;
  int (*synchronize_)() = nullptr;
  void* context_ = nullptr;
  unsigned long long from_ = 0;
  unsigned long long to_ = 0;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace

int main() {
  const Result<std::unique_ptr<NvmlLibrary>> library = NvmlLibrary::open("libnvidia-ml.so.1");
  if (!library) {
    std::printf("skipped: no NVIDIA device: %s\n", message(library.error()).c_str());
    return skipped;
  }
  const NvmlLibrary& nvml = **library;
  nvml::Device gpu = nullptr;
  unsigned long long counter = 0;
  if (nvml.device_by_index(0, &gpu) != nvml::success || nvml.energy_millijoules == nullptr ||
      nvml.energy_millijoules(gpu, &counter) != nvml::success) {
    std::printf("skipped: GPU 0 has no counter of its energy\n");
    return skipped;
  }
  Load load;
  std::printf(
      "load: %s\n", load.start() ? "copying in GPU memory" : "none (no CUDA driver); idle power is compared");
  ProcessWorld world;
  // the power is that of the last second: let it settle first
  static_cast<void>(world.wait_until(world.now() + std::chrono::seconds(3)));

  const Moment start = world.now();
  Device device{"gpu0", "", Part::accelerator, "nvml", {}, CounterRule{joules(1e-3), 0, watts(5000)}};
  EnergyAccount counted(device, 5 * interval);
  EnergyAccount polled(device, 5 * interval);
  while (world.now() - start < load_time) {
    unsigned milliwatts = 0;
    if (nvml.energy_millijoules(gpu, &counter) == nvml::success)
      counted.add(world.now(), Reading(Count{counter}));
    if (nvml.power_milliwatts(gpu, &milliwatts) == nvml::success)
      polled.add(world.now(), Reading(watts(milliwatts / 1e3)));
    static_cast<void>(world.wait_until(world.now() + interval));
  }
  const DeviceEnergy by_counter = counted.finish();
  const DeviceEnergy by_power = polled.finish();
  const double ratio = in_joules(by_power.measured) / in_joules(by_counter.measured);
  std::printf("counter %.1f J, polled power %.1f J, ratio %.4f, mean %.1f W\n",
      in_joules(by_counter.measured), in_joules(by_power.measured), ratio,
      in_watts(by_counter.measured / duration(by_counter.covered)));
  return std::abs(ratio - 1) < 0.05 ? 0 : 1;
}
