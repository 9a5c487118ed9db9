// SPDX-License-Identifier: MIT
// Slurm's lists of node names: "n1", "gpu[011-014,020]", "rack[1-2]n[01-10],login".
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace footpound {

// Calls `visit` with each name of the list, leading zeros kept; stops when it returns false.
// nullptr when all is well, else what is wrong with the list. No more names than `most` are
// made: a range of a billion costs nothing.
const char* each_node(
    std::string_view list, std::size_t most, const std::function<bool(std::string_view)>& visit);

}  // namespace footpound
