// SPDX-License-Identifier: MIT
// What every command over runs sets up in the same way: tables, site, the flags beneath the records,
// options, reporter; and how it reads its files.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "commands/log.hpp"
#include "commands/options.hpp"
#include "commands/stream_input.hpp"
#include "footpound/factors/catalog.hpp"
#include "memory/answerer.hpp"
#include "stream/progress.hpp"
#include "stream/reporter.hpp"

namespace footpound {

struct SessionFlags {
  SpecFlags spec;
  CatalogOptions catalog;
  ResolveFlags resolve;
  StreamFlags stream;
  SlurmFlags slurm;

  // In two parts, for help has the output's flags between them.
  void add_run(CLI::App& app, const CommandLine* line);
  void add_streams(CLI::App& app);
};

class Session {
 public:
  // Loads the tables and the map, and checks what the flags say, whatever the files hold. The flags have
  // to outlive it. Throws RunError.
  explicit Session(const SessionFlags& flags);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const Catalog& catalog() const { return catalog_; }
  const Log& log() const { return log_; }
  // Over which the records are laid.
  const Record& base() const { return base_; }
  AnswerOptions answers() const { return {resolve_, base_.stated, flags_.stream.plain}; }
  StreamOptions& streams() { return streams_; }
  const StreamOptions& streams() const { return streams_; }
  ReaderOptions& readers() { return readers_; }  // what the command wants of all readers
  Reporter& reporter() { return reporter_; }

  // Shows progress over the files, where a terminal is there to show it, until it is stopped.
  void show_progress(const std::vector<std::string>& files);
  void stop_progress();

  OpenedFile open(const std::string& path);
  // Takes the stream's header; no reader: a signal came before it.
  OpenedStream open_stream(OpenedFile& file, const ReaderOptions& options);

  // Takes the records of a stream through workers, one a thread, in the order of the file. `separator`
  // stands between two records of the output. Throws RunError.
  using MakeWorker = std::function<std::unique_ptr<Worker>()>;
  using EachWorker = std::function<void(Worker&)>;
  void run(
      const OpenedFile& file, OpenedStream& stream, const MakeWorker& make, std::string_view separator,
      Target& target, const EachWorker& when_done = [](Worker&) {});

  // Tells, once all are read, what readers noted of all of their records.
  void tell_closing_notes();
  // Tells of flags that no record needed, and why not, once all are read.
  void note_unneeded_flags(std::string_view why);
  // The last words, and the exit status: a signal's, or that of `failed` records.
  int end(std::uint64_t failed);

 private:
  void count(const CountedNote& note);

  const SessionFlags& flags_;
  Log log_;
  Catalog catalog_;
  Record base_;
  ResolveOptions resolve_;
  StreamOptions streams_;
  ReaderOptions readers_;
  Reporter reporter_;
  std::unique_ptr<Progress> progress_;
  std::uint64_t needed_flags_ = 0;  // bits of the fields
  bool wrote_ = false;              // a record has been written
  bool read_slurm_ = false;
  std::vector<CountedNote> closing_notes_;  // of all files
};

}  // namespace footpound
