// SPDX-License-Identifier: MIT
#include "commands/stream_input.hpp"

#include <algorithm>

#include "base/run_error.hpp"
#include "footpound/factors/nearest.hpp"
#include "io/spec_reader.hpp"
#include "stream/interrupt.hpp"

namespace footpound {

namespace {

const InputFormat* stated_or_evident(const std::string& stated, const std::string& path, std::string_view head) {
  if (stated == "spec") return nullptr;
  if (stated.empty()) {
    const InputFormat* own = format_of_own_content(head);
    return own != nullptr ? own : format_of_file(path);
  }
  const InputFormat* format = find_input_format(stated);
  if (format == nullptr) {
    throw RunError(ExitCode::usage, "--in: unknown " + in_quotes(stated) + "; it is \"spec\", " + either(names_of(input_formats())));
  }
  return format;
}

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

std::string read_head(Source& source, std::size_t size) {
  std::string head(size, '\0');
  std::size_t have = 0;
  while (have < size) {
    const std::size_t got = source.read(head.data() + have, size - have);
    if (got == 0) break;
    have += got;
  }
  head.resize(have);
  return head;
}

OpenedFile open_file(const std::string& path, const std::string& stated_format, std::size_t block_size) {
  OpenedFile file;
  file.source = std::make_unique<Source>(path);
  // enough to know a format by, however small the blocks
  file.head = read_head(*file.source, std::max(block_size, std::size_t{64} << 10));
  file.format = stated_or_evident(stated_format, path, file.head);
  file.is_spec = file.format == nullptr && (stated_format == "spec" || ends_with(path, ".json") || looks_like_spec(file.head));
  if (file.is_spec || file.head.empty()) return file;
  if (file.format == nullptr) file.format = format_of_content(file.head);
  if (file.format == nullptr) {
    throw RunError(ExitCode::input, printable(file.source->name()) + ": its format is not known; name it with --in");
  }
  return file;
}

OpenedStream open_stream(OpenedFile& file, const ReaderOptions& options, Reporter& reporter) {
  catch_interrupts();
  const std::string name = printable(file.source->name());
  OpenedStream stream;
  stream.reader = file.format->make(options);
  const Result<std::size_t> header = stream.reader->begin(file.head);
  if (!header) throw RunError(ExitCode::input, name + ":1: " + message(header.error()));
  for (const std::string& note : stream.reader->notes()) reporter.note(name + ": " + note);
  const auto behind = file.head.begin() + static_cast<std::ptrdiff_t>(*header);
  stream.first_line = 1 + static_cast<std::uint64_t>(std::count(file.head.begin(), behind, '\n'));
  stream.head.assign(behind, file.head.end());
  return stream;
}

void close_stream(const Source& source, const RecordReader& reader, bool whole, Reporter& reporter) {
  const std::string name = printable(source.name());
  for (const std::string& note : reader.closing_notes()) reporter.note(name + ": " + note);
  if (!whole) return;
  if (const std::optional<Error> cut_off = reader.unfinished()) throw RunError(ExitCode::input, name + ": " + message(*cut_off));
}

unsigned threads_for(std::size_t head_size, const StreamOptions& options) {
  return head_size < options.block_size ? 1 : options.threads;
}

}  // namespace footpound
