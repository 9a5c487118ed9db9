// SPDX-License-Identifier: MIT
// footpound estimate [FILE...]: one run from flags or a spec, or streams of runs.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "commands/estimate.hpp"
#include "commands/log.hpp"
#include "commands/options.hpp"
#include "commands/stream_input.hpp"
#include "factors/nearest.hpp"
#include "factors/prices.hpp"
#include "read/spec_reader.hpp"
#include "record/fields.hpp"
#include "stream/estimator.hpp"
#include "stream/interrupt.hpp"
#include "words/explain.hpp"

namespace footpound {

// One run of the command, from the parsed options to the exit status.
class EstimateRun {
 public:
  explicit EstimateRun(const EstimateOptions& options)
      : options_(options),
        log_(options.stream.verbose),
        base_(options.spec.base()),
        resolve_(options.resolve.options()),
        stream_options_(options.stream.options()),
        reporter_(stderr, options.stream.quiet) {
    options.catalog.load(catalog_);
    log_.say("data {}", catalog_.data_version());
    prepare_writer_options();
    reader_options_.longest_record = stream_options_.longest_record;
    reader_options_.timezone_stated = options.spec.timezone_stated();
    reader_options_.catalog = &catalog_;
    options.slurm.apply(catalog_, reader_options_);
  }

  // A spec from inside the program; nothing is written. Throws RunError.
  std::string answer_spec(const std::string& text, ExitCode failed) {
    std::optional<SpecError> wrong;
    std::vector<SpecFile> specs(1);
    specs.front().records = read_specs(text, base_.spec, wrong);
    if (wrong) throw RunError(failed, message(wrong->error));
    writer_ = make_writer("text", nullptr);
    std::string out;
    answer_all(specs, failed, out);
    return out;
  }

  int run() {
    if (options_.files.empty()) return one_off();
    // the output is opened before any work is done
    Target target(options_.output.file);
    const std::unique_ptr<Progress> progress = progress_of(options_.files, options_.stream);
    reporter_.watch(progress.get());
    for (const std::string& file : options_.files) {
      if (interrupted() == 0) read_file(file, target);
    }
    if (!specs_.empty() && interrupted() == 0) answer_specs(target);
    if (!writer_ && specs_.empty() && options_.output.format == "json") {
      // nothing in, nothing out; but JSON's nothing is a document
      writer_options_.several = true;
      writer_ = make_writer("json", nullptr);
    }
    if (writer_) {
      std::string tail;
      if (!begun_) writer_->begin(tail);
      writer_->end(tail);
      target.write(tail);
    }
    if (interrupted() == 0) {
      target.finish();
      note_unneeded_flags();
    }
    reporter_.summary();
    reporter_.watch(nullptr);
    if (interrupted() != 0) return 128 + interrupted();
    return static_cast<int>(reporter_.total().failed > 0 ? ExitCode::some_records_failed : ExitCode::ok);
  }

 private:
  void prepare_writer_options() {
    writer_options_.catalog = &catalog_;
    writer_options_.explain = options_.output.explain;
    writer_options_.header = options_.output.header(options_.stream.has_header());
    writer_options_.colour = options_.output.colour_on_stdout();
    writer_options_.equivalents_stated = !options_.output.equivalents.empty();
    if (writer_options_.equivalents_stated) writer_options_.equivalents = options_.output.equivalents;
    const std::vector<std::string_view> sets = equivalent_sets(catalog_);
    if (std::find(sets.begin(), sets.end(), writer_options_.equivalents) == sets.end()) {
      throw usage(
          "--equivalents: unknown " + in_quotes(options_.output.equivalents) + "; known are " + either(sets));
    }
    if (!resolve_.prices.empty()) {
      if (Result<void> known = check_price_set(catalog_, resolve_.prices); !known)
        throw usage("--prices: " + message(known.error()));
    }
    if (!options_.output.columns.empty()) {
      Result<std::vector<const OutputField*>> columns = parse_columns(options_.output.columns);
      if (!columns) throw usage(message(columns.error()));
      writer_options_.columns = std::move(*columns);
      writer_options_.columns_stated = true;
    }
    // a wrong one is told whatever the input holds
    if (options_.output.bibtex || !options_.output.format.empty()) chosen_format({});
  }

  // What is asked for, or `natural`. Throws RunError where the format and its options do not fit.
  const OutputFormat& chosen_format(std::string_view natural) const {
    if (options_.output.bibtex && !options_.output.format.empty()) {
      throw usage("--bibtex: is a format of its own; leave out --format");
    }
    const std::string_view name = options_.output.bibtex           ? "bibtex"
                                  : options_.output.format.empty() ? natural
                                                                   : options_.output.format;
    const OutputFormat* format = find_output_format(name);
    if (format == nullptr)
      throw usage("--format: unknown " + in_quotes(name) + "; it is " + either(names_of(output_formats())));
    if (options_.output.explain && (name == "csv" || name == "tsv")) {
      throw usage("--explain: " + std::string(name) + " has no room for it; write -f text, json or ndjson");
    }
    if (writer_options_.columns_stated && !format->takes_columns) {
      throw usage(
          "--columns: " + std::string(name) + " has no columns; write -f csv, tsv, ndjson, json or markdown");
    }
    return *format;
  }

  std::unique_ptr<RecordWriter> make_writer(std::string_view natural_format, const RecordReader* reader) {
    const OutputFormat& format = chosen_format(natural_format);
    if (!writer_options_.columns_stated) {
      writer_options_.columns =
          reader == nullptr && format.name == "json" ? all_columns() : default_columns();
    }
    Result<std::unique_ptr<RecordWriter>> writer = format.make(writer_options_, reader);
    if (!writer) throw usage(message(writer.error()));
    log_.say("writing {}", format.name);
    return std::move(*writer);
  }

  int one_off() {
    if (!options_.spec.any()) {
      throw usage(
          "nothing to estimate; state a run (--gpu NAME --gpu-count N --hours H --region NAME), or name a "
          "FILE, or - for standard input");
    }
    if (options_.slurm.any())
      throw usage("--map and --slurm-energy are for Slurm's records: name the FILE that sacct wrote");
    Target target(options_.output.file);
    std::vector<SpecFile> specs(1);
    specs.front().records.emplace_back().spec = base_.spec;
    writer_ = make_writer("text", nullptr);
    std::string out;
    answer_all(specs, ExitCode::usage, out);
    target.write(out);
    target.finish();
    return 0;
  }

  // The specs of one file; its name is "" where they come from no file.
  struct SpecFile {
    std::string name;
    std::unique_ptr<std::string> text;  // which the records point into
    std::vector<Record> records;
  };

  // All or nothing: a failed spec writes nothing.
  void answer_all(std::vector<SpecFile>& files, ExitCode failed, std::string& out) {
    Estimator estimator(catalog_, answers(), *writer_);
    writer_->begin(out);
    bool first = true;
    for (SpecFile& file : files) {
      for (Record& record : file.records) {
        if (!std::exchange(first, false)) out += writer_->separator();
        const std::optional<Error>& error = estimator.record(record, out);
        if (error)
          throw RunError(failed, file.name.empty() ? flag_message(*error)
                                                   : fmt::format("{}:{}: {}", file.name, record.line,
                                                         message(as_failure(*error))));
      }
    }
    writer_->end(out);
    needed_ |= estimator.flags_needed();
  }

  AnswerOptions answers() const { return {resolve_, base_.stated, options_.stream.plain}; }

  // Messages speak the user's language: a flag where flags were used.
  std::string flag_message(const Error& error) const {
    Error said = as_failure(error);
    if (const Field* field = find_field(error.field)) {
      const std::string_view word = options_.spec.said(*field);
      said.field = word.empty() ? field->flag : word;
    }
    return message(said);
  }

  void read_file(const std::string& path, Target& target) {
    OpenedFile file = open_file(path, options_.stream.in, stream_options_.block_size);
    if (file.is_spec ? begun_ : !specs_.empty()) {
      throw usage(printable(file.source->name()) +
                  ": specs and streams do not go into one output; estimate them apart");
    }
    if (file.is_spec) {
      read_spec(*file.source, std::move(file.head));
      return;
    }
    if (file.format == nullptr || file.head.empty()) return;  // nothing in, nothing out
    log_.say("{}: {}", printable(file.source->name()), file.format->name);
    read_slurm_ = read_slurm_ || file.format->name == "sacct" || file.format->name == "sacct-json";
    read_stream(file, target);
  }

  void read_spec(Source& source, std::string head) {
    SpecFile file{printable(source.name()), std::make_unique<std::string>(std::move(head)), {}};
    std::string& text = *file.text;
    while (text.size() <= stream_options_.longest_record) {
      const std::string more = read_head(source, std::size_t{1} << 16);
      if (more.empty()) break;
      text += more;
    }
    if (text.size() > stream_options_.longest_record) {
      throw RunError(
          ExitCode::input, file.name + ": is too long for a spec; a stream is NDJSON or CSV (--in ndjson)");
    }
    if (interrupted() != 0) return;
    std::optional<SpecError> wrong;
    file.records = read_specs(text, base_.spec, wrong);
    if (wrong)
      throw RunError(
          ExitCode::input, fmt::format("{}:{}: {}", file.name, wrong->line, message(wrong->error)));
    specs_.push_back(std::move(file));
  }

  // However many files they come from, they are one document.
  void answer_specs(Target& target) {
    writer_options_.several = specs_.size() > 1 || is_spec_array(*specs_.front().text);
    writer_ = make_writer("text", nullptr);
    std::string out;
    answer_all(specs_, ExitCode::input, out);
    target.write(out);
    writer_.reset();
  }

  void read_stream(OpenedFile& file, Target& target) {
    const OutputFormat* out_format = find_output_format(options_.output.format);
    const std::string_view natural = file.format->writes;
    ReaderOptions reader_options = reader_options_;
    reader_options.keep_own_fields =
        out_format != nullptr && (out_format->needs_own_fields || out_format->name != natural);
    OpenedStream stream = open_stream(file, reader_options, options_.stream, reporter_);
    if (stream.reader == nullptr) return;

    if (writer_ == nullptr) {
      writer_ = make_writer(natural, stream.reader.get());
      header_ = stream.reader->raw_header();
    } else if (header_ != stream.reader->raw_header()) {
      throw RunError(
          ExitCode::input, printable(file.source->name()) +
                               ":1: its header differs from the first file's; estimate the files one by one");
    }
    if (!begun_) {
      std::string begin;
      writer_->begin(begin);
      target.write(begin);
      begun_ = true;
    }

    std::vector<std::unique_ptr<Worker>> workers;
    for (unsigned i = 0; i < threads_for(file.head.size(), stream_options_); ++i) {
      workers.push_back(std::make_unique<Estimator>(catalog_, answers(), *writer_));
    }
    StreamJob job{*file.source, std::move(stream.head), *stream.reader, base_.spec, writer_->separator(),
        stream.first_line};
    const bool whole = run_stream(job, workers, wrote_, target, reporter_, stream_options_);
    for (const auto& worker : workers) needed_ |= static_cast<Estimator&>(*worker).flags_needed();
    close_stream(*file.source, *stream.reader, whole, reporter_);
    readers_.push_back(std::move(stream.reader));
  }

  void note_unneeded_flags() {
    if (reporter_.total().records == 0) return;
    if (options_.slurm.any() && !read_slurm_)
      reporter_.note("--map and --slurm-energy were not needed: no records are Slurm's");
    for (const Field& field : fields()) {
      const bool of_place_or_hardware =
          field.group == FieldGroup::place || field.group == FieldGroup::hardware;
      const bool unneeded = (base_.stated & ~needed_ & bit(field)) != 0;
      if (of_place_or_hardware && unneeded)
        reporter_.note(std::string(field.flag) + " was not needed: every record states its own");
    }
  }

  const EstimateOptions& options_;
  Log log_;
  Catalog catalog_;
  ReaderOptions reader_options_;
  Record base_;
  ResolveOptions resolve_;
  StreamOptions stream_options_;
  Reporter reporter_;
  WriterOptions writer_options_;
  std::unique_ptr<RecordWriter> writer_;
  std::vector<std::unique_ptr<RecordReader>> readers_;
  std::vector<SpecFile> specs_;
  std::string header_;
  std::uint64_t needed_ = 0;
  bool begun_ = false;
  bool wrote_ = false;
  bool read_slurm_ = false;
};

SpecEstimate::SpecEstimate(const EstimateOptions& options) : run_(std::make_unique<EstimateRun>(options)) {}
SpecEstimate::~SpecEstimate() = default;
std::string SpecEstimate::answer(const std::string& spec, ExitCode failed) {
  return run_->answer_spec(spec, failed);
}

int run_estimate(CommandLine line) {
  EstimateOptions options;
  CLI::App app(
      "Energy and CO2e of one training run (from flags or a JSON spec), or of a stream of runs (NDJSON, CSV, "
      "sacct ...).",
      "footpound estimate");
  app.add_option("FILE", options.files, "spec or stream; - is standard input");
  options.spec.add(app, &line);
  options.catalog.add(app);
  options.resolve.add(app);
  options.output.add(app);
  options.stream.add(app);
  options.slurm.add(app);
  if (const std::optional<int> done = parse_command_line(app, line)) return *done;
  return EstimateRun(options).run();
}

}  // namespace footpound
