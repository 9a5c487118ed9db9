// SPDX-License-Identifier: MIT
// Several processes of one job on one node must not count the node several times.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace footpound::measure {

struct LocalRank {
  unsigned rank = 0;
  std::string variable;  // where it comes from
};

// The number of this process among those of its job on this node; nullopt where nobody set it.
std::optional<LocalRank> local_rank(
    const std::function<std::optional<std::string>(const std::string&)>& environment);

}  // namespace footpound::measure
