// SPDX-License-Identifier: MIT
#include "commands/program.hpp"

#include <cstdio>
#include <exception>
#include <new>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/run_error.hpp"
#include "commands/command.hpp"
#include "commands/help.hpp"
#include "footpound/base/error.hpp"
#include "stream/message_output.hpp"

namespace footpound {

namespace {

int run_command(std::vector<std::string> words) {
  if (const std::optional<int> done = general_option(words)) return *done;
  const Command* command = find_command(words.front());
  if (command == nullptr) throw unknown_command(words.front());
  return command->run(split_at_child(std::move(words)));
}

}  // namespace

int run_program(std::vector<std::string> words) noexcept {
  try {
    return run_command(std::move(words));
  } catch (const RunError& error) {
    write_message(stderr, fmt::format("footpound: {}\n", error.what()));
    return static_cast<int>(error.code());
  } catch (const std::bad_alloc&) {
    write_message(stderr, "footpound: there is not enough memory\n");  // in words that take none
    return static_cast<int>(ExitCode::input);
  } catch (const std::exception& error) {
    write_message(stderr, fmt::format("footpound: {}\n", printable(error.what())));
    return static_cast<int>(ExitCode::input);
  }
}

}  // namespace footpound
