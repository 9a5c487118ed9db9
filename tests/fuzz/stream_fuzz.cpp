// SPDX-License-Identifier: MIT
// Any bytes as a stream of any format: records in their order, lines that fit the block, no crash;
// the cutter's blocks hold the same records as the whole; and what is remembered from one record to the
// next changes no byte of what is written.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "read/reader.hpp"
#include "record/outputs.hpp"
#include "stream/estimator.hpp"
#include "write/output_formats.hpp"

namespace {

using namespace footpound;

std::vector<std::string> records_of(const RecordReader& reader, std::string_view block) {
  std::vector<std::string> records;
  const Spec base;
  reader.read(block, base, [&](Record& record) { records.emplace_back(record.raw); });
  return records;
}

std::string written(
    const InputFormat& format, const RecordReader& reader, std::string_view body, bool remembering) {
  static const Catalog catalog;
  WriterOptions options;
  options.catalog = &catalog;
  options.columns = default_columns();
  const SourceShape shape = reader.shape();
  const std::unique_ptr<RecordWriter> writer = find_output_format(format.writes)->answers(options, &shape);
  AnswerOptions answers;
  answers.plain = !remembering;
  Estimator estimator(catalog, answers, *writer);
  std::string out;
  const Spec base;
  reader.read(body, base, [&](Record& record) { estimator.record(record, out); });
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view names[] = {"csv", "tsv", "ndjson"};
  const InputFormat* format = find_input_format(names[data[0] % 3]);
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::unique_ptr<RecordReader> reader = format->make({});
  const Result<std::size_t> header = reader->begin(text);
  if (!header) return 0;
  const std::string_view body = text.substr(*header);
  const std::vector<std::string> whole = records_of(*reader, body);
  const std::size_t cut = reader->cutter()->cut(body, 0);
  if (cut > body.size()) std::abort();
  std::vector<std::string> parts = records_of(*reader, body.substr(0, cut));
  for (std::string& record : records_of(*reader, body.substr(cut))) parts.push_back(std::move(record));
  if (parts != whole) std::abort();
  if (written(*format, *reader, body, true) != written(*format, *reader, body, false)) std::abort();
  return 0;
}
