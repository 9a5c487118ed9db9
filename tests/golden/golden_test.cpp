// SPDX-License-Identifier: MIT
// The program from outside. Each folder below tests/golden holds
//   cmd       a line for sh, run in that folder; $footpound is the program
//   out, err  what it has to print; status: its exit status (0 where there is none)
// FOOTPOUND_UPDATE_GOLDEN=1 writes out, err and status anew: review the diff.
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/paths.hpp"

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& text) {
  if (text.empty()) {
    fs::remove(path);
  } else {
    std::ofstream(path, std::ios::binary) << text;
  }
}

std::vector<fs::path> cases() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(footpound::root_path("/tests/golden"))) {
    if (entry.path().filename() == "cmd") found.push_back(entry.path().parent_path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// Tables of its own, no colour, a foreign locale: the answer may depend on none of it.
constexpr const char* environment =
    "unset FOOTPOUND_TABLES NO_COLOR CLICOLOR_FORCE FORCE_COLOR; export LC_ALL=C.UTF-8 TERM=dumb TZ=UTC0; ";

}  // namespace

TEST_CASE("golden: each command prints what its folder says", "[golden]") {
  const std::vector<fs::path> all = cases();
  REQUIRE(all.size() > 10);
  const bool update = std::getenv("FOOTPOUND_UPDATE_GOLDEN") != nullptr;
  const fs::path scratch = fs::temp_directory_path() / ("footpound-golden-" + std::to_string(getpid()));
  fs::create_directories(scratch);
  for (const fs::path& folder : all) {
    const std::string command = std::string(environment) + "footpound='" + footpound::program_path() +
                                "'; tables='" + footpound::root_path("/tests/golden/tables") + "'; cd '" +
                                folder.string() + "' && { " + read(folder / "cmd") + "\n} >'" +
                                (scratch / "out").string() + "' 2>'" + (scratch / "err").string() +
                                "' </dev/null";
    const int raw = std::system(command.c_str());
    const std::string status = std::to_string(WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw));
    if (update) {
      write(folder / "out", read(scratch / "out"));
      write(folder / "err", read(scratch / "err"));
      write(folder / "status", status == "0" ? "" : status + "\n");
    }
    INFO(folder.string() << "\n" << read(folder / "cmd"));
    CHECK(read(scratch / "out") == read(folder / "out"));
    CHECK(read(scratch / "err") == read(folder / "err"));
    const std::string expected = fs::exists(folder / "status") ? read(folder / "status") : "0\n";
    CHECK(status + "\n" == expected);
  }
  fs::remove_all(scratch);
}
