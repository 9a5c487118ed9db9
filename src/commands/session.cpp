// SPDX-License-Identifier: MIT
#include "commands/session.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "factors/nearest.hpp"
#include "factors/prices.hpp"
#include "stream/interrupt.hpp"

namespace footpound {

void SessionFlags::add_run(CLI::App& app, const CommandLine* line) {
  spec.add(app, line);
  catalog.add(app);
  resolve.add(app);
}

void SessionFlags::add_streams(CLI::App& app) {
  stream.add(app);
  slurm.add(app);
}

Session::Session(const SessionFlags& flags)
    : flags_(flags),
      log_(flags.stream.verbose),
      base_(flags.spec.base()),
      resolve_(flags.resolve.options()),
      streams_(flags.stream.options()),
      reporter_(stderr, flags.stream.quiet) {
  flags.catalog.load(catalog_);
  log_.print("data {}", catalog_.data_version());
  if (!resolve_.prices.empty()) {
    if (const Result<void> known = check_price_set(catalog_, resolve_.prices); !known)
      throw usage("--prices: " + message(known.error()));
  }
  readers_.longest_record = streams_.longest_record;
  readers_.timezone_stated = flags.spec.timezone_stated();
  readers_.catalog = &catalog_;
  flags.slurm.apply(catalog_, readers_);
}

void Session::show_progress(const std::vector<std::string>& files) {
  progress_ = progress_of(files, flags_.stream);
  reporter_.watch(progress_.get());
}

void Session::stop_progress() {
  reporter_.watch(nullptr);
  progress_.reset();
}

OpenedFile Session::open(const std::string& path) {
  return open_file(path, flags_.stream.in, streams_.block_size);
}

OpenedStream Session::open_stream(OpenedFile& file, const ReaderOptions& options) {
  log_.print("{}: {}", printable(file.source->name()), file.format->name);
  read_slurm_ = read_slurm_ || file.format->is_slurm;
  return footpound::open_stream(file, options, flags_.stream, reporter_);
}

void Session::run(const OpenedFile& file, OpenedStream& stream, const MakeWorker& make,
    std::string_view separator, Target& target, const EachWorker& when_done) {
  std::vector<std::unique_ptr<Worker>> workers;
  for (unsigned i = 0; i < threads_for(file.head.size(), streams_); ++i) workers.push_back(make());
  StreamJob job{
      *file.source, std::move(stream.head), *stream.reader, base_.spec, separator, stream.first_line};
  const bool whole = run_stream(job, workers, wrote_, target, reporter_, streams_);
  for (const std::unique_ptr<Worker>& worker : workers) {
    needed_flags_ |= worker->flags_needed();
    when_done(*worker);
  }
  for (const CountedNote& note : stream.reader->closing_notes()) count(note);
  try {
    if (whole) check_whole(*file.source, *stream.reader);
  } catch (...) {
    tell_closing_notes();
    throw;
  }
}

void Session::count(const CountedNote& note) {
  const auto same = [&](const CountedNote& known) { return known.words == note.words; };
  const auto known = std::find_if(closing_notes_.begin(), closing_notes_.end(), same);
  if (known == closing_notes_.end()) {
    closing_notes_.push_back(note);
  } else {
    known->count += note.count;
  }
}

void Session::tell_closing_notes() {
  for (const CountedNote& note : closing_notes_) reporter_.note(note.text());
  closing_notes_.clear();
}

void Session::note_unneeded_flags(std::string_view why) {
  if (reporter_.total().records == 0) return;
  if (flags_.slurm.any() && !read_slurm_)
    reporter_.note("--map and --slurm-energy were not needed: no records are Slurm's");
  for (const Field& field : fields()) {
    const bool of_place_or_hardware = field.group == FieldGroup::place || field.group == FieldGroup::hardware;
    const bool unneeded = (base_.stated & ~needed_flags_ & bit(field)) != 0;
    if (of_place_or_hardware && unneeded)
      reporter_.note(fmt::format("{} was not needed: {}", field.flag, why));
  }
}

int Session::end(std::uint64_t failed) {
  reporter_.summary();
  stop_progress();
  if (interrupted() != 0) return 128 + interrupted();
  return static_cast<int>(failed > 0 ? ExitCode::some_records_failed : ExitCode::ok);
}

}  // namespace footpound
