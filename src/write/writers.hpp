// SPDX-License-Identifier: MIT
// The writers behind the table of output formats (output_formats.cpp).
#pragma once

#include "write/writer.hpp"

namespace footpound {

Result<std::unique_ptr<RecordWriter>> make_csv_writer(
    const WriterOptions& options, const RecordReader* reader);
Result<std::unique_ptr<RecordWriter>> make_tsv_writer(
    const WriterOptions& options, const RecordReader* reader);
Result<std::unique_ptr<RecordWriter>> make_ndjson_writer(
    const WriterOptions& options, const RecordReader* reader);
Result<std::unique_ptr<RecordWriter>> make_json_writer(
    const WriterOptions& options, const RecordReader* reader);
Result<std::unique_ptr<RecordWriter>> make_text_writer(
    const WriterOptions& options, const RecordReader* reader);
Result<std::unique_ptr<RecordWriter>> make_markdown_writer(
    const WriterOptions& options, const RecordReader* reader);
Result<std::unique_ptr<RecordWriter>> make_latex_writer(
    const WriterOptions& options, const RecordReader* reader);
Result<std::unique_ptr<RecordWriter>> make_model_card_writer(
    const WriterOptions& options, const RecordReader* reader);
Result<std::unique_ptr<RecordWriter>> make_model_card_section_writer(
    const WriterOptions& options, const RecordReader* reader);
Result<std::unique_ptr<RecordWriter>> make_bibtex_writer(
    const WriterOptions& options, const RecordReader* reader);

}  // namespace footpound
