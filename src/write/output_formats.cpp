// SPDX-License-Identifier: MIT
#include "write/output_formats.hpp"

#include <algorithm>
#include <array>

#include "write/writers.hpp"

namespace footpound {

namespace {

constexpr std::array formats = {
    OutputFormat{.name = "text",
        .help = "for people",
        .answers = make_text_writer,
        .sheets = write_text_sheets,
        .explains = true,
        .several_sheets = true,
        .for_people = true},
    OutputFormat{.name = "json",
        .help = "one object, or an array of them; tables have the shape of data/*.json",
        .answers = make_json_writer,
        .sheets = write_json_sheets,
        .takes_columns = true,
        .explains = true,
        .needs_own_fields = true,
        .one_document = true,
        .several_sheets = true},
    OutputFormat{.name = "ndjson",
        .help = "one JSON object a line",
        .answers = make_ndjson_writer,
        .sheets = write_ndjson_sheets,
        .takes_columns = true,
        .explains = true},
    OutputFormat{.name = "csv",
        .help = "comma-separated",
        .answers = make_csv_writer,
        .sheets = write_csv_sheets,
        .has_header = true,
        .takes_columns = true},
    OutputFormat{.name = "tsv",
        .help = "tab-separated",
        .answers = make_tsv_writer,
        .sheets = write_tsv_sheets,
        .has_header = true,
        .takes_columns = true},
    OutputFormat{.name = "markdown",
        .help = "a table to paste",
        .answers = make_markdown_writer,
        .sheets = write_markdown_sheets,
        .has_header = true,
        .takes_columns = true,
        .several_sheets = true},
    OutputFormat{.name = "latex", .help = "a table and a sentence for a paper", .answers = make_latex_writer},
    OutputFormat{.name = "model-card",
        .help = "front matter of a Hugging Face model card",
        .answers = make_model_card_writer,
        .one_run = true,
        .has_fence = true},
    OutputFormat{.name = "model-card-section",
        .help = "section of a Hugging Face model card",
        .answers = make_model_card_section_writer,
        .one_run = true},
    OutputFormat{
        .name = "bibtex", .help = "the sources used", .answers = make_bibtex_writer, .one_run = true},
    OutputFormat{.name = "prometheus",
        .help = "totals for node_exporter's textfile collector",
        .sheets = write_prometheus_sheets,
        .totals_only = true},
};

}  // namespace

std::span<const OutputFormat> output_formats() { return formats; }

const OutputFormat* find_output_format(std::string_view name) {
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const OutputFormat& f) { return f.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

}  // namespace footpound
