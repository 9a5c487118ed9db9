// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace footpound {

// What the IT energy covers.
enum class Boundary : unsigned char {
  accelerators,  // the boards alone
  it,            // boards and hosts
};
std::string_view name(Boundary boundary);

}  // namespace footpound
