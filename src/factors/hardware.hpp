// SPDX-License-Identifier: MIT
// Accelerators and processors: found by the names that people, drivers and schedulers use.
// All figures are per counted device (table rows are per board).
#pragma once

#include <optional>

#include "factors/factor.hpp"
#include "footpound/base/result.hpp"
#include "footpound/factors/catalog.hpp"
#include "footpound/units/quantity.hpp"

namespace footpound {

struct Accelerator {
  Row row;
  Row ambiguity;  // the row of ambiguous_names that decided, if one did
  std::optional<Power> rated_power;
  std::optional<double> peak_16bit_flops;  // FLOP/s, dense
  std::optional<double> peak_fp32_flops;
  bool in_words = false;  // read out of what people print around a name (hardware_phrase.hpp tells how)
  double count_said = 0;  // devices, where the text holds a number of them
};

// Exact spelling first (case, blanks, '-', '_' ignored), then without vendor words; a name
// that stands for several is taken as table ambiguous_names says, or refused with the
// candidates. What is no name as it stands is read as people print it ("8 x NVIDIA A100 (80GB)").
// Errors: unknown_name with the three nearest, ambiguous, contradiction.
Result<Accelerator> find_accelerator(const Catalog& catalog, std::string_view name);

// The same of names as the tables have them.
Result<Accelerator> find_named_accelerator(const Catalog& catalog, std::string_view name);
// The row of ambiguous_names that speaks of this name; no row where none does.
Row ambiguous_row(const Catalog& catalog, std::string_view name);
// With the names nearest to `meant`, which is what was found in `text`.
Error unknown_accelerator(const Catalog& catalog, std::string_view text, std::string_view meant);
// Is it left out of the tables on purpose, whatever else it says (MIG slices, laptop parts)?
bool is_left_out(std::string_view text);

Accelerator accelerator_of(Row row);

struct Cpu {
  Row row;
  Power rated_power;      // per socket
  double cores = 1;       // per socket
  double count_said = 0;  // sockets, where the text holds a number of them
};
Result<Cpu> find_cpu(const Catalog& catalog, std::string_view name);

// A cloud instance or slice: so many devices of one accelerator.
struct Instance {
  Row row;
  Row accelerator;
  double accelerator_count = 0;
};
Result<Instance> find_instance(const Catalog& catalog, std::string_view name);

// The row of table embodied taken for an accelerator; no row where none is published.
Row embodied_row(const Catalog& catalog, Row accelerator);
Factor embodied_factor(Row embodied);  // kg CO2e per device

}  // namespace footpound
