// SPDX-License-Identifier: MIT
#include "support/paths.hpp"

namespace footpound {

std::string program_path() { return FOOTPOUND_BINARY; }
std::string root_path(const std::string& below) { return FOOTPOUND_ROOT + below; }
std::string fake_nvml_path() { return FAKE_NVML; }

}  // namespace footpound
