// SPDX-License-Identifier: MIT
// What one of a record's own fields says, however its file writes it.
#pragma once

#include <string>
#include <string_view>

#include "record/own_field.hpp"

namespace footpound {

// Without quotes and escapes; null is "". Points into `raw`, or into `scratch` where they had to be undone.
std::string_view field_meaning(Encoding encoding, std::string_view raw, std::string& scratch);

}  // namespace footpound
