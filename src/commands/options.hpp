// SPDX-License-Identifier: MIT
// Options that several commands share, each group added to a command's CLI11 app at once.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "commands/command_line.hpp"
#include "estimate/resolve.hpp"
#include "footpound/factors/catalog.hpp"
#include "read/slurm/slurm_options.hpp"
#include "record/fields.hpp"
#include "stream/engine.hpp"
#include "write/output_formats.hpp"

namespace footpound {

// One flag for each input field.
class SpecFlags {
 public:
  // With the command line, messages name flags as they were written ("--gpu").
  void add(CLI::App& app, const CommandLine* line = nullptr);
  // The base, over which records are laid. Texts point into this object. Throws RunError
  // (usage) naming the flag.
  Record base() const;
  bool any() const;
  // The field's flag as the line has it; "" where it does not.
  std::string_view said(const Field& field) const;
  bool timezone_stated() const { return !timezone_.empty(); }

 private:
  struct Flag {
    const Field* field;
    std::string value;
    CLI::Option* option;
  };
  std::deque<Flag> flags_;
  const CommandLine* line_ = nullptr;
  std::string timezone_;
};

struct CatalogOptions {
  std::vector<std::string> tables;
  void add(CLI::App& app);
  void load(Catalog& catalog) const;  // also FOOTPOUND_TABLES, first; throws RunError
};

struct ResolveFlags {
  std::string boundary;
  std::string prices;
  bool strict = false;
  void add(CLI::App& app);
  ResolveOptions options() const;
};

struct OutputFlags {
  std::string format;
  std::string columns;
  std::string file;
  std::string colour = "auto";
  std::string equivalents;
  bool explain = false;
  bool no_fence = false;
  bool no_header = false;
  std::string header_out;  // "yes", "no"; empty: as the input has it
  bool bibtex = false;
  void add(CLI::App& app);
  bool colour_on_stdout() const;
  bool header(bool input_has_one) const;
};

struct StreamFlags {
  std::string in;
  std::string on_error = "emit";
  std::string threads;  // empty: all cores
  std::string max_record = "16MiB";
  std::string block;
  std::string header_in;  // "yes" (default), "no"
  std::string fields;     // the columns' names, where there is no header
  bool quiet = false;
  bool verbose = false;
  bool plain = false;  // hidden: to compare with
  void add(CLI::App& app);
  StreamOptions options() const;
  bool has_header() const { return header_in != "no" && fields.empty(); }
};

// For streams of Slurm's accounting.
struct SlurmFlags {
  std::string map;
  std::string energy;
  void add(CLI::App& app);
  bool any() const { return !map.empty() || !energy.empty(); }
  // Throws RunError: there is no such meter, or the map cannot be read.
  void apply(const Catalog& catalog, ReaderOptions& options) const;
};

}  // namespace footpound
