// SPDX-License-Identifier: MIT
#include "measure/nvml_meter.hpp"

#include <array>
#include <utility>

#include "measure/accuracies.hpp"
#include "measure/nvml_library.hpp"
#include "measure/visible_gpus.hpp"

namespace footpound::measure {

namespace {

constexpr unsigned mig_enabled = 1;
constexpr std::size_t text_length = 96;  // NVML_DEVICE_NAME_V2_BUFFER_SIZE, the longer of the two

struct Gpu {
  nvml::Device handle = nullptr;
  int code = nvml::success;  // why there is no handle
  unsigned index = 0;
  std::string uuid;
  std::string name;
};

struct Source {
  nvml::Device handle = nullptr;
  bool counts = true;
  int code = nvml::success;  // why it cannot be read from the start; with a handle it is tried again
};

class NvmlMeter : public Meter {
 public:
  NvmlMeter(std::unique_ptr<NvmlLibrary> nvml, std::vector<Device> devices, std::vector<Source> sources)
      : nvml_(std::move(nvml)), devices_(std::move(devices)), sources_(std::move(sources)) {}

  std::span<const Device> devices() const override { return devices_; }

  Result<Reading> read(std::size_t device) override {
    const Source& from = sources_[device];
    if (from.handle == nullptr) return failed(device, from.code);
    if (from.counts) {
      unsigned long long millijoules = 0;
      const int code = nvml_->energy_millijoules(from.handle, &millijoules);
      if (code == nvml::success) return Reading(Count{millijoules});
      return failed(device, code);
    }
    unsigned milliwatts = 0;
    const int code = nvml_->power_milliwatts(from.handle, &milliwatts);
    if (code == nvml::success) return plausible(devices_[device], watts(milliwatts / 1e3));
    return failed(device, code);
  }

 private:
  Error failed(std::size_t device, int code) const {
    return Error{ErrorKind::missing, devices_[device].id, nvml::error_text(code), {}};
  }

  std::unique_ptr<NvmlLibrary> nvml_;
  std::vector<Device> devices_;
  std::vector<Source> sources_;
};

std::string text_of(int (*get)(nvml::Device, char*, unsigned), nvml::Device device) {
  std::array<char, text_length> buffer{};
  if (get(device, buffer.data(), text_length) != nvml::success) return {};
  buffer.back() = '\0';
  return printable(buffer.data());
}

std::vector<Gpu> all_gpus(const NvmlLibrary& nvml) {
  unsigned count = 0;
  nvml.device_count(&count);
  std::vector<Gpu> out;
  for (unsigned i = 0; i < count; ++i) {
    Gpu gpu;
    gpu.index = i;
    gpu.code = nvml.device_by_index(i, &gpu.handle);
    if (gpu.code == nvml::success) {
      gpu.uuid = text_of(nvml.device_uuid, gpu.handle);
      gpu.name = text_of(nvml.device_name, gpu.handle);
    } else {
      gpu.handle = nullptr;
    }
    out.push_back(std::move(gpu));
  }
  return out;
}

std::optional<std::size_t> parent_of(
    const NvmlLibrary& nvml, const std::vector<KnownGpu>& known, const std::string& mig) {
  nvml::Device slice = nullptr;
  nvml::Device whole = nullptr;
  if (nvml.device_by_uuid == nullptr || nvml.device_of_mig == nullptr) return std::nullopt;
  if (nvml.device_by_uuid(mig.c_str(), &slice) != nvml::success) return std::nullopt;
  if (nvml.device_of_mig(slice, &whole) != nvml::success) return std::nullopt;
  const std::string uuid = text_of(nvml.device_uuid, whole);
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (known[i].uuid == uuid) return i;
  }
  return std::nullopt;
}

std::vector<Gpu> visible_gpus(
    const NvmlLibrary& nvml, const Places& places, std::vector<Gpu> gpus, std::vector<std::string>& notes) {
  if (places.all_gpus || !places.environment || gpus.empty()) return gpus;
  const std::optional<std::string> variable = places.environment("CUDA_VISIBLE_DEVICES");
  if (!variable) return gpus;
  std::vector<KnownGpu> known;
  known.reserve(gpus.size());
  for (const Gpu& gpu : gpus) known.push_back(KnownGpu{gpu.uuid, gpu.name});
  const std::vector<VisibleGpu> visible = parse_visible_gpus(*variable);
  std::vector<std::optional<std::size_t>> parents;
  for (const VisibleGpu& entry : visible) {
    if (!entry.mig.empty()) parents.push_back(parent_of(nvml, known, entry.mig));
  }
  const Choice choice = choose_gpus(known, visible, places.environment("CUDA_DEVICE_ORDER"), parents);
  notes.insert(notes.end(), choice.notes.begin(), choice.notes.end());
  std::vector<Gpu> out;
  for (const std::size_t i : choice.chosen) out.push_back(gpus[i]);
  if (out.size() < gpus.size()) {
    notes.push_back(std::to_string(out.size()) + " of " + std::to_string(gpus.size()) +
                    " GPUs are counted, those in CUDA_VISIBLE_DEVICES; --all-gpus counts the others too");
  }
  return out;
}

// The counter where the board has one, else its power; where neither can be read now, why.
Source source_of(const NvmlLibrary& nvml, const Gpu& gpu) {
  if (gpu.handle == nullptr) return Source{nullptr, true, gpu.code};
  unsigned long long millijoules = 0;
  unsigned milliwatts = 0;
  int of_counter = nvml::not_supported;
  if (nvml.energy_millijoules != nullptr) of_counter = nvml.energy_millijoules(gpu.handle, &millijoules);
  if (of_counter == nvml::success) return Source{gpu.handle, true, nvml::success};
  const int of_power = nvml.power_milliwatts(gpu.handle, &milliwatts);
  return Source{gpu.handle, of_power != nvml::success && of_counter != nvml::not_supported, of_power};
}

}  // namespace

Result<Opened> open_nvml(const Places& places, std::span<const Part>) {
  Result<std::unique_ptr<NvmlLibrary>> library = NvmlLibrary::open(places.nvml_library);
  if (!library) return library.error();
  const NvmlLibrary& nvml = **library;
  Opened out;
  const std::vector<Gpu> gpus = visible_gpus(nvml, places, all_gpus(nvml), out.notes);
  std::vector<Device> devices;
  std::vector<Source> sources;
  bool any = false;
  for (const Gpu& gpu : gpus) {
    const std::string id = "gpu" + std::to_string(gpu.index);
    const Source source = source_of(nvml, gpu);
    const bool readable = source.code == nvml::success;
    any = any || readable;
    // one that cannot be read stays in: it draws power, and the accelerators are known in part only
    if (!readable) out.notes.push_back(id + " cannot be read: " + nvml::error_text(source.code));
    unsigned current = 0;
    unsigned pending = 0;
    if (gpu.handle != nullptr && nvml.mig_mode != nullptr &&
        nvml.mig_mode(gpu.handle, &current, &pending) == nvml::success && current == mig_enabled) {
      out.notes.push_back(id + " is cut into slices (MIG): its energy is that of the whole GPU, all slices");
    }
    Device device{id, gpu.name, Part::accelerator, "nvml", source.counts ? nvidia_counter : nvidia_power,
        CounterRule{joules(1e-3), 0, ceiling(Part::accelerator)}};
    devices.push_back(std::move(device));
    sources.push_back(source);
  }
  if (!any) {
    return Error{ErrorKind::missing, {}, out.notes.empty() ? "no NVIDIA GPU is there" : out.notes.back(), {}};
  }
  out.meter = std::make_unique<NvmlMeter>(std::move(*library), std::move(devices), std::move(sources));
  return out;
}

}  // namespace footpound::measure
