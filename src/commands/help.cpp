// SPDX-License-Identifier: MIT
#include "commands/help.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "base/version.hpp"
#include "commands/command_line.hpp"
#include "factors/nearest.hpp"
#include "footpound/base/error.hpp"
#include "footpound/factors/catalog.hpp"
#include "stream/message_output.hpp"
#include "stream/source.hpp"

namespace footpound {

namespace {

std::string overview() {
  std::string text =
      "footpound: the energy and the CO2e of training AI models, with an interval and the source of every "
      "number.\n\n"
      "  footpound estimate --gpu V100 --gpu-count 64 --hours 79.2 --region US\n\ncommands\n";
  for (const Command& command : commands()) text += fmt::format("  {:<12} {}\n", command.name, command.help);
  text += "\n`footpound COMMAND --help` says more; `footpound --version` names the program and its data.\n";
  return text;
}

int print(const std::string& text) {
  print_to_stdout(text);
  return 0;
}

}  // namespace

void print_to_stdout(const std::string& text) {
  Target target("");
  target.write(text);
  target.finish();
}

std::optional<int> general_option(const std::vector<std::string>& words) {
  if (words.empty()) {
    write_message(stderr, overview());
    return static_cast<int>(ExitCode::usage);
  }
  if (words.front() == "--help" || words.front() == "-h" || words.front() == "help") return print(overview());
  if (words.front() == "--version") {
    return print(fmt::format("footpound {}\ndata {}\n", tool_version, Catalog().data_version()));
  }
  return std::nullopt;
}

RunError unknown_command(const std::string& word) {
  std::vector<std::string_view> known;
  for (const Command& command : commands()) known.push_back(command.name);
  const std::vector<std::string_view> near = nearest(word, known, 1);
  return usage("unknown command " + in_quotes(word) +
               (near.empty() ? "; --help lists them" : "; did you mean " + in_quotes(near.front()) + "?"));
}

CommandLine split_at_child(std::vector<std::string> words) {
  CommandLine line;
  const auto dashes = std::find(words.begin() + 1, words.end(), "--");
  line.has_child = dashes != words.end();
  if (line.has_child) line.child.assign(dashes + 1, words.end());
  line.args.assign(words.begin() + 1, dashes);
  return line;
}

}  // namespace footpound
