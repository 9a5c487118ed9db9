// SPDX-License-Identifier: MIT
#include "measure/local_rank.hpp"

#include <map>

#include "support/catch.hpp"

using namespace footpound::measure;

namespace {

std::optional<LocalRank> rank_in(const std::map<std::string, std::string>& environment) {
  return local_rank([&](const std::string& name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  });
}

}  // namespace

TEST_CASE("a process alone has no rank") { CHECK_FALSE(rank_in({})); }

TEST_CASE("each launcher's variable is read") {
  for (const char* variable : {"SLURM_LOCALID", "OMPI_COMM_WORLD_LOCAL_RANK", "LOCAL_RANK"}) {
    INFO(variable);
    CHECK(rank_in({{variable, "0"}})->rank == 0);
    CHECK(rank_in({{variable, "3"}})->rank == 3);
    CHECK(rank_in({{variable, "3"}})->variable == variable);
    CHECK_FALSE(rank_in({{variable, ""}}));
    CHECK_FALSE(rank_in({{variable, "x"}}));
    CHECK_FALSE(rank_in({{variable, "-1"}}));
  }
}

TEST_CASE("of two launchers, one number above 0 means that another process has the node") {
  CHECK(rank_in({{"SLURM_LOCALID", "1"}, {"LOCAL_RANK", "0"}})->rank == 1);
  CHECK(rank_in({{"SLURM_LOCALID", "0"}, {"LOCAL_RANK", "2"}})->rank == 2);
}
