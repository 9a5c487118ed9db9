// SPDX-License-Identifier: MIT
// Random numbers that no input knows, drawn once a process: what is hashed with them cannot be made
// to share its hash. Nothing that is written depends on them.
#pragma once

#include <array>
#include <cstdint>

namespace footpound {

using HashSecret = std::array<std::uint64_t, 4>;
const HashSecret& hash_secret();

}  // namespace footpound
