// SPDX-License-Identifier: MIT
// The record of a measurement: a spec that `estimate` takes. Which fields it holds follows from
// which parts of the node were read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "measure/whole_run.hpp"

namespace footpound::measure {

enum class Scope : unsigned char {
  nothing,
  it,                     // a meter of the whole node, or accelerators, CPUs and memory
  accelerators,           // accelerators alone
  accelerators_and_host,  // and the CPUs, without memory
  host,                   // CPUs, with memory or without
};

Scope scope_of(const Measurement& measurement);

// The devices whose energies make up the record's energy of the job / of the accelerators / of
// the host; empty where the scope has none.
struct RecordParts {
  std::vector<std::size_t> it;
  std::vector<std::size_t> accelerators;
  std::vector<std::size_t> host;
};
RecordParts record_parts(const Measurement& measurement);

// One JSON object on one line; nullopt where nothing was measured.
std::optional<std::string> record_text(
    const Measurement& measurement, std::string_view name, const std::optional<WholeRun>& whole);

}  // namespace footpound::measure
