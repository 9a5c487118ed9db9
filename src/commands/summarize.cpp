// SPDX-License-Identifier: MIT
// footpound summarize [FILE...] --by FIELDS: totals per group, the same whatever the order, the
// threads or the shards.
#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "commands/session.hpp"
#include "commands/sheet_output.hpp"
#include "factors/nearest.hpp"
#include "stream/interrupt.hpp"
#include "summary/summarizer.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

struct Options {
  std::vector<std::string> files;
  std::string by;
  std::string top;
  std::string columns;
  bool partial = false;
  bool merge = false;
  SessionFlags session;
  SheetOptions output{SheetsOf::totals};
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
Sheet with_columns(Sheet sheet, std::size_t keys, const std::vector<std::string_view>& names) {
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
  narrow.made.count = sheet.made.count;
  narrow.made.make = [make = std::move(sheet.made.make), kept = std::move(kept)](
                         std::size_t at, std::vector<Cell>& row) {
    std::vector<Cell> all;
    make(at, all);
    for (const std::size_t c : kept) row.push_back(std::move(all[c]));
  };
  return narrow;
}

class SummarizeRun {
 public:
  explicit SummarizeRun(const Options& options)
      : options_(options),
        session_(options.session),
        totals_(split_keys(options.by)),
        top_(parse_top(options.top)),
        columns_(parse_columns(options.columns)) {
    options.output.chosen_format();
    if (options.partial && !columns_.empty())
      throw usage("--columns: a partial holds all of them; state it with --merge");
    ReaderOptions& readers = session_.readers();
    readers.keep_own_fields = true;
    readers.marks_jobs = options.files.size() > 1;  // of one stream nothing is remembered
    readers.own_fields_wanted = totals_.keys();
    for (const std::string& key : totals_.keys()) {
      for (const std::string_view name : other_names(key)) readers.own_fields_wanted.emplace_back(name);
    }
    // a record is counted, never written: there is nothing to leave out
    OnError& on_error = session_.streams().on_error;
    if (on_error == OnError::skip) on_error = OnError::emit;
  }

  int run() {
    Target nowhere("/dev/null");
    if (!options_.merge) session_.show_progress(options_.files);
    for (const std::string& path : options_.files) {
      if (interrupted() != 0) break;
      if (options_.merge) {
        merge(path);
      } else {
        read(path, nowhere);
      }
    }
    session_.stop_progress();
    session_.tell_closing_notes();
    seen_.finish(totals_);
    tell_repeated();
    // totals of half the records would pass for totals of all
    if (interrupted() == 0) {
      print();
      session_.note_unneeded_flags("every record states its own, or has its figures already");
    }
    return session_.end(options_.merge ? totals_.failed() : session_.reporter().total().failed);
  }

 private:
  void read(const std::string& path, Target& nowhere) {
    OpenedFile file = session_.open(path);
    if (file.is_spec)
      throw RunError(ExitCode::input,
          printable(file.source->name()) + ": is a spec, not a stream; name the format with --in");
    if (file.format == nullptr || file.head.empty()) return;
    OpenedStream stream = session_.open_stream(file, session_.readers());
    if (stream.reader == nullptr) return;
    check_keys(*stream.reader, file.source->name());
    const auto make = [&] {
      return std::make_unique<Summarizer>(session_.catalog(), session_.answers(), totals_.keys(),
          stream.reader->encoding(), shows_intervals(), seen_);
    };
    std::vector<SeenJobs::Found> found;
    session_.run(file, stream, make, "", nowhere, [&](Worker& worker) {
      auto& summarizer = static_cast<Summarizer&>(worker);
      found.push_back(summarizer.take_found());
      totals_.add(summarizer.take_totals());
    });
    seen_.add(std::move(found));
  }

  void tell_repeated() {
    Reporter& reporter = session_.reporter();
    constexpr NoteWords once = {
        "record is", "records are", "of jobs that stand more than once: each job counts once"};
    constexpr NoteWords twice = {"job stands", "jobs stand",
        "twice in one file, with the same id and start, and counts twice; give each call of sacct a file of "
        "its own"};
    if (seen_.repeated() > 0) reporter.note(CountedNote{&once, seen_.repeated()}.text());
    if (seen_.twice_in_file() > 0) reporter.note(CountedNote{&twice, seen_.twice_in_file()}.text());
    if (seen_.is_full()) {
      reporter.note(fmt::format("more than {} jobs: whether those behind stand in several files is not known",
          SeenJobs::most_jobs));
    }
  }

  void merge(const std::string& path) {
    Source source(path);
    PartialReader reader(totals_);
    const auto check = [&](const Result<void>& done) {
      if (!done) throw RunError(ExitCode::input, printable(source.name()) + ": " + message(done.error()));
    };
    std::string text;
    while (true) {
      const std::string more = read_head(source, std::size_t{1} << 20);
      if (more.empty()) break;
      text += more;
      const std::size_t whole = text.rfind('\n') + 1;  // 0 where no line has ended
      check(reader.read(std::string_view(text).substr(0, whole)));
      text.erase(0, whole);
    }
    check(reader.read(text));
    check(reader.finish());
  }

  // Are the ends of intervals asked for?
  bool shows_intervals() const {
    const auto is_end = [](std::string_view column) {
      return column.find("_low_") != column.npos || column.find("_high_") != column.npos;
    };
    return columns_.empty() || std::any_of(columns_.begin(), columns_.end(), is_end);
  }

  // Where a header fixes the fields, a key that is none of them is a mistake, and one that is two of
  // them is ambiguous in every record.
  void check_keys(const RecordReader& reader, const std::string& source) const {
    const std::span<const std::string> header = reader.header();
    if (header.empty()) return;
    const auto place = [&](std::string_view wanted) {
      const std::size_t found =
          place_of(wanted, header.size(), [&](std::size_t i) { return std::string_view(header[i]); });
      if (found == several_places) {
        throw RunError(ExitCode::input, printable(source) + ": " + in_quotes(wanted) +
                                            " is the name of several columns; leave one of them out");
      }
      return found;
    };
    for (const std::string_view figure : figure_names()) place(figure);
    for (const std::string& key : totals_.keys()) {
      const std::vector<std::string_view> aliases = other_names(key);
      const bool known = place(key) != no_place || is_worked_out(key) ||
                         std::any_of(aliases.begin(), aliases.end(),
                             [&](std::string_view alias) { return place(alias) != no_place; });
      if (known) continue;
      const std::vector<std::string_view> names(header.begin(), header.end());
      const std::vector<std::string_view> near = nearest(key, names, 3);
      throw usage(
          "--by: no column " + in_quotes(key) +
          (near.empty() ? "; the header has " + either(names) : "; did you mean " + either(near) + "?"));
    }
  }

  void print() const {
    if (const Result<void> fine = totals_.check(); !fine)
      throw RunError(ExitCode::input, message(fine.error()));
    if (options_.partial) {
      Target target(options_.output.file);
      std::string out;
      totals_.write_partial([&](std::string_view line) {
        out += line;
        if (out.size() < much_text) return;
        target.write(out);
        out.clear();
      });
      target.write(out);
      target.finish();
      return;
    }
    const bool for_people = options_.output.chosen_format().for_people;
    // nothing in, nothing out
    if (totals_.empty() && for_people) return;
    Sheet sheet = totals_.sheet(top_, for_people);
    options_.output.print(
        columns_.empty() ? sheet : with_columns(std::move(sheet), totals_.keys().size(), columns_));
  }

  const Options& options_;
  Session session_;
  Totals totals_;
  SeenJobs seen_;
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
  options.session.add_run(app, &line);
  options.session.add_streams(app);
  options.output.add(app);
  if (const std::optional<int> done = parse_command_line(app, line)) return *done;
  return SummarizeRun(options).run();
}

}  // namespace footpound
