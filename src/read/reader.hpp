// SPDX-License-Identifier: MIT
// Bytes -> records. A reader is told of the stream's head once and is then shared by all
// threads: each reads blocks that hold whole records. No head has a byte-order mark in front (Source).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "footpound/base/result.hpp"
#include "read/counted_note.hpp"
#include "record/record.hpp"
#include "record/source_shape.hpp"
#include "text/cutter.hpp"

namespace footpound {

class RecordReader {
 public:
  virtual ~RecordReader() = default;

  // Where the header ends, or the first record of a format without one; npos where the stream's first
  // bytes do not hold all of it.
  virtual std::size_t header_end(std::string_view head) const { return head.find('\n'); }
  // Takes the header, if the format has one, from the stream's first bytes, which hold all of it or are
  // all there is. Returns its length. Errors: the stream cannot be read at all.
  virtual Result<std::size_t> begin(std::string_view head) = 0;

  virtual std::unique_ptr<Cutter> cutter() const = 0;

  // Calls `sink` for each record of the block, over `base`, also for one that is too long, which
  // whoever called judges by its `raw`. The record is valid during the call, which leaves in its `error` what
  // became of it. Returns the number of lines in the block.
  using Sink = std::function<void(Record&)>;
  virtual std::uint64_t read(std::string_view block, const Spec& base, const Sink& sink) const = 0;

  virtual Encoding encoding() const = 0;
  // Names of the own fields, where a header fixes them (decoded).
  virtual std::span<const std::string> header() const { return {}; }
  virtual std::string_view raw_header() const { return {}; }
  virtual std::string_view line_end() const { return "\n"; }
  // All of these, for those who outlive the reader.
  SourceShape shape() const {
    return {
        encoding(), {header().begin(), header().end()}, std::string(raw_header()), std::string(line_end())};
  }
  // Things to note once on stderr (a column that nearly matches a field ...).
  virtual std::vector<std::string> notes() const { return {}; }
  // The same, of what all blocks held; asked when the last one has been read. A run adds up those of its
  // files.
  virtual std::vector<CountedNote> closing_notes() const { return {}; }
  // Asked then too: is the stream as a whole cut off, where no single record shows it?
  virtual std::optional<Error> unfinished() const { return std::nullopt; }
};

class Catalog;

// What only the formats of one family take: each family derives its own (SlurmOptions).
struct FamilyOptions {
  virtual ~FamilyOptions() = default;
};

struct ReaderOptions {
  bool header = true;                                  // the stream begins with a header line
  std::size_t longest_record = std::size_t{16} << 20;  // bytes
  bool keep_own_fields = false;  // fill Record::own_fields even where the raw record would do
  std::vector<std::string>
      own_fields_wanted{};           // then with these alone, in any case, and with outputs; empty: with all
  const Catalog* catalog = nullptr;  // to tell a state from a country, where a record may name either
  bool marks_jobs = false;           // fill Record::job
  bool timezone_stated = false;      // else times without an offset are worth a note
  std::shared_ptr<const FamilyOptions> of_family{};  // for one family of formats; the others pass over them

  // Those of the family, or what it does without.
  template <class Family>
  const Family& of() const {
    static const Family none;
    const auto* const stated = dynamic_cast<const Family*>(of_family.get());
    return stated != nullptr ? *stated : none;
  }
};

struct InputFormat {
  std::string_view name;
  std::string_view help;
  std::span<const std::string_view> extensions;
  // Does a stream that begins with `head` look like this format?
  bool (*recognises)(std::string_view head);
  std::unique_ptr<RecordReader> (*make)(const ReaderOptions& options);
  std::string_view writes;       // the output format that a stream of it gets by default
  bool unmistakable = false;     // what it recognises is that, whatever the file is called
  char delimiter = '\0';         // of fields that may stand in quotes, where they may
  char header_delimiter = '\0';  // of the names of --fields, where it has a header that they can stand for
  bool is_slurm = false;         // --map and --slurm-energy speak of it
};

std::span<const InputFormat> input_formats();
const InputFormat* find_input_format(std::string_view name);
// By unmistakable content; nullptr where there is none.
const InputFormat* format_of_own_content(std::string_view head);
// By the file's extension; nullptr where it says nothing.
const InputFormat* format_of_file(std::string_view path);
// By content; nullptr where nothing fits.
const InputFormat* format_of_content(std::string_view head);

}  // namespace footpound
