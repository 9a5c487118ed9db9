// SPDX-License-Identifier: MIT
// The program from outside. Each folder below tests/golden holds
//   cmd       a line for sh, run in that folder; $footpound is the program
//   out, err  what it has to print; status: its exit status (0 where there is none)
// FOOTPOUND_UPDATE_GOLDEN=1 writes out and err anew, where they say something and the status is right: review
// the diff.
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

struct Printed {
  std::string out, err, status;
  bool operator==(const Printed&) const = default;
};

Printed expected(const fs::path& folder) {
  const bool fails = fs::exists(folder / "status");
  return {read(folder / "out"), read(folder / "err"), fails ? read(folder / "status") : "0\n"};
}

Printed run(const fs::path& folder, const std::string& program, const fs::path& scratch) {
  const std::string command = std::string(environment) + "footpound='" + program + "'; tables='" +
                              footpound::root_path("/tests/golden/tables") + "'; cd '" + folder.string() +
                              "' && { " + read(folder / "cmd") + "\n} >'" + (scratch / "out").string() +
                              "' 2>'" + (scratch / "err").string() + "' </dev/null";
  const int raw = std::system(command.c_str());
  const int status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  return {read(scratch / "out"), read(scratch / "err"), std::to_string(status) + "\n"};
}

// A program that remembers nothing from one record to the next, and has to print the same.
std::string plain_program(const fs::path& scratch) {
  const std::string program = footpound::program_path();
  const fs::path path = scratch / "plain";
  write(path, "#!/bin/sh\ncase $1 in estimate | summarize) command=$1; shift; exec '" + program +
                  "' \"$command\" --plain \"$@\" ;; esac\nexec '" + program + "' \"$@\"\n");
  fs::permissions(path, fs::perms::owner_all);
  return path.string();
}

// What says nothing, or ends otherwise than its folder's `status` (0 where there is none), is no promise
// to users: it is not written down.
bool may_be_blessed(const Printed& printed, const Printed& before) {
  const bool is_empty = printed.out.empty() && printed.err.empty();
  const bool was_empty = before.out.empty() && before.err.empty();
  return printed.status == before.status && (!is_empty || was_empty);
}

}  // namespace

TEST_CASE("golden: each command prints what its folder says, remembering or not", "[golden]") {
  const std::vector<fs::path> all = cases();
  REQUIRE(all.size() > 10);
  const bool update = std::getenv("FOOTPOUND_UPDATE_GOLDEN") != nullptr;
  const fs::path scratch = fs::temp_directory_path() / ("footpound-golden-" + std::to_string(getpid()));
  fs::create_directories(scratch);
  const std::string plain = plain_program(scratch);
  for (const fs::path& folder : all) {
    const Printed printed = run(folder, footpound::program_path(), scratch);
    if (update && may_be_blessed(printed, expected(folder))) {
      write(folder / "out", printed.out);
      write(folder / "err", printed.err);
    }
    INFO(folder.string() << "\n" << read(folder / "cmd"));
    const Printed wanted = expected(folder);
    CHECK(printed.out == wanted.out);
    CHECK(printed.err == wanted.err);
    CHECK(printed.status == wanted.status);
    INFO("with --plain");
    CHECK((run(folder, plain, scratch) == wanted));
  }
  fs::remove_all(scratch);
}

TEST_CASE("golden: neither nothing nor another status is written down as what is right", "[golden]") {
  CHECK(may_be_blessed({"42 kWh\n", "", "0\n"}, {"", "", "0\n"}));  // a new case, or a changed answer
  CHECK_FALSE(may_be_blessed({"", "", "0\n"}, {"42 kWh\n", "", "0\n"}));
  CHECK_FALSE(may_be_blessed({"", "footpound: ...\n", "2\n"}, {"42 kWh\n", "", "0\n"}));
  CHECK(may_be_blessed({"", "footpound: ...\n", "2\n"}, {"", "", "2\n"}));  // `status` says that it fails
  CHECK(may_be_blessed({"", "", "0\n"}, {"", "", "0\n"}));                  // nothing in, nothing out
}
