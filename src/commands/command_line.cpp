// SPDX-License-Identifier: MIT
#include "commands/command_line.hpp"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

#include "commands/help.hpp"
#include "factors/nearest.hpp"
#include "footpound/base/error.hpp"
#include "record/fields.hpp"

namespace footpound {

namespace {

// CLI11 takes "-5" behind an option for another option; joined, it is the value it is.
void join_negative_numbers(std::vector<std::string>& args) {
  for (std::size_t i = 0; i + 1 < args.size(); ++i) {
    const std::string& value = args[i + 1];
    const bool negative = value.size() > 1 && value[0] == '-' &&
                          (std::isdigit(static_cast<unsigned char>(value[1])) != 0 || value[1] == '.');
    if (args[i].rfind("--", 0) != 0 || args[i].find('=') != std::string::npos || !negative) continue;
    args[i] += "=" + value;
    args.erase(args.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

// measure ls -l
std::string command_without_dashes(const std::vector<std::string>& words) {
  std::string command;
  for (const std::string& word : words) command += " " + printable(word);
  return in_quotes(words.front()) + ": a command stands behind --: footpound measure [options] --" + command;
}

std::string unknown_option(const CLI::App& app, const std::string& wrong) {
  const bool takes_command = app.get_option_no_throw("--log-format") != nullptr;
  if (takes_command && !wrong.empty() && wrong[0] != '-') return command_without_dashes(app.remaining());
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const bool takes_runs = app.get_option_no_throw("--timezone") != nullptr;
  for (const Field& field : fields()) {
    if (!takes_runs) break;
    names.emplace_back(field.flag);  // not all of them may have been added
    for (const std::string_view alias : field.aliases) {
      if (!alias.empty()) names.push_back(flag_of(alias));
    }
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string name = wrong.substr(0, wrong.find('='));
  if (name == "--power") {
    return "--power: of the whole job, or of each device? write --it-power (whole job, hosts included) or "
           "--accelerator-power (each counted device)";
  }
  const std::vector<std::string_view> near = nearest(name, known, 1);
  std::string text = "unknown option " + in_quotes(name);
  text += near.empty() ? "; --help lists them" : "; did you mean " + std::string(near.front()) + "?";
  return text;
}

bool names_option(const CLI::App& app, const std::string& word) {
  return word.size() > 1 && word[0] == '-' &&
         app.get_option_no_throw(word.substr(0, word.find('='))) != nullptr;
}

// What CLI11 calls "1 required TIME missing" and "At Most 1 required but received 2".
void check_values(const CLI::App& app, const std::vector<std::string>& args) {
  std::vector<const CLI::Option*> seen;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (!names_option(app, args[i])) continue;
    const std::size_t equals = args[i].find('=');
    const std::string name = args[i].substr(0, equals);
    const CLI::Option* option = app.get_option_no_throw(name);
    if (option->get_items_expected_max() == 0) continue;  // takes no value
    const bool joined = equals != std::string::npos;
    const std::string value = joined                ? args[i].substr(equals + 1)
                              : i + 1 < args.size() ? args[i + 1]
                                                    : std::string();
    if (value.find_first_not_of(" \t") == std::string::npos || (!joined && names_option(app, value))) {
      throw usage(name + ": needs a value, " + option->get_type_name());
    }
    if (option->get_multi_option_policy() == CLI::MultiOptionPolicy::Throw) {
      if (std::find(seen.begin(), seen.end(), option) != seen.end())
        throw usage(name + ": is stated twice; leave one of them out");
      seen.push_back(option);
    }
    if (!joined) ++i;
  }
}

}  // namespace

RunError usage(const std::string& what) { return RunError(ExitCode::usage, what); }

std::string flag_of(std::string_view field_name) {
  std::string flag = "--" + std::string(field_name);
  for (const std::string_view unit : {"_g_per_kwh", "_kwh", "_w", "_gb"}) {
    if (flag.size() > unit.size() && flag.compare(flag.size() - unit.size(), unit.size(), unit) == 0) {
      flag.resize(flag.size() - unit.size());
      break;
    }
  }
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

std::string_view find_flag(const CommandLine& line, std::string_view flag) {
  for (const std::string& word : line.args) {
    if (word.compare(0, flag.size(), flag) == 0 && (word.size() == flag.size() || word[flag.size()] == '=')) {
      return std::string_view(word).substr(0, flag.size());
    }
  }
  return {};
}

std::optional<int> parse_command_line(CLI::App& app, CommandLine& line) {
  join_negative_numbers(line.args);
  check_values(app, line.args);
  std::vector<std::string> reversed(line.args.rbegin(), line.args.rend());
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    print_to_stdout(app.help());
    return 0;
  } catch (const CLI::ExtrasError&) {
    throw usage(unknown_option(app, app.remaining().empty() ? std::string() : app.remaining().front()));
  } catch (const CLI::ParseError& error) {
    throw usage(printable(error.what()));
  }
  return std::nullopt;
}

}  // namespace footpound
