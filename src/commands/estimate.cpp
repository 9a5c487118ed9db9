// SPDX-License-Identifier: MIT
// footpound estimate [FILE...]: one run from flags or a spec, or streams of runs.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/run_error.hpp"
#include "commands/answer_output.hpp"
#include "commands/command_line.hpp"
#include "commands/estimate.hpp"
#include "read/spec_reader.hpp"
#include "record/fields.hpp"
#include "stream/estimator.hpp"
#include "stream/interrupt.hpp"

namespace footpound {

// One run of the command, from the parsed options to the exit status.
class EstimateRun {
 public:
  explicit EstimateRun(const EstimateOptions& options)
      : options_(options),
        session_(options.session),
        output_(options.output, session_.catalog(), options.session.stream.has_header()) {}

  // A spec from inside the program; nothing is written. Throws RunError.
  std::string answer_spec(const std::string& text, ExitCode failed) {
    std::optional<SpecError> wrong;
    std::vector<SpecFile> specs(1);
    specs.front().records = read_specs(text, session_.base().spec, wrong);
    if (wrong) throw RunError(failed, message(wrong->error));
    return answer_all(specs, *output_.writer_of_runs(false), failed);
  }

  int run() {
    if (options_.files.empty()) return one_off();
    // the output is opened before any work is done
    Target target(options_.output.file);
    session_.show_progress(options_.files);
    for (const std::string& file : options_.files) {
      if (interrupted() == 0) read_file(file, target);
    }
    if (!specs_.empty() && interrupted() == 0) answer_specs(target);
    // nothing in, nothing out; but where that is a document, nothing is one too
    if (!writer_ && specs_.empty()) writer_ = output_.writer_of_nothing();
    if (writer_) {
      std::string tail;
      if (!begun_) writer_->begin(tail);
      writer_->end(tail);
      target.write(tail);
    }
    session_.tell_closing_notes();
    if (interrupted() == 0) {
      target.finish();
      note_columns_left_out();
      session_.note_unneeded_flags("every record states its own");
    }
    return session_.end(session_.reporter().total().failed);
  }

 private:
  int one_off() {
    if (!options_.session.spec.any()) {
      throw usage(
          "nothing to estimate; state a run (--gpu NAME --gpu-count N --hours H --region NAME), or name a "
          "FILE, or - for standard input");
    }
    if (options_.session.slurm.any())
      throw usage("--map and --slurm-energy are for Slurm's records: name the FILE that sacct wrote");
    Target target(options_.output.file);
    std::vector<SpecFile> specs(1);
    specs.front().records.emplace_back().spec = session_.base().spec;
    target.write(answer_all(specs, *output_.writer_of_runs(false), ExitCode::usage));
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
  std::string answer_all(std::vector<SpecFile>& files, const RecordWriter& writer, ExitCode failed) {
    std::string out;
    Estimator estimator(session_.catalog(), session_.answers(), writer);
    writer.begin(out);
    bool first = true;
    for (SpecFile& file : files) {
      for (Record& record : file.records) {
        if (!std::exchange(first, false)) out += writer.separator();
        const std::optional<Error>& error = estimator.record(record, out);
        if (error)
          throw RunError(failed, file.name.empty() ? flag_message(*error)
                                                   : fmt::format("{}:{}: {}", file.name, record.line,
                                                         message(as_failure(*error))));
      }
    }
    writer.end(out);
    return out;
  }

  // Messages speak the user's language: a flag where flags were used.
  std::string flag_message(const Error& error) const {
    Error said = as_failure(error);
    if (const Field* field = find_field(error.field)) {
      const std::string_view word = options_.session.spec.said(*field);
      said.field = word.empty() ? field->flag : word;
    }
    return message(said);
  }

  void read_file(const std::string& path, Target& target) {
    OpenedFile file = session_.open(path);
    if (file.is_spec ? begun_ : !specs_.empty()) {
      throw usage(printable(file.source->name()) +
                  ": specs and streams do not go into one output; estimate them apart");
    }
    if (file.is_spec) {
      read_spec(*file.source, std::move(file.head));
    } else if (file.format != nullptr && !file.head.empty()) {  // nothing in, nothing out
      read_stream(file, target);
    }
  }

  void read_spec(Source& source, std::string head) {
    SpecFile file{printable(source.name()), std::make_unique<std::string>(std::move(head)), {}};
    std::string& text = *file.text;
    const std::size_t longest = session_.streams().longest_record;
    while (text.size() <= longest) {
      const std::string more = read_head(source, std::size_t{1} << 16);
      if (more.empty()) break;
      text += more;
    }
    if (text.size() > longest) {
      throw RunError(
          ExitCode::input, file.name + ": is too long for a spec; a stream is NDJSON or CSV (--in ndjson)");
    }
    if (interrupted() != 0) return;
    std::optional<SpecError> wrong;
    file.records = read_specs(text, session_.base().spec, wrong);
    if (wrong)
      throw RunError(
          ExitCode::input, fmt::format("{}:{}: {}", file.name, wrong->line, message(wrong->error)));
    specs_.push_back(std::move(file));
  }

  // However many files they come from, they are one document.
  void answer_specs(Target& target) {
    const bool several = specs_.size() > 1 || is_spec_array(*specs_.front().text);
    target.write(answer_all(specs_, *output_.writer_of_runs(several), ExitCode::input));
  }

  void read_stream(OpenedFile& file, Target& target) {
    const std::string_view natural = file.format->writes;
    const OutputFormat& format = output_.format(natural);
    ReaderOptions options = session_.readers();
    options.keep_own_fields = format.needs_own_fields || format.name != natural;
    OpenedStream stream = session_.open_stream(file, options);
    if (stream.reader == nullptr) return;

    if (writer_ == nullptr) {
      source_ = stream.reader->shape();
      if (format.has_header && source_.header.empty())
        source_.header = names_of_first_record(file, stream, options);
      writer_ = output_.writer_of_stream(natural, source_);
      session_.log().print("writing {}", format.name);
    } else if (source_.raw_header != stream.reader->raw_header()) {
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
    const auto make = [&] {
      return std::make_unique<Estimator>(session_.catalog(), session_.answers(), *writer_);
    };
    session_.run(file, stream, make, writer_->separator(), target,
        [&](Worker& worker) { left_out_.add(static_cast<const Estimator&>(worker).left_out()); });
    readers_.push_back(std::move(stream.reader));
  }

  // Records that name their own fields have no header in common: those of the first make the columns.
  void note_columns_left_out() {
    if (left_out_.records == 0) return;
    session_.reporter().note(fmt::format(
        "records with own fields that the first one has no column for, {} among them: {}; such fields are "
        "left out, -f ndjson keeps them",
        in_quotes(left_out_.example), left_out_.records));
  }

  const EstimateOptions& options_;
  Session session_;
  AnswerOutput output_;
  SourceShape source_;  // of the first stream
  std::unique_ptr<RecordWriter> writer_;
  std::vector<std::unique_ptr<RecordReader>> readers_;
  std::vector<SpecFile> specs_;
  LeftOut left_out_;
  bool begun_ = false;
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
  options.session.add_run(app, &line);
  options.output.add(app);
  options.session.add_streams(app);
  if (const std::optional<int> done = parse_command_line(app, line)) return *done;
  return EstimateRun(options).run();
}

}  // namespace footpound
