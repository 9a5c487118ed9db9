// SPDX-License-Identifier: MIT
#include "commands/options.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "factors/nearest.hpp"
#include "record/fields.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

template <class Value>
struct Word {
  std::string_view word;
  Value value;
};

// What the flag's text stands for.
template <class Value, std::size_t count>
Value chosen(const char* flag, const std::string& text, const Word<Value> (&words)[count]) {
  std::vector<std::string_view> known;
  for (const auto& [word, value] : words) {
    if (word == text) return value;
    known.push_back(word);
  }
  throw usage(std::string(flag) + ": unknown " + in_quotes(text) + "; it is " + either(known));
}

bool yes_or_no(const char* flag, const std::string& text) {
  return chosen<bool>(flag, text, {{"yes", true}, {"no", false}});
}

// "262144", "256KiB", "16MB": from 1 byte to 1 GiB.
std::size_t bytes(const char* flag, const std::string& text) {
  static constexpr struct {
    std::string_view symbol;
    double factor;
  } sizes[] = {{"", 1}, {"B", 1}, {"KiB", 1024}, {"MiB", 1048576}, {"GiB", 1073741824}, {"kB", 1e3},
      {"MB", 1e6}, {"GB", 1e9}};
  const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
  double number = 0;
  for (const auto& size : sizes) {
    if (text.substr(digits) != size.symbol || !parse_number(text.substr(0, digits), number)) continue;
    if (number * size.factor >= 1 && number * size.factor <= 1073741824)
      return static_cast<std::size_t>(number * size.factor);
  }
  throw usage(std::string(flag) + ": " + in_quotes(text) + " is no size from 1 byte to 1GiB; write 16MiB");
}

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

void SpecFlags::add(CLI::App& app, const CommandLine* line) {
  line_ = line;
  // an option costs CLI11 a comparison with every other: without a need for all of them (help),
  // only those of the line are made
  const bool all = line == nullptr || !find_flag(*line, "--help").empty() || !find_flag(*line, "-h").empty();
  for (const Field& field : fields()) {
    if (!all && said(field).empty()) continue;
    const std::string group(name(field.group));
    Flag& flag = flags_.emplace_back(Flag{&field, {}, nullptr});
    std::string names(field.flag);
    for (const std::string_view alias : field.aliases) {
      if (!alias.empty()) names += "," + flag_of(alias);
    }
    if (field.value.empty()) {
      flag.value = "true";
      flag.option = app.add_flag_callback(
                           names, [] {}, std::string(field.help))
                        ->group(group);
      continue;
    }
    flag.option = app.add_option(names, flag.value, std::string(field.help));
    flag.option->group(group)->type_name(std::string(field.value));
  }
  app.add_option("--timezone", timezone_, "of times stated without one: UTC (default) or +01:00")
      ->group(std::string(name(FieldGroup::time)));
}

bool SpecFlags::any() const {
  return std::any_of(flags_.begin(), flags_.end(), [](const Flag& flag) { return flag.option->count() > 0; });
}

std::string_view SpecFlags::said(const Field& field) const {
  std::string_view word = line_ == nullptr ? field.flag : find_flag(*line_, field.flag);
  for (const std::string_view alias : field.aliases) {
    if (word.empty() && !alias.empty()) word = find_flag(*line_, flag_of(alias));
  }
  return word;
}

Record SpecFlags::base() const {
  Record base;
  if (!timezone_.empty() && timezone_ != "UTC" && timezone_ != "Z") {
    // an offset is what a known moment written with it differs by
    const Result<Instant> moment = parse_instant("2000-01-01T00:00:00" + timezone_);
    if (!moment) throw usage("--timezone: " + in_quotes(timezone_) + " is no offset; write UTC or +01:00");
    base.spec.local_offset_seconds = 946684800.0 - moment->epoch_seconds;
  }
  for (const Flag& flag : flags_) {
    if (flag.option->count() == 0) continue;
    Result<void> done = set_field(*flag.field, said(*flag.field), flag.value, base);
    if (!done) throw usage(message(done.error()));
  }
  return base;
}

void CatalogOptions::add(CLI::App& app) {
  app.add_option(
         "--tables", tables, "lay tables over the built-in ones (file or directory; also FOOTPOUND_TABLES)")
      ->type_name("PATH")
      ->take_all()
      ->allow_extra_args(false)
      ->group("Tables");
}

void CatalogOptions::load(Catalog& catalog) const {
  std::vector<std::string> paths;
  if (is_set("FOOTPOUND_TABLES")) paths.emplace_back(std::getenv("FOOTPOUND_TABLES"));
  paths.insert(paths.end(), tables.begin(), tables.end());
  for (const std::string& path : paths) {
    const Result<void> done = catalog.overlay(path);
    if (!done) throw RunError(ExitCode::input, message(done.error()));
  }
}

void ResolveFlags::add(CLI::App& app) {
  app.add_option("--boundary", boundary,
         "what to count: `accelerators`, or `it` (hosts too); by default what was stated, or `it` where "
         "power is guessed")
      ->type_name("WHAT")
      ->group("Method");
  app.add_option("--prices", prices, "cost by a dated price list (strubell2019), preemptible to on demand")
      ->type_name("SET")
      ->group("Method");
  app.add_flag("--strict", strict, "refuse to assume anything")->group("Method");
}

ResolveOptions ResolveFlags::options() const {
  ResolveOptions options;
  options.strict = strict;
  options.prices = prices;
  if (!boundary.empty())
    options.boundary = chosen<Boundary>(
        "--boundary", boundary, {{"accelerators", Boundary::accelerators}, {"it", Boundary::it}});
  return options;
}

void OutputFlags::add(CLI::App& app) {
  const std::string group = "Output";
  std::string names;
  for (const std::string_view each :
      output_format_names([](const OutputFormat& row) { return row.answers != nullptr; }))
    names += (names.empty() ? "" : ", ") + std::string(each);
  app.add_option(
         "-f,--format", format, names + "; a stream keeps its own by default (`footpound list formats`)")
      ->type_name("FORMAT")
      ->group(group);
  std::string fields;
  for (const OutputField* each : all_columns())
    fields += (fields.empty() ? "" : ", ") + std::string(each->name);
  app.add_option("--columns", columns, "output fields, separated by commas; all; default. They are " + fields)
      ->type_name("LIST")
      ->group(group);
  app.add_option(
         "-o,--output", file, "write to a file, which appears only when it is whole; - is standard output")
      ->type_name("FILE")
      ->group(group);
  app.add_flag("--explain", explain, "every factor with its source, and the formula")->group(group);
  app.add_option("--equivalents", equivalents, "set of equivalents (`footpound list equivalents`)")
      ->type_name("SET")
      ->group(group);
  app.add_option(
         "--color,--colour", colour, "auto, always, never (also NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR)")
      ->type_name("WHEN")
      ->group(group);
  app.add_flag("--no-fence", no_fence, "a model card without the lines of --- around it")->group(group);
  app.add_flag("--bibtex", bibtex, "the sources used, as BibTeX (the same as -f bibtex)")->group(group);
  app.add_option("--header-out", header_out,
         "yes or no: a header line in CSV and TSV output; by default where the input has one")
      ->type_name("WHETHER")
      ->group(group);
  app.add_flag("--no-header", no_header, "the same as --header-out no")->group(group);
}

bool OutputFlags::header(bool input_has_one) const {
  if (header_out.empty()) return input_has_one && !no_header;
  const bool wanted = yes_or_no("--header-out", header_out);
  if (wanted && no_header) throw usage("--no-header: contradicts --header-out yes; leave one of them out");
  return wanted;
}

bool OutputFlags::colour_on_stdout() const {
  enum class When : unsigned char { automatic, always, never };
  const When when = chosen<When>(
      "--color", colour, {{"auto", When::automatic}, {"always", When::always}, {"never", When::never}});
  if (when != When::automatic) return when == When::always;
  if (is_set("NO_COLOR")) return false;
  for (const char* force : {"CLICOLOR_FORCE", "FORCE_COLOR"}) {
    if (is_set(force) && std::strcmp(std::getenv(force), "0") != 0) return true;
  }
  const char* terminal = std::getenv("TERM");
  return (file.empty() || file == "-") && isatty(STDOUT_FILENO) == 1 &&
         !(terminal != nullptr && std::strcmp(terminal, "dumb") == 0);
}

void StreamFlags::add(CLI::App& app) {
  const std::string group = "Streams";
  std::string names = "spec";
  for (const InputFormat& each : input_formats()) names += ", " + std::string(each.name);
  app.add_option("--in", in, names + "; by default known by extension or content (`footpound list formats`)")
      ->type_name("FORMAT")
      ->group(group);
  app.add_option("--on-error", on_error, "a bad record: emit it with its error (default), skip it, or stop")
      ->type_name("WHAT")
      ->group(group);
  app.add_option("--threads", threads, "default: all cores")->type_name("N")->group(group);
  app.add_option("--max-record", max_record, "longest record taken (default 16MiB)")
      ->type_name("SIZE")
      ->group(group);
  app.add_option("--block", block, "bytes a thread takes at a time (default 256KiB)")
      ->type_name("SIZE")
      ->group(group);
  app.add_option("--header-in", header_in,
         "no: CSV, TSV and sacct input begins with a record; name its columns with --fields")
      ->type_name("WHETHER")
      ->group(group);
  app.add_option("--fields", fields, "the columns of input without a header, separated by commas")
      ->type_name("LIST")
      ->group(group);
  app.add_flag("--plain", plain, "remember nothing from one record to the next: the same, slower")->group("");
  app.add_flag("-q,--quiet", quiet, "no notes and no progress on stderr")->group(group);
  app.add_flag("-v,--verbose", verbose, "say on stderr what is being done")->group(group);
}

StreamOptions StreamFlags::options() const {
  StreamOptions options;
  options.on_error = chosen<OnError>(
      "--on-error", on_error, {{"emit", OnError::emit}, {"skip", OnError::skip}, {"stop", OnError::stop}});
  if (!header_in.empty()) {
    const bool header = yes_or_no("--header-in", header_in);
    if (header && !fields.empty())
      throw usage("--fields: names the columns of input without a header; leave out --header-in yes");
    if (!header && fields.empty())
      throw usage("--header-in no: columns are found by their names; name them with --fields a,b,c");
  }
  options.threads = std::max(1U, std::thread::hardware_concurrency());
  if (!threads.empty()) {
    double number = 0;
    if (!parse_number(threads, number) || number != std::floor(number) || number < 1 || number > 256) {
      throw usage("--threads: " + in_quotes(threads) + " is no whole number from 1 to 256");
    }
    options.threads = static_cast<unsigned>(number);
  }
  options.longest_record = bytes("--max-record", max_record);
  if (!block.empty()) options.block_size = bytes("--block", block);
  return options;
}

}  // namespace footpound
