// SPDX-License-Identifier: MIT
// A library with the names of NVIDIA's and the answers of the test.
#include "fake_nvml.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {
FakeNvml state;
constexpr int ok = 0;
constexpr int not_found = 6;
FakeGpu* gpu(void* handle) { return static_cast<FakeGpu*>(handle); }
int copy(const char* text, char* out, unsigned length) {
  std::strncpy(out, text, length);
  return ok;
}
int mig_slice;

// For a test from outside: FAKE_NVML_GPUS=2 puts in so many that draw 300 W each.
void put_in_from_environment() {
  const char* count = std::getenv("FAKE_NVML_GPUS");
  if (count == nullptr) return;
  state.count = static_cast<unsigned>(std::atoi(count)) % 8;
  for (unsigned i = 0; i < state.count; ++i) {
    std::strcpy(state.gpus[i].name, "NVIDIA H100 80GB HBM3");
    std::snprintf(state.gpus[i].uuid, sizeof state.gpus[i].uuid, "GPU-%u04ac76c", i);
    state.gpus[i].running_watts = 300;
  }
}

// watts x milliseconds = millijoules
unsigned long long drawn(unsigned watts) {
  using namespace std::chrono;
  return watts * static_cast<unsigned long long>(
                     duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count());
}
}  // namespace

extern "C" {
FakeNvml* fake_nvml_state() { return &state; }

int nvmlInit_v2() {
  put_in_from_environment();
  if (state.init_code == ok) ++state.running;
  return state.init_code;
}
int nvmlShutdown() {
  --state.running;
  return ok;
}
int nvmlDeviceGetCount_v2(unsigned* count) {
  *count = state.count;
  return ok;
}
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void** handle) {
  *handle = &state.gpus[index];
  return state.gpus[index].handle_code;
}
int nvmlDeviceGetName(void* handle, char* name, unsigned length) {
  return copy(gpu(handle)->name, name, length);
}
int nvmlDeviceGetUUID(void* handle, char* uuid, unsigned length) {
  return copy(gpu(handle)->uuid, uuid, length);
}
int nvmlDeviceGetPowerUsage(void* handle, unsigned* milliwatts) {
  *milliwatts = gpu(handle)->milliwatts;
  return gpu(handle)->power_code;
}
int nvmlDeviceGetTotalEnergyConsumption(void* handle, unsigned long long* millijoules) {
  *millijoules = gpu(handle)->millijoules + drawn(gpu(handle)->running_watts);
  return gpu(handle)->energy_code;
}
int nvmlDeviceGetMigMode(void* handle, unsigned* current, unsigned* pending) {
  *current = gpu(handle)->mig;
  *pending = gpu(handle)->mig;
  return ok;
}
int nvmlDeviceGetHandleByUUID(const char* uuid, void** handle) {
  *handle = &mig_slice;
  return std::strcmp(uuid, state.mig_uuid) == 0 ? ok : not_found;
}
int nvmlDeviceGetDeviceHandleFromMigDeviceHandle(void* slice, void** handle) {
  *handle = &state.gpus[0];
  return slice == &mig_slice ? ok : not_found;
}
}
