// SPDX-License-Identifier: MIT
// The few functions of NVIDIA's management library that we use, found at run time: one binary
// with and without a GPU. Signatures as NVIDIA's "NVML API Reference Guide" describes them.
#pragma once

#include <memory>
#include <string>

#include "footpound/base/result.hpp"

namespace footpound::measure {

namespace nvml {

using Device = struct Opaque*;

// nvmlReturn_t
inline constexpr int success = 0;
inline constexpr int not_supported = 3;
inline constexpr int no_permission = 4;
inline constexpr int driver_not_loaded = 9;
inline constexpr int gpu_is_lost = 15;
inline constexpr int version_mismatch = 18;

// "GPU is lost (15)"
std::string error_text(int code);

}  // namespace nvml

class NvmlLibrary {
 public:
  // Loads and starts it; the error says what is missing.
  static Result<std::unique_ptr<NvmlLibrary>> open(const std::string& path);
  ~NvmlLibrary();
  NvmlLibrary(const NvmlLibrary&) = delete;
  NvmlLibrary& operator=(const NvmlLibrary&) = delete;

  int (*device_count)(unsigned*) = nullptr;
  int (*device_by_index)(unsigned, nvml::Device*) = nullptr;
  int (*device_name)(nvml::Device, char*, unsigned) = nullptr;
  int (*device_uuid)(nvml::Device, char*, unsigned) = nullptr;
  int (*power_milliwatts)(nvml::Device, unsigned*) = nullptr;
  // null where the library is too old for it
  int (*energy_millijoules)(nvml::Device, unsigned long long*) = nullptr;
  int (*mig_mode)(nvml::Device, unsigned* current, unsigned* pending) = nullptr;
  int (*device_by_uuid)(const char*, nvml::Device*) = nullptr;
  int (*device_of_mig)(nvml::Device, nvml::Device*) = nullptr;

 private:
  NvmlLibrary() = default;
  int (*shutdown_)() = nullptr;
};

}  // namespace footpound::measure
