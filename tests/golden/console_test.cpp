// SPDX-License-Identifier: MIT
// README.md and docs/ tell the truth: each ```console block is run. A line "$ COMMAND" is a
// command for sh ("\" at its end continues it), the lines below it are what it has to print,
// stderr included. It runs in a scratch folder that holds a copy of examples/, with footpound
// on the PATH. FOOTPOUND_UPDATE_GOLDEN=1 writes the output anew: review the diff.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/paths.hpp"

namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> documents() {
  const fs::path root = footpound::root_path();
  std::vector<fs::path> found = {root / "README.md"};
  for (const auto& entry : fs::recursive_directory_iterator(root / "docs")) {
    if (entry.path().extension() == ".md") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

class Console {
 public:
  Console() : folder_(fs::temp_directory_path() / ("footpound-console-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
    fs::copy(fs::path(footpound::root_path("/examples")), folder_ / "examples", fs::copy_options::recursive);
  }
  ~Console() { fs::remove_all(folder_); }
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  std::vector<std::string> run(const std::string& command) const {
    const fs::path script = folder_ / ".command";
    const fs::path output = folder_ / ".output";
    const fs::path program = fs::path(footpound::program_path()).parent_path();
    std::ofstream(script) << "unset FOOTPOUND_TABLES NO_COLOR CLICOLOR_FORCE FORCE_COLOR\n"
                          << "export LC_ALL=C.UTF-8 TERM=dumb TZ=UTC0 PATH='" << program.string()
                          << "':\"$PATH\"\n"
                          << command << '\n';
    const std::string shell = "cd '" + folder_.string() + "' && sh .command >.output 2>&1 </dev/null";
    if (std::system(shell.c_str()) < 0) return {"could not be run"};
    return lines_of(read(output));
  }

 private:
  fs::path folder_;
};

// The document as it would be if each of its commands had just been run.
std::vector<std::string> with_true_output(
    const std::vector<std::string>& lines, const Console& console, int& commands) {
  std::vector<std::string> out;
  bool in_console = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    if (!in_console || line == "```") {
      in_console = line == "```console";
      out.push_back(line);
      continue;
    }
    if (line.rfind("$ ", 0) != 0) continue;  // output of the command before: made anew
    std::string command = line.substr(2);
    out.push_back(line);
    while (command.size() > 1 && command.back() == '\\' && i + 1 < lines.size()) {
      command += '\n' + lines[++i];
      out.push_back(lines[i]);
    }
    ++commands;
    for (std::string& printed : console.run(command)) out.push_back(std::move(printed));
    // a blank line in front of the next command is layout
    std::size_t next = i + 1;
    while (next < lines.size() && lines[next].rfind("$ ", 0) != 0 && lines[next] != "```") ++next;
    if (next > i + 1 && next < lines.size() && lines[next] != "```" && lines[next - 1].empty())
      out.emplace_back();
  }
  return out;
}

}  // namespace

TEST_CASE("console: the commands of README.md and docs/ print what stands below them", "[golden]") {
  const Console console;
  int commands = 0;
  for (const fs::path& document : documents()) {
    const std::vector<std::string> lines = lines_of(read(document));
    const std::vector<std::string> now = with_true_output(lines, console, commands);
    if (std::getenv("FOOTPOUND_UPDATE_GOLDEN") != nullptr) {
      std::ofstream file(document, std::ios::binary);
      for (const std::string& line : now) file << line << '\n';
      continue;
    }
    INFO(document.string());
    CHECK(lines == now);
  }
  CHECK(commands >= 8);
}

// The two commands that a newcomer types first: nothing but commands, and never a clone.
TEST_CASE(
    "console: README.md begins with the command for the main job and the one for the tests", "[golden]") {
  std::vector<std::string> blocks;
  bool inside = false;
  for (const std::string& line : lines_of(read(fs::path(footpound::root_path("/README.md"))))) {
    if (line.rfind("```", 0) == 0) {
      if (!inside) blocks.emplace_back();
      inside = !inside;
    } else if (inside) {
      blocks.back() += line + '\n';
    }
  }
  REQUIRE(blocks.size() >= 2);
  CHECK(blocks[0] == "scripts/demo\n");
  CHECK(blocks[1] == "scripts/test\n");
}
