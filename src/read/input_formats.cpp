// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "read/delimited_reader.hpp"
#include "read/importer.hpp"
#include "read/ndjson_reader.hpp"
#include "read/reader.hpp"
#include "read/slurm/slurm_reader.hpp"

namespace footpound {

// Each in the file of its name.
const Importer& codecarbon();
const Importer& eco2ai();

namespace {

constexpr std::array<std::string_view, 2> ndjson_extensions = {".ndjson", ".jsonl"};
constexpr std::array<std::string_view, 1> csv_extensions = {".csv"};
constexpr std::array<std::string_view, 1> tsv_extensions = {".tsv"};
constexpr std::array<std::string_view, 1> slurm_extensions = {".psv"};

// Asked for their content in this order.
constexpr std::array formats = {
    InputFormat{"sacct", "Slurm, sacct -P", slurm_extensions, looks_like_slurm, make_slurm_reader, "csv",
        true, ',', '|', true},
    InputFormat{"sacct-json", "Slurm, sacct --json", {}, looks_like_slurm_json, make_slurm_json_reader,
        "ndjson", true, '\0', '\0', true},
    imported<codecarbon>("codecarbon", "CodeCarbon's emissions.csv"),
    imported<eco2ai>("eco2ai", "eco2AI's emission.csv"),
    InputFormat{"ndjson", "one JSON object a line", ndjson_extensions, looks_like_ndjson, make_ndjson_reader,
        "ndjson"},
    InputFormat{"csv", "comma-separated, with a header", csv_extensions, looks_like_csv, make_csv_reader,
        "csv", false, ',', ','},
    InputFormat{"tsv", "tab-separated, with a header", tsv_extensions, looks_like_tsv, make_tsv_reader, "tsv",
        false, '\t', '\t'},
};

}  // namespace

std::span<const InputFormat> input_formats() { return formats; }

const InputFormat* find_input_format(std::string_view name) {
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const InputFormat& f) { return f.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

const InputFormat* format_of_own_content(std::string_view head) {
  const auto found = std::find_if(formats.begin(), formats.end(),
      [&](const InputFormat& f) { return f.unmistakable && f.recognises(head); });
  return found == formats.end() ? nullptr : &*found;
}

const InputFormat* format_of_file(std::string_view path) {
  for (const InputFormat& format : formats) {
    for (const std::string_view extension : format.extensions) {
      if (path.size() > extension.size() && path.substr(path.size() - extension.size()) == extension)
        return &format;
    }
  }
  return nullptr;
}

const InputFormat* format_of_content(std::string_view head) {
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const InputFormat& f) { return f.recognises(head); });
  return found == formats.end() ? nullptr : &*found;
}

}  // namespace footpound
