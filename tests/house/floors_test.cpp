// SPDX-License-Identifier: MIT
// The house's floors: a file includes what lies in its own room or below, and nothing above.
#include <algorithm>
#include <array>
#include <filesystem>
#include <regex>

#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/scratch.hpp"

namespace fs = std::filesystem;

namespace {

// Lowest first; rooms in one row do not know each other.
const std::vector<std::vector<std::string>> floors = {{"base"}, {"units"}, {"factors"}, {"text"},
    {"estimate", "sheet"}, {"record"}, {"memory"}, {"read"}, {"words"}, {"write"}, {"library"}, {"stream"},
    {"summary"}, {"published", "measure"}, {"commands"}};

// "src/read/slurm/x.cpp" and "read/slurm/x.hpp" are of room read, "footpound/units/x.hpp" of units; what lies
// in "footpound" itself is of room library.
std::string room_of(const fs::path& below) {
  auto part = below.begin();
  if (*part == "footpound" && std::next(++part) == below.end()) return "library";
  return part->string();
}

std::size_t floor_of(const std::string& room) {
  const auto found = std::find_if(floors.begin(), floors.end(),
      [&](const auto& rooms) { return std::find(rooms.begin(), rooms.end(), room) != rooms.end(); });
  INFO("room " << room);
  REQUIRE(found != floors.end());  // a new room has its floor here
  return static_cast<std::size_t>(found - floors.begin());
}

}  // namespace

TEST_CASE("includes go down only") {
  const std::regex include("#include \"([^\"]+/[^\"]+)\"");
  std::size_t checked = 0;
  for (const char* top : {"/src", "/include"}) {
    for (const auto& entry : fs::recursive_directory_iterator(footpound::root_path(top))) {
      const fs::path below = fs::relative(entry.path(), footpound::root_path(top));
      if (!entry.is_regular_file() || below.has_parent_path() == false) continue;  // main.cpp sees all
      const std::string room = room_of(below);
      const std::string text = footpound::Scratch::read_file(entry.path());
      for (std::sregex_iterator it(text.begin(), text.end(), include), end; it != end; ++it) {
        const std::string other = room_of((*it)[1].str());
        INFO(below << " includes " << (*it)[1]);
        CHECK((other == room || floor_of(other) < floor_of(room)));
        ++checked;
      }
    }
  }
  CHECK(checked > 500);
}
