// SPDX-License-Identifier: MIT
// Sheets -> bytes, behind the table of output formats (output_formats.cpp).
#pragma once

#include <functional>
#include <span>
#include <string>

#include "sheet/sheet.hpp"

namespace footpound {

// Called between rows: may take what `out` holds, so that not all of the text is in memory.
using FlushText = std::function<void(std::string& out)>;

// Several sheets: blank lines and titles between them in text and Markdown, one array in JSON. The
// formats of bare rows are called with one sheet (OutputFormat::several_sheets).
using WriteSheets = void(std::span<const Sheet> sheets, std::string& out, const FlushText& flush);

WriteSheets write_text_sheets;
WriteSheets write_markdown_sheets;
// One has the shape of data/*.json, so that a sheet of table rows loads again as `--tables`; an empty
// cell has no key there.
WriteSheets write_json_sheets;
WriteSheets write_ndjson_sheets;
WriteSheets write_csv_sheets;
WriteSheets write_tsv_sheets;
WriteSheets write_prometheus_sheets;

}  // namespace footpound
