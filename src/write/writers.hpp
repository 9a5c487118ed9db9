// SPDX-License-Identifier: MIT
// The writers of answers behind the table of output formats (output_formats.cpp).
#pragma once

#include "write/writer.hpp"

namespace footpound {

MakeRecordWriter make_text_writer;
MakeRecordWriter make_json_writer;
MakeRecordWriter make_ndjson_writer;
MakeRecordWriter make_csv_writer;
MakeRecordWriter make_tsv_writer;
MakeRecordWriter make_markdown_writer;
MakeRecordWriter make_latex_writer;
MakeRecordWriter make_model_card_writer;
MakeRecordWriter make_model_card_section_writer;
MakeRecordWriter make_bibtex_writer;

}  // namespace footpound
