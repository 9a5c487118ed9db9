// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "write/writers.hpp"

namespace footpound {

namespace {

constexpr std::array formats = {
    OutputFormat{"text", "for people", false, false, make_text_writer},
    OutputFormat{"json", "one object, or an array of records", true, true, make_json_writer},
    OutputFormat{"ndjson", "one JSON object a line", false, true, make_ndjson_writer},
    OutputFormat{"csv", "comma-separated", false, true, make_csv_writer},
    OutputFormat{"tsv", "tab-separated", false, true, make_tsv_writer},
    OutputFormat{"markdown", "a table to paste", false, true, make_markdown_writer},
    OutputFormat{"latex", "a table and a sentence", false, false, make_latex_writer},
    OutputFormat{
        "model-card", "front matter of a Hugging Face model card", false, false, make_model_card_writer},
    OutputFormat{"model-card-section", "section of a Hugging Face model card", false, false,
        make_model_card_section_writer},
    OutputFormat{"bibtex", "the sources used", false, false, make_bibtex_writer},
};

}  // namespace

std::span<const OutputFormat> output_formats() { return formats; }

const OutputFormat* find_output_format(std::string_view name) {
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const OutputFormat& f) { return f.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

}  // namespace footpound
