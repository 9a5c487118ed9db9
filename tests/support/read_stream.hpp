// SPDX-License-Identifier: MIT
// Reads a whole text as a stream does: header first, then blocks of whole records.
#pragma once

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "read/reader.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "text/byte_order_mark.hpp"

namespace footpound {

inline std::string sample(const std::string& name) {
  std::ifstream file(root_path("/tests/read/samples/" + name), std::ios::binary);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

// Blocks begin as `block` bytes and grow until they hold a record. `sink` is told of each
// record with its line in the whole text. Returns the reader, for its notes.
template <class Sink>
std::unique_ptr<RecordReader> read_stream(std::string_view format, std::string_view text,
    const ReaderOptions& options, const Spec& base, Sink sink, std::size_t block = std::size_t{1} << 30) {
  const InputFormat* found = find_input_format(format);
  REQUIRE(found != nullptr);
  std::unique_ptr<RecordReader> reader = found->make(options);
  text = without_byte_order_mark(text);  // as every stream has it
  const Result<std::size_t> header = reader->begin(text);
  INFO((header ? std::string() : message(header.error())));
  REQUIRE(header);
  std::uint64_t line = 1 + static_cast<std::uint64_t>(std::count(
                               text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*header), '\n'));
  text.remove_prefix(*header);
  const std::unique_ptr<Cutter> cutter = reader->cutter();
  while (!text.empty()) {
    std::size_t seen = 0;
    std::size_t size = 0;
    std::size_t whole = 0;
    while (whole == 0 && size < text.size()) {
      size = std::min(text.size(), seen + block);
      if (size < text.size()) whole = cutter->cut(text.substr(0, size), seen);
      seen = size;
    }
    if (whole == 0) whole = text.size();
    const std::uint64_t before = line;
    line += reader->read(text.substr(0, whole), base, [&](Record& record) {
      record.line += before - 1;
      sink(record);
    });
    text.remove_prefix(whole);
  }
  return reader;
}

}  // namespace footpound
