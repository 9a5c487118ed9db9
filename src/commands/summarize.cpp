// SPDX-License-Identifier: MIT
// footpound summarize [FILE...] --by FIELDS: totals per group, the same whatever the order, the
// threads or the shards.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "commands/sheet_output.hpp"
#include "commands/stream_input.hpp"
#include "footpound/factors/nearest.hpp"
#include "footpound/units/amount.hpp"
#include "stream/interrupt.hpp"
#include "summary/summarizer.hpp"

namespace footpound {

namespace {

struct Options {
  std::vector<std::string> files;
  std::string by;
  std::string top;
  std::string columns;
  bool partial = false;
  bool merge = false;
  SpecFlags spec;
  ResolveFlags resolve;
  StreamFlags stream;
  SlurmFlags slurm;
  SheetOptions output;
};

std::vector<std::string> split_keys(const std::string& list) {
  std::vector<std::string> keys;
  std::size_t begin = 0;
  while (begin <= list.size() && !list.empty()) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    keys.push_back(list.substr(begin, end - begin));
    if (keys.back().empty())
      throw usage("--by: " + in_quotes(list) + " has an empty name; write --by project,region");
    if (std::count(keys.begin(), keys.end(), keys.back()) > 1)
      throw usage("--by: " + in_quotes(keys.back()) + " is named twice");
    begin = end + 1;
  }
  return keys;
}

std::optional<std::size_t> parse_top(const std::string& text) {
  if (text.empty()) return std::nullopt;
  double number = 0;
  if (parse_number(text, number) && number == std::floor(number) && number >= 1 && number <= 1e9)
    return static_cast<std::size_t>(number);
  throw usage("--top: " + in_quotes(text) + " is no whole number above 0; write --top 10");
}

// Names of the sheet's columns, in the order asked for; none: all.
std::vector<std::string_view> parse_columns(const std::string& list) {
  std::vector<std::string_view> columns;
  if (list.empty() || list == "all") return columns;
  const std::vector<std::string_view> known = summary_columns();
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    const std::string_view name = std::string_view(list).substr(begin, end - begin);
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end()) {
      const std::vector<std::string_view> near = nearest(name, known, 3);
      throw usage("--columns: unknown " + in_quotes(name) + "; " +
                  (near.empty() ? "known are " + either(known) : "did you mean " + either(near) + "?"));
    }
    if (std::find(columns.begin(), columns.end(), *found) != columns.end())
      throw usage("--columns: " + in_quotes(name) + " is named twice");
    columns.push_back(*found);
    begin = end + 1;
  }
  return columns;
}

// The keys, which are the first `keys` columns, then those of `names`.
Sheet with_columns(const Sheet& sheet, std::size_t keys, const std::vector<std::string_view>& names) {
  std::vector<std::size_t> kept;
  for (std::size_t c = 0; c < keys; ++c) kept.push_back(c);
  for (const std::string_view name : names) {
    for (std::size_t c = keys; c < sheet.columns.size(); ++c) {
      if (sheet.columns[c].key == name) kept.push_back(c);
    }
  }
  Sheet narrow;
  narrow.name = sheet.name;
  narrow.notes = sheet.notes;
  for (const std::size_t c : kept) narrow.columns.push_back(sheet.columns[c]);
  for (const std::vector<Cell>& row : sheet.rows) {
    std::vector<Cell>& cells = narrow.rows.emplace_back();
    for (const std::size_t c : kept) cells.push_back(row[c]);
  }
  return narrow;
}

class SummarizeRun {
 public:
  explicit SummarizeRun(const Options& options)
      : options_(options),
        base_(options.spec.base()),
        resolve_(options.resolve.options()),
        stream_options_(options.stream.options()),
        reporter_(stderr, options.stream.quiet),
        totals_(split_keys(options.by)),
        top_(parse_top(options.top)),
        columns_(parse_columns(options.columns)) {
    options.output.chosen_format();
    if (options.partial && !columns_.empty())
      throw usage("--columns: a partial holds all of them; state it with --merge");
    options.output.catalog.load(catalog_);
    reader_options_.longest_record = stream_options_.longest_record;
    reader_options_.timezone_stated = options.spec.timezone_stated();
    reader_options_.keep_own_fields = true;
    reader_options_.own_fields_wanted = totals_.keys();
    for (const std::string& key : totals_.keys()) {
      for (const std::string_view name : other_names(key))
        reader_options_.own_fields_wanted.emplace_back(name);
    }
    options.slurm.apply(catalog_, site_, reader_options_);
    // a record is counted, never written: there is nothing to leave out
    if (stream_options_.on_error == OnError::skip) stream_options_.on_error = OnError::emit;
  }

  int run() {
    Target nowhere("/dev/null");
    const std::unique_ptr<Progress> progress =
        options_.merge ? nullptr : progress_of(options_.files, options_.stream);
    reporter_.watch(progress.get());
    for (const std::string& path : options_.files) {
      if (interrupted() != 0) break;
      if (options_.merge) {
        merge(path);
      } else {
        read(path, nowhere);
      }
    }
    if (progress) progress->erase();
    // totals of half the records would pass for totals of all
    if (interrupted() == 0) print();
    reporter_.summary();
    reporter_.watch(nullptr);
    if (interrupted() != 0) return 128 + interrupted();
    const std::uint64_t failed = options_.merge ? totals_.failed() : reporter_.total().failed;
    return static_cast<int>(failed > 0 ? ExitCode::some_records_failed : ExitCode::ok);
  }

 private:
  void read(const std::string& path, Target& nowhere) {
    OpenedFile file = open_file(path, options_.stream.in, stream_options_.block_size);
    if (file.is_spec)
      throw RunError(ExitCode::input,
          printable(file.source->name()) + ": is a spec, not a stream; name the format with --in");
    if (file.format == nullptr || file.head.empty()) return;
    OpenedStream stream = open_stream(file, reader_options_, options_.stream, reporter_);
    if (stream.reader == nullptr) return;
    check_keys(*stream.reader);
    std::vector<std::unique_ptr<Worker>> workers;
    for (unsigned i = 0; i < threads_for(file.head.size(), stream_options_); ++i) {
      workers.push_back(
          std::make_unique<Summarizer>(catalog_, AnswerOptions{resolve_, base_.stated, options_.stream.plain},
              totals_.keys(), stream.reader->encoding(), shows_intervals()));
    }
    StreamJob job{*file.source, std::move(stream.head), *stream.reader, base_.spec, "", stream.first_line};
    bool wrote = false;
    const bool whole = run_stream(job, workers, wrote, nowhere, reporter_, stream_options_);
    for (const auto& worker : workers) totals_.add(static_cast<Summarizer&>(*worker).totals());
    close_stream(*file.source, *stream.reader, whole, reporter_);
  }

  void merge(const std::string& path) {
    Source source(path);
    std::string text;
    while (true) {
      const std::string more = read_head(source, std::size_t{1} << 20);
      if (more.empty()) break;
      text += more;
    }
    const Result<void> done = totals_.add_partial(text);
    if (!done) throw RunError(ExitCode::input, printable(source.name()) + ": " + message(done.error()));
  }

  // Are the ends of intervals asked for?
  bool shows_intervals() const {
    const auto is_end = [](std::string_view column) {
      return column.find("_low_") != column.npos || column.find("_high_") != column.npos;
    };
    return columns_.empty() || std::any_of(columns_.begin(), columns_.end(), is_end);
  }

  // Where a header fixes the fields, a key that is none of them is a mistake.
  void check_keys(const RecordReader& reader) const {
    if (reader.header().empty()) return;
    for (const std::string& key : totals_.keys()) {
      bool known = is_worked_out(key);
      const std::vector<std::string_view> aliases = other_names(key);
      std::vector<std::string_view> names;
      for (const std::string& name : reader.header()) {
        const auto is_it = [&](std::string_view word) {
          return name.size() == word.size() && folds_alike(name, word, Fold::name);
        };
        known = known || is_it(key) || std::any_of(aliases.begin(), aliases.end(), is_it);
        names.push_back(name);
      }
      if (known) continue;
      const std::vector<std::string_view> near = nearest(key, names, 3);
      throw usage(
          "--by: no column " + in_quotes(key) +
          (near.empty() ? "; the header has " + either(names) : "; did you mean " + either(near) + "?"));
    }
  }

  void print() const {
    if (options_.partial) {
      options_.output.print_text(totals_.partial());
      return;
    }
    const bool for_people = options_.output.format == "text";
    const Result<Sheet> sheet = totals_.sheet(top_, for_people);
    if (!sheet) throw RunError(ExitCode::input, message(sheet.error()));
    // nothing in, nothing out
    if (totals_.empty() && for_people) return;
    options_.output.print(columns_.empty() ? *sheet : with_columns(*sheet, totals_.keys().size(), columns_));
  }

  const Options& options_;
  Catalog catalog_;
  Record base_;
  ResolveOptions resolve_;
  StreamOptions stream_options_;
  ReaderOptions reader_options_;
  SiteMap site_;
  Reporter reporter_;
  Totals totals_;
  std::optional<std::size_t> top_;
  std::vector<std::string_view> columns_;
};

}  // namespace

int run_summarize(CommandLine line) {
  Options options;
  CLI::App app(
      "Totals of streams of jobs: energy, CO2e and accelerator-hours by group. Records that are not "
      "estimated yet are.",
      "footpound summarize");
  app.add_option("FILE", options.files, "streams; - is standard input")->required();
  app.add_option("--by", options.by, "fields of the records, separated by commas; also month (of start)")
      ->type_name("FIELDS")
      ->group("Groups");
  app.add_option("--top", options.top, "only the N groups with most CO2e")->type_name("N")->group("Groups");
  app.add_option("--columns", options.columns,
         "what to show of each group, separated by commas; the keys come first; all (default)")
      ->type_name("LIST")
      ->group("Output");
  app.add_flag("--partial", options.partial, "write totals that --merge adds exactly")->group("Shards");
  app.add_flag("--merge", options.merge, "add files that --partial wrote")->group("Shards");
  options.spec.add(app, &line);
  options.resolve.add(app);
  options.stream.add(app);
  options.slurm.add(app);
  options.output.add(app);
  if (const std::optional<int> done = parse_command_line(app, line)) return *done;
  return SummarizeRun(options).run();
}

}  // namespace footpound
