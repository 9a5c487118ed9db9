// SPDX-License-Identifier: MIT
#include "measure/nvml_library.hpp"

#include <dlfcn.h>

#include <cstring>

namespace footpound::measure {

std::string nvml::error_text(int code) {
  const auto words = [&]() -> const char* {
    switch (code) {
      case not_supported: return "not supported";
      case no_permission: return "no permission";
      case driver_not_loaded: return "the NVIDIA driver is not loaded";
      case gpu_is_lost: return "GPU is lost";
      case version_mismatch: return "driver and library have different versions";
      default: return "error";
    }
  };
  return std::string(words()) + " (NVML " + std::to_string(code) + ")";
}

namespace {

// POSIX lets an object pointer from dlsym be read as a pointer to function.
template <class Function>
bool find(void* library, const char* symbol, Function& function) {
  void* address = dlsym(library, symbol);
  static_assert(sizeof address == sizeof function);
  std::memcpy(&function, &address, sizeof address);
  return address != nullptr;
}

}  // namespace

Result<std::unique_ptr<NvmlLibrary>> NvmlLibrary::open(const std::string& path) {
  // never closed: the library keeps threads and handlers of its own
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* why = dlerror();  // NOLINT(concurrency-mt-unsafe)
    return Error{ErrorKind::missing, {}, printable(why == nullptr ? path + ": cannot be loaded" : why),
        "it comes with the NVIDIA driver"};
  }
  std::unique_ptr<NvmlLibrary> nvml(new NvmlLibrary());
  int (*init)() = nullptr;
  const bool complete = find(library, "nvmlInit_v2", init) &&
                        find(library, "nvmlShutdown", nvml->shutdown_) &&
                        find(library, "nvmlDeviceGetCount_v2", nvml->device_count) &&
                        find(library, "nvmlDeviceGetHandleByIndex_v2", nvml->device_by_index) &&
                        find(library, "nvmlDeviceGetName", nvml->device_name) &&
                        find(library, "nvmlDeviceGetUUID", nvml->device_uuid) &&
                        find(library, "nvmlDeviceGetPowerUsage", nvml->power_milliwatts);
  if (!complete) {
    nvml->shutdown_ = nullptr;
    return Error{ErrorKind::missing, printable(path), "lacks functions of NVML", "is it NVIDIA's library?"};
  }
  find(library, "nvmlDeviceGetTotalEnergyConsumption", nvml->energy_millijoules);
  find(library, "nvmlDeviceGetMigMode", nvml->mig_mode);
  find(library, "nvmlDeviceGetHandleByUUID", nvml->device_by_uuid);
  find(library, "nvmlDeviceGetDeviceHandleFromMigDeviceHandle", nvml->device_of_mig);
  if (const int code = init(); code != nvml::success) {
    nvml->shutdown_ = nullptr;
    const std::string instead = code == nvml::version_mismatch ? "a restart of the machine helps" : "";
    return Error{ErrorKind::missing, printable(path), nvml::error_text(code), instead};
  }
  return nvml;
}

NvmlLibrary::~NvmlLibrary() {
  if (shutdown_ != nullptr) shutdown_();
}

}  // namespace footpound::measure
