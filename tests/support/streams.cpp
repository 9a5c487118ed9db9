// SPDX-License-Identifier: MIT
#include "support/streams.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/run_error.hpp"
#include "read/reader.hpp"
#include "stream/estimator.hpp"
#include "support/scratch.hpp"
#include "text/byte_order_mark.hpp"
#include "write/output_formats.hpp"

namespace footpound {

StreamResult run_text(const std::string& whole, const StreamSetup& setup) {
  const std::string text(without_byte_order_mark(whole));
  const Scratch scratch;
  Record base;
  for (const auto& [name, value] : setup.flags) REQUIRE(set_field(*find_field(name), name, value, base));

  const std::string out_name = setup.out.empty() ? setup.in : setup.out;
  const OutputFormat* format = find_output_format(out_name);
  ReaderOptions reader_options;
  reader_options.longest_record = setup.options.longest_record;
  reader_options.keep_own_fields = !setup.out.empty() && (format->needs_own_fields || out_name != setup.in);
  const std::unique_ptr<RecordReader> reader = find_input_format(setup.in)->make(reader_options);

  // the head is whole records, or all there is
  const Result<std::size_t> header = reader->begin(text);
  if (!header) throw std::runtime_error(message(header.error()));

  WriterOptions writer_options;
  writer_options.catalog = &small_catalog();
  writer_options.header = setup.header;
  writer_options.equivalents = "strubell2019";
  writer_options.columns = setup.columns.empty() ? default_columns() : *parse_columns(setup.columns);
  writer_options.columns_stated = !setup.columns.empty();
  const SourceShape shape = reader->shape();
  const std::unique_ptr<RecordWriter> writer = format->answers(writer_options, &shape);

  StreamResult result;
  std::FILE* err = std::fopen(scratch.path("err").c_str(), "w");
  {
    Source source(scratch.write("in", text.substr(*header)));
    Target target(scratch.path("out"));
    Reporter reporter(err, false);
    std::string begin;
    writer->begin(begin);
    target.write(begin);
    std::vector<std::unique_ptr<Worker>> workers;
    for (unsigned i = 0; i < setup.options.threads; ++i) {
      workers.push_back(
          std::make_unique<Estimator>(small_catalog(), AnswerOptions{{}, base.stated}, *writer));
    }
    const auto first_line = 1 + static_cast<std::uint64_t>(std::count(
                                    text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*header), '\n'));
    StreamJob job{source, "", *reader, base.spec, writer->separator(), first_line};
    bool wrote = false;
    try {
      result.whole = run_stream(job, workers, wrote, target, reporter, setup.options);
    } catch (const RunError& error) {
      result.refused = error.what();
    }
    std::string end;
    writer->end(end);
    target.write(end);
    target.finish();
    for (const std::string& note : reader->notes()) reporter.note(note);
    reporter.summary();
    result.total = reporter.total();
  }
  std::fclose(err);
  result.out = scratch.read("out");
  result.err = scratch.read("err");
  // two runs differ in the name of their folder alone
  for (std::size_t at = result.err.find(scratch.folder()); at != std::string::npos;
       at = result.err.find(scratch.folder())) {
    result.err.erase(at, scratch.folder().size());
  }
  return result;
}

}  // namespace footpound
