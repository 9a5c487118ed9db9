// SPDX-License-Identifier: MIT
// Which of the node's GPUs the measured command may use, by the variables CUDA obeys.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace footpound::measure {

// One entry of CUDA_VISIBLE_DEVICES.
struct VisibleGpu {
  std::optional<unsigned> index;
  std::string uuid;  // "GPU-604ac76c..." or its beginning
  std::string mig;   // "MIG-...": a slice
};

// "0,2", "GPU-604ac,GPU-8f", "MIG-..." as CUDA reads it: the first invalid entry ends the list.
std::vector<VisibleGpu> parse_visible_gpus(std::string_view text);

struct KnownGpu {
  std::string uuid;
  std::string name;
};

struct Choice {
  std::vector<std::size_t> chosen;  // indices into the known GPUs, each once
  std::vector<std::string> notes;
};

// `visible`: CUDA_VISIBLE_DEVICES, nullopt: not set. `order`: CUDA_DEVICE_ORDER. `parents`: for
// each MIG entry, in their order, the index of its GPU where that is known.
// The drivers' order is that of the PCI bus; CUDA's differs on nodes with unlike GPUs. Where an
// index cannot be matched, all are counted and a note says so.
Choice choose_gpus(const std::vector<KnownGpu>& known, const std::vector<VisibleGpu>& visible,
    const std::optional<std::string>& order, const std::vector<std::optional<std::size_t>>& parents);

}  // namespace footpound::measure
