// SPDX-License-Identifier: MIT
// Where bytes come from and go to: file descriptors, so that pipes, files and tests are one.
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "stream/unfinished.hpp"
#include "text/lone_returns.hpp"

namespace footpound {

// Reads a file, or standard input for "-". Throws RunError (input) with path and reason.
class Source {
 public:
  explicit Source(const std::string& path);
  ~Source();
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  // Bytes read, 0 at the end and when a signal has come. A byte-order mark in front is dropped.
  std::size_t read(char* buffer, std::size_t size);
  // From now on, carriage returns that end lines are read as line feeds.
  void end_lines_by(const LoneReturns& returns) { returns_ = returns; }
  const std::string& name() const { return name_; }
  std::optional<std::uint64_t> size() const { return size_; }  // of a regular file

 private:
  std::size_t read_some(char* buffer, std::size_t size);
  void read_start();

  std::string name_;
  int descriptor_;
  std::optional<std::uint64_t> size_;
  std::optional<std::string> start_;  // first bytes that have not been handed out; none: not read yet
  std::optional<LoneReturns> returns_;
  bool waits_ = false;  // a pipe or the like: nothing may come for long
};

// Writes to standard output, or to a file that takes its name only when all of it is there (or at once,
// where that is asked for): the name a link stands for, and the rights of the file that had it. Throws
// RunError (output). A reader that went away ends the program quietly, by SIGPIPE even where that was
// ignored. One that stands still after a signal is given up.
class Target {
 public:
  // When a file has its name: with all that is in it, or from the start, for those who follow it.
  enum class Named : unsigned char { when_whole, at_once };

  explicit Target(const std::string& path, Named named = Named::when_whole);  // "" and "-": standard output
  ~Target();                                                                  // an unfinished file is removed
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;

  // From now on such a reader is a RunError: something hangs on what comes after.
  void outlive_reader() { outlives_reader_ = true; }

  void write(std::string_view bytes);
  void finish();  // not to be called for what a signal cut short

 private:
  bool make_room();
  void begin_file(const struct stat* before);  // the file of its name, where there is one

  std::string path_;   // as it was said
  std::string place_;  // where the file goes in the end
  std::string temporary_;
  Unfinished unfinished_;
  int descriptor_;
  bool waits_ = false;  // a pipe or the like: its reader may stand still
  bool given_up_ = false;
  bool outlives_reader_ = false;
};

}  // namespace footpound
