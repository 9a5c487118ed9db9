// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace footpound {

inline constexpr std::string_view tool_version = FOOTPOUND_VERSION;

}  // namespace footpound
