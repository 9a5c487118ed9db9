// SPDX-License-Identifier: MIT
#include "commands/stream_input.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "factors/nearest.hpp"
#include "measure/logs/log_format.hpp"
#include "measure/logs/unread_logs.hpp"
#include "measure/logs/watt_reader.hpp"
#include "read/spec_reader.hpp"
#include "read/unread_formats.hpp"
#include "record/fields.hpp"
#include "stream/interrupt.hpp"
#include "text/csv_text.hpp"
#include "text/delimited_text.hpp"
#include "text/lone_returns.hpp"

namespace footpound {

namespace {

const InputFormat* stated_or_evident(
    const std::string& stated, const std::string& path, std::string_view head) {
  if (stated == "spec") return nullptr;
  if (stated.empty()) {
    const InputFormat* own = format_of_own_content(head);
    return own != nullptr ? own : format_of_file(path);
  }
  const InputFormat* format = find_input_format(stated);
  if (format == nullptr) {
    throw usage(
        "--in: unknown " + in_quotes(stated) + "; it is \"spec\", " + either(names_of(input_formats())));
  }
  return format;
}

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

constexpr std::size_t lines_of_a_log = 64;  // that it is known by

constexpr std::size_t telling_bytes = std::size_t{64}
                                      << 10;  // that a format is known by, however small the blocks

// Lines that end in returns are made lines that everybody reads. Returns what to know the format by.
std::string telling_head(const OpenedFile& file, bool returns) {
  std::string head = file.head.substr(0, telling_bytes);
  if (returns) LoneReturns('\0').to_feeds(head.data(), head.size());
  return head;
}

void refuse_unread(const std::string& name, std::string_view head) {
  if (const std::optional<Error> unread = unread_format(head))
    throw RunError(ExitCode::input, printable(name) + ": " + message(*unread));
}

// Reads on until the header is all there, as long as it is no longer than a record may be.
void complete_header(OpenedFile& file, const RecordReader& reader, std::size_t longest) {
  std::size_t end = reader.header_end(file.head);
  while (end == std::string::npos && file.head.size() <= longest + 1) {
    const std::string more = read_head(*file.source, std::max(file.head.size(), telling_bytes));
    if (more.empty()) break;
    file.head += more;
    end = reader.header_end(file.head);
  }
  if (end == std::string::npos && interrupted() != 0) return;
  std::string_view header = std::string_view(file.head).substr(0, end);
  if (!header.empty() && header.back() == '\r') header.remove_suffix(1);
  if (header.size() > longest) {
    throw RunError(ExitCode::input, printable(file.source->name()) + ":1: is longer than " +
                                        std::to_string(longest) + " bytes; raise --max-record");
  }
}

// A header line of the names, as the format would have it.
std::string header_of_fields(const OpenedFile& file, const std::string& fields) {
  const char delimiter = file.format->header_delimiter;
  if (delimiter == '\0') {
    std::vector<std::string_view> headed;
    for (const InputFormat& format : input_formats()) {
      if (format.header_delimiter != '\0') headed.push_back(format.name);
    }
    throw usage("--fields: is for " + either(headed) + "; " + std::string(file.format->name) +
                " has no header that it can stand for");
  }
  std::string line = fields;
  std::replace(line.begin(), line.end(), ',', delimiter);
  const std::size_t end = file.head.find('\n');
  line += end != std::string::npos && end > 0 && file.head[end - 1] == '\r' ? "\r\n" : "\n";
  return line;
}

// A power log holds no runs: measure --log makes one of it. What has a column of ours is none.
void refuse_power_log(const OpenedFile& file, std::string_view head) {
  const bool is_json = head.find_first_of("{[") == head.find_first_not_of(" \t\r\n");
  if (is_json && head.find("\"counter-value\"") == head.npos && head.find("\"resultType\"") == head.npos)
    return;
  std::vector<std::string> lines;
  std::istringstream in{std::string(head)};
  for (std::string line; lines.size() < lines_of_a_log && std::getline(in, line);) lines.push_back(line);
  if (lines.empty()) return;
  for (const std::string& name : first_row(lines.front(), ',')) {
    const Field* field = find_field(without_blanks(name));
    if (field != nullptr && field->name != "accelerator") return;
  }
  const std::string name = printable(file.source->name());
  const measure::LogFormat* log = measure::log_format_of(lines);
  const bool any = log != nullptr && log->name == "watts";
  if (any || (log == nullptr && file.format == nullptr)) {
    if (const std::optional<Error> unread = measure::unread_log(lines))
      throw RunError(ExitCode::input, name + ": " + message(*unread));
  }
  // what any CSV may be needs times
  if (log == nullptr || (any && !measure::columns_of_head(measure::rows_of(lines)))) return;
  throw RunError(ExitCode::input, name + ": is a power log (" + std::string(log->name) +
                                      "), and no run; write footpound measure --log FILE --region PLACE");
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
  catch_interrupts();
  OpenedFile file;
  file.source = std::make_unique<Source>(path);
  file.head = read_head(*file.source, std::max(block_size, telling_bytes));
  // of what a signal cut off, whole lines
  if (interrupted() != 0) file.head.resize(file.head.rfind('\n') + 1);
  const bool returns = ends_lines_in_returns(std::string_view(file.head).substr(0, telling_bytes));
  const std::string head = telling_head(file, returns);
  if (stated_format.empty()) refuse_unread(file.source->name(), head);
  file.format = stated_or_evident(stated_format, path, head);
  file.is_spec = file.format == nullptr &&
                 (stated_format == "spec" || ends_with(path, ".json") || looks_like_spec(head));
  if (file.format == nullptr && !file.is_spec) file.format = format_of_content(head);
  if (stated_format.empty() && (file.format == nullptr || !file.format->unmistakable))
    refuse_power_log(file, head);
  if (returns) {
    LoneReturns lines(file.format != nullptr ? file.format->delimiter : '\0');
    lines.to_feeds(file.head.data(), file.head.size());
    file.source->end_lines_by(lines);
  }
  if (file.is_spec) return file;
  // blank lines hold no records, whatever the format
  if (file.head.find_first_not_of(" \t\r\n") == std::string::npos) file.head.clear();
  if (file.head.empty()) return file;
  if (file.format == nullptr) {
    throw RunError(
        ExitCode::input, printable(file.source->name()) + ": its format is not known; name it with --in");
  }
  return file;
}

OpenedStream open_stream(
    OpenedFile& file, const ReaderOptions& options, const StreamFlags& flags, Reporter& reporter) {
  const std::string name = printable(file.source->name());
  OpenedStream stream;
  stream.reader = file.format->make(options);
  const bool headed = flags.has_header();
  if (headed) {
    complete_header(file, *stream.reader, options.longest_record);
    if (interrupted() != 0 && stream.reader->header_end(file.head) == std::string::npos) return {};
  }
  const Result<std::size_t> header =
      stream.reader->begin(headed ? file.head : header_of_fields(file, flags.fields));
  if (!header && headed) refuse_unread(file.source->name(), telling_head(file, false));
  if (!header)
    throw RunError(headed ? ExitCode::input : ExitCode::usage,
        (headed ? name + ":1: " : "--fields: ") + message(header.error()));
  for (const std::string& note : stream.reader->notes())
    reporter.note((headed ? name : "--fields") + ": " + note);
  const auto behind = file.head.begin() + static_cast<std::ptrdiff_t>(headed ? *header : 0);
  stream.first_line = 1 + static_cast<std::uint64_t>(std::count(file.head.begin(), behind, '\n'));
  stream.head.assign(behind, file.head.end());
  return stream;
}

std::vector<std::string> names_of_first_record(
    const OpenedFile& file, OpenedStream& stream, const ReaderOptions& options) {
  const std::unique_ptr<Cutter> cutter = stream.reader->cutter();
  std::size_t whole = 0;
  for (std::size_t seen = 0; (whole = cutter->cut(stream.head, seen)) == 0;) {
    seen = stream.head.size();
    if (seen > options.longest_record) return {};
    const std::string more = read_head(*file.source, std::max(seen, telling_bytes));
    if (more.empty()) {
      whole = stream.head.size();
      break;
    }
    stream.head += more;
  }
  // a reader of its own: the stream's is to count and note what the stream holds, once
  ReaderOptions with_own_fields = options;
  with_own_fields.keep_own_fields = true;
  const std::unique_ptr<RecordReader> reader = file.format->make(with_own_fields);
  std::vector<std::string> names;
  if (!reader->begin(file.head)) return names;
  bool first = true;
  reader->read(std::string_view(stream.head).substr(0, whole), Spec(), [&](const Record& record) {
    if (!std::exchange(first, false)) return;
    for (const OwnField& own : record.own_fields) names.emplace_back(own.name);
  });
  return names;
}

std::optional<std::uint64_t> size_of(const std::vector<std::string>& paths) {
  std::uint64_t total = 0;
  for (const std::string& path : paths) {
    struct stat status {};
    if ((path == "-" ? fstat(STDIN_FILENO, &status) : stat(path.c_str(), &status)) != 0 ||
        !S_ISREG(status.st_mode))
      return std::nullopt;
    total += static_cast<std::uint64_t>(status.st_size);
  }
  return total;
}

std::unique_ptr<Progress> progress_of(const std::vector<std::string>& paths, const StreamFlags& flags) {
  if (flags.quiet || isatty(STDERR_FILENO) != 1) return nullptr;
  return std::make_unique<Progress>(stderr, size_of(paths));
}

void check_whole(const Source& source, const RecordReader& reader) {
  if (const std::optional<Error> cut_off = reader.unfinished())
    throw RunError(ExitCode::input, printable(source.name()) + ": " + message(*cut_off));
}

unsigned threads_for(std::size_t head_size, const StreamOptions& options) {
  return head_size < options.block_size ? 1 : options.threads;
}

}  // namespace footpound
