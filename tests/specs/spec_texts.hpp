// SPDX-License-Identifier: MIT
// A made spec in each of the ways it can be stated, and a whole batch as a file: what a find is kept as.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "specs/spec_maker.hpp"

namespace footpound {

// nullopt where it cannot be said so: a NUL in an argument, a switch that is neither on nor off.
std::optional<std::vector<std::string>> as_flags(const MadeSpec& spec);
std::string as_text_of_json(std::string_view text);                 // between its quotes
std::string as_json(const MadeSpec& spec, const SpecBatch& batch);  // one line, without its end
std::string as_ndjson(const std::vector<MadeSpec>& specs, const SpecBatch& batch);
std::string as_array(const std::vector<MadeSpec>& specs, const SpecBatch& batch);
// With a header of all fields that any of them states.
std::string as_delimited(const std::vector<MadeSpec>& specs, const SpecBatch& batch, char delimiter);

// Jobs as `sacct -P` prints them, and the specs they mean.
struct SacctTwins {
  std::string sacct;
  std::vector<MadeSpec> specs;
};
SacctTwins as_sacct(const std::vector<MadeSpec>& specs, const SpecBatch& batch,
    const std::vector<std::string>& gres_types, Choices& choices);

// The batch as a text: seed, options and a spec a line. `read_batch` throws std::runtime_error.
std::string as_file(const SpecBatch& batch);
SpecBatch read_batch(std::string_view text);

// The command as a shell takes it (bash, for what is not printable), with its input.
std::string shell_command(const std::vector<std::string>& words, std::string_view input);

}  // namespace footpound
