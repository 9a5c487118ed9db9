// SPDX-License-Identifier: MIT
// footpound measure: the energy of a command, of a while, or of a log that is there already.
#include <unistd.h>

#include <array>

#include <fmt/format.h>

#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "commands/measure_files.hpp"
#include "commands/measure_options.hpp"
#include "measure/child.hpp"
#include "measure/local_rank.hpp"
#include "measure/record.hpp"
#include "measure/report.hpp"
#include "measure/trace.hpp"
#include "stream/message_output.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

using namespace measure;

std::optional<Duration> stated_duration(const char* flag, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const Result<Amount> amount = parse_amount(text, UnitKind::duration);
  if (!amount) throw usage(std::string(flag) + ": " + message(amount.error()));
  if (!(amount->value >= 0) || amount->log_sd > 0)
    throw usage(std::string(flag) + ": " + in_quotes(text) + " is no length of time");
  return hours(amount->value);
}

// Within what a clock of nanoseconds holds.
nanoseconds clock_time(const char* flag, const std::string& text, nanoseconds least, nanoseconds most) {
  const Duration time = *stated_duration(flag, text);
  if (time < duration(least) || time > duration(most)) {
    throw usage(fmt::format("{}: {} is not from {} to {}", flag, in_quotes(text), time_text(duration(least)),
        time_text(duration(most))));
  }
  return nanoseconds(static_cast<nanoseconds::rep>(in_seconds(time) * 1e9));
}

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "this host";
  return name.data();
}

// One run of the command.
class MeasureRun {
 public:
  MeasureRun(const MeasureOptions& options, CommandLine line)
      : options_(options), line_(std::move(line)), files_(options) {
    check_what();
    interval_ = clock_time("--interval", options.interval, shortest_interval, longest_interval);
    said_.total = stated_duration("--total-hours", options.total_hours);
    said_.warm_up = stated_duration("--warm-up", options.warm_up);
    if (!options.covers.empty()) {
      const Result<Share> share = parse_share(options.covers);
      if (!share) throw usage("--covers: " + message(share.error()));
      said_.covers = *share;
    }
    prepare_output();
  }

  int run() {
    if (!options_.log.empty()) return read_log();
    rank_ = local_rank(options_.places.environment);
    return line_.has_child ? run_child() : watch();
  }

 private:
  void check_what() const {
    std::vector<std::string> asked;
    if (!options_.length.empty()) asked.emplace_back("--for");
    if (!options_.log.empty()) asked.emplace_back("--log");
    if (line_.has_child && !line_.child.empty()) asked.emplace_back("the command behind --");
    if (asked.size() > 1) {
      throw usage(fmt::format("{}: one thing is measured at a time; drop {} or {}", fmt::join(asked, " and "),
          asked.front(), fmt::join(asked.begin() + 1, asked.end(), " and ")));
    }
    if (asked.empty() || (line_.has_child && line_.child.empty())) {
      throw usage(
          "nothing to measure; write footpound measure [options] -- COMMAND..., or --for 60s, or --log FILE");
    }
    if (!options_.covers.empty() && !options_.total_hours.empty()) {
      throw usage("--covers and --total-hours say the same; leave one out");
    }
    const bool live = options_.log.empty();
    if (!live && (!options_.trace.empty() || !options_.meters.empty()))
      throw usage("--trace and --meters are not for a log");
    if (live && !(options_.log_format + options_.log_columns + options_.log_part).empty()) {
      throw usage("--log-format, --log-columns and --log-part need --log FILE");
    }
  }

  // What is wrong with the place, the tables or the output shows before a long run, not after it.
  void prepare_output() {
    if (options_.estimate.session.spec.any()) {
      estimate_ = std::make_unique<SpecEstimate>(options_.estimate);
      // what the record will say of the hardware is not known yet: no check where that matters
      const bool whole_node = options_.estimate.session.resolve.boundary != "accelerators";
      if (whole_node && !options_.estimate.session.spec.base().spec.embodied) {
        estimate_->answer(R"({"measured_it_energy_kwh": 1, "hours": 1})", ExitCode::usage);
      }
    }
    const std::string& file = options_.estimate.output.file;
    if (!file.empty() && !estimate_)
      throw usage("--output is for the estimate; the record goes to --record FILE");
    // with a command, standard output is the command's
    const bool to_stdout = !line_.has_child && (estimate_ || options_.record.empty());
    if (to_stdout && (file.empty() || file == "-")) {
      for (const auto& [flag, path] : {std::pair{"--record", options_.record}, {"--trace", options_.trace}}) {
        if (path == "-")
          throw usage(
              std::string(flag) + " -: standard output has " +
              (estimate_ ? "the estimate; write it to -o FILE" : "the record; write it to --record FILE"));
      }
    }
    if (to_stdout || !file.empty()) target_ = std::make_unique<Target>(file);
    if (target_ && line_.has_child) target_->outlive_reader();  // the command's status does
  }

  int read_log() {
    open_files();
    const std::string& log = options_.log;
    const std::string name = log == "-" ? "standard input" : log.substr(log.find_last_of('/') + 1);
    Told told;
    told.measurement = read_log_file(options_);
    check_warm_up(duration(told.measurement.window));
    keep(told, name);
    return report(told);
  }

  bool is_other_rank() const { return rank_ && rank_->rank > 0; }

  std::string rank_note() const {
    return fmt::format("local rank {} ({}): the meters are the whole node's, and local rank 0 reports them",
        rank_->rank, rank_->variable);
  }

  Rig open_rig() const {
    if (is_other_rank()) return {};
    Places places = options_.places;
    places.all_gpus = options_.all_gpus;
    Result<Rig> rig = open_meters(places, list_of(options_.meters));
    if (!rig) throw usage("--meters: " + message(rig.error()));
    return std::move(*rig);
  }

  void open_files() {
    if (!is_other_rank()) files_.open();
  }

  SampleOptions sample_options() {
    SampleOptions options;
    options.interval = interval_;
    if (files_.has_trace())
      options.trace = [this](const Look& look) { files_.write_trace(trace_line(look)); };
    return options;
  }

  int run_child() {
    open_files();
    // signals are held back before the driver's library starts threads of its own, and until the
    // record is kept
    ProcessWorld world;
    Told told;
    {
      Rig rig = open_rig();
      Sampled sampled = sample(rig, world, sample_options(), [&] { return world.start(line_.child); });
      const ChildEnd& end = *world.child_end();
      if (end.start_error != 0) {
        write_message(
            stderr, fmt::format("footpound: {}: {}\n", printable(line_.child.front()), how_it_ended(end)));
        return shell_status(end);
      }
      told.ending = how_it_ended(end);
      if (sampled.looks == 0 && !rank_) told.ending += ", before the first look at the meters while it ran";
      if (end.left_processes)
        told.ending += ", and left processes running; what they draw from here on is not measured";
      add_notes(sampled.measurement, rig);
      told.measurement = std::move(sampled.measurement);
      told.statuses = std::move(rig.statuses);
    }
    keep(told, host_name());
    world.let_go();
    // whatever becomes of our answer, the status is the command's
    try {
      report(told);
    } catch (const std::exception& error) {
      write_message(stderr,
          fmt::format("footpound: {}\nfootpound: there is no estimate; the exit status is the command's\n",
              error.what()));
    }
    return shell_status(*world.child_end());
  }

  int watch() {
    const nanoseconds length =
        clock_time("--for", options_.length, shortest_interval, std::chrono::hours(24 * 366));
    check_warm_up(duration(length));
    if (is_other_rank()) {
      write_message(stderr, "footpound: " + rank_note() + "\n");
      return 0;
    }
    Told told;
    int stopped_by = 0;
    {
      ProcessWorld world;
      Rig rig = open_rig();
      if (rig.meters.empty())
        throw RunError(ExitCode::input, "nothing can be measured here\n" + why_not(rig.statuses));
      open_files();
      SampleOptions options = sample_options();
      options.length = length;
      told.measurement = sample(rig, world, options).measurement;
      add_notes(told.measurement, rig);
      told.statuses = std::move(rig.statuses);
      stopped_by = world.stopped_by();
      keep(told, host_name());
    }
    const int status = report(told);
    return stopped_by != 0 ? 128 + stopped_by : status;
  }

  static std::string why_not(const std::vector<MeterStatus>& statuses) {
    std::string out;
    for (const MeterStatus& status : statuses)
      out += (out.empty() ? "" : "\n") + ("  no " + status.name + ": " + status.what);
    return out;
  }

  void add_notes(Measurement& measurement, const Rig& rig) const {
    measurement.notes.insert(measurement.notes.end(), rig.notes.begin(), rig.notes.end());
    if (!rank_) return;
    measurement.notes.push_back(is_other_rank() ? rank_note()
                                                : "local rank 0 (" + rank_->variable +
                                                      "): reports the whole node, for its other ranks too");
  }

  // A command's length is not known before its end: there it is a note.
  void check_warm_up(Duration window) const {
    if (said_.warm_up && !(*said_.warm_up < window))
      throw usage("--warm-up: " + time_text(*said_.warm_up) + " is not less than what is measured, " +
                  time_text(window));
  }

  // What there is to tell of a measurement.
  struct Told {
    Measurement measurement;
    std::vector<MeterStatus> statuses;
    std::string ending;  // of the command
    std::optional<WholeRun> whole;
    std::optional<std::string> record;
    bool kept = true;
  };

  // The record first: a report that cannot be written must not cost it.
  void keep(Told& told, const std::string& name) {
    told.whole = whole_run(told.measurement, said_, told.measurement.notes);
    told.record = record_text(told.measurement, name, told.whole);
    told.kept = files_.keep(told.record);
  }

  // Report and estimate; the exit status where there is no command that has one.
  int report(const Told& told) {
    write_message(
        stderr, report_text(told.measurement, ReportOptions{told.whole, told.statuses, told.ending}));
    if (!told.record) return static_cast<int>(ExitCode::input);
    const std::string answer = estimate_ ? estimate_->answer(*told.record, ExitCode::input) : std::string();
    if (target_) {
      target_->write(estimate_ ? answer : *told.record);
      target_->finish();
    } else {
      write_message(stderr, answer);
    }
    return static_cast<int>(told.kept ? ExitCode::ok : ExitCode::output);
  }

  const MeasureOptions& options_;
  CommandLine line_;
  MeasureFiles files_;
  nanoseconds interval_{0};
  SaidOfRun said_;
  std::unique_ptr<SpecEstimate> estimate_;
  std::unique_ptr<Target> target_;
  std::optional<LocalRank> rank_;
};

}  // namespace

int run_measure(CommandLine line) {
  MeasureOptions options;
  CLI::App app(
      "Measures the energy of a command (footpound measure [options] -- COMMAND...), of a while, or of a "
      "power\n"
      "log, and scales a sample to the whole run. With a place (--region FR ...) it estimates CO2e in one "
      "go.",
      "footpound measure");
  options.add(app);
  if (const std::optional<int> done = parse_command_line(app, line)) return *done;
  return MeasureRun(options, std::move(line)).run();
}

}  // namespace footpound
