// SPDX-License-Identifier: MIT
// From a file's name to a reader that has its header: what the commands that take streams share.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "commands/options.hpp"
#include "read/reader.hpp"
#include "stream/engine.hpp"
#include "stream/progress.hpp"

namespace footpound {

// A file whose first bytes have been read, to know its format by.
struct OpenedFile {
  std::unique_ptr<Source> source;
  std::string head;
  const InputFormat* format = nullptr;  // none: a spec, or nothing at all
  bool is_spec = false;
};

// Throws RunError: unreadable, or of no known format.
OpenedFile open_file(const std::string& path, const std::string& stated_format, std::size_t block_size);

// The names of the rows of a table of formats.
template <class Formats>
std::vector<std::string_view> names_of(const Formats& formats) {
  std::vector<std::string_view> names;
  for (const auto& format : formats) names.push_back(format.name);
  return names;
}

// Up to `size` bytes.
std::string read_head(Source& source, std::size_t size);

struct OpenedStream {
  std::unique_ptr<RecordReader> reader;  // none: a signal came before the header
  std::string head;                      // what has been read behind the header
  std::uint64_t first_line = 1;
};

// Takes the header, or the names of --fields for it, and passes the reader's notes on. Throws
// RunError.
OpenedStream open_stream(
    OpenedFile& file, const ReaderOptions& options, const StreamFlags& flags, Reporter& reporter);

// The names of the own fields that the stream's first record has, for a stream without a header; none
// where that record cannot be read. Reads on where it does not all lie in what has been read.
std::vector<std::string> names_of_first_record(
    const OpenedFile& file, OpenedStream& stream, const ReaderOptions& options);

// Of all files together; nullopt where one is a pipe or cannot be seen.
std::optional<std::uint64_t> size_of(const std::vector<std::string>& paths);

// Progress on stderr, where that is a terminal and nobody asked for quiet.
std::unique_ptr<Progress> progress_of(const std::vector<std::string>& paths, const StreamFlags& flags);

// When all blocks were read: throws where the stream is cut off.
void check_whole(const Source& source, const RecordReader& reader);

// Threads cost more than they bring until there is a second block.
unsigned threads_for(std::size_t head_size, const StreamOptions& options);

}  // namespace footpound
