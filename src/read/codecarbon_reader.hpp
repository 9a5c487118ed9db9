// SPDX-License-Identifier: MIT
// CodeCarbon's emissions.csv, of all versions: each row is a finished run with its metered energy.
#pragma once

#include <optional>

#include "read/reader.hpp"

namespace footpound {

std::unique_ptr<RecordReader> make_codecarbon_reader(const ReaderOptions& options);
bool looks_like_codecarbon(std::string_view head);

// "4 x NVIDIA A100-SXM4-80GB" -> 4 and the name; a name alone has no count.
struct CodecarbonGpus {
  std::string_view name;
  std::optional<double> count;
};
// nullopt: several kinds, which the tracker writes without anything between them.
std::optional<CodecarbonGpus> parse_codecarbon_gpus(std::string_view model);

}  // namespace footpound
