// SPDX-License-Identifier: MIT
#pragma once

#include "measure/meter.hpp"

namespace footpound::measure {

// Row of meters(): NVIDIA GPUs, by their counter of total energy (Volta and newer), else by power.
Result<Opened> open_nvml(const Places& places, std::span<const Part> taken);

}  // namespace footpound::measure
