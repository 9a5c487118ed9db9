// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdio>
#include <exception>

#include <fmt/format.h>

#include "base/run_error.hpp"
#include "commands/command.hpp"
#include "commands/help.hpp"
#include "footpound/base/error.hpp"

int main(int argc, char** argv) {
  using namespace footpound;
  try {
    std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    if (const std::optional<int> done = general_option(words)) return *done;
    const Command* command = find_command(words.front());
    if (command == nullptr) throw unknown_command(words.front());
    return command->run(split_at_child(std::move(words)));
  } catch (const RunError& error) {
    fmt::print(stderr, "footpound: {}\n", error.what());
    return static_cast<int>(error.code());
  } catch (const std::exception& error) {
    fmt::print(stderr, "footpound: {}\n", printable(error.what()));
    return static_cast<int>(ExitCode::input);
  }
}
