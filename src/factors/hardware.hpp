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
};

// Exact spelling first (case, blanks, '-', '_' ignored), then without vendor words; a name
// that stands for several is taken as table ambiguous_names says, or refused with the
// candidates. Errors: unknown_name with the three nearest, ambiguous.
Result<Accelerator> find_accelerator(const Catalog& catalog, std::string_view name);
Accelerator accelerator_of(Row row);

struct Cpu {
  Row row;
  Power rated_power;  // per socket
  double cores = 1;   // per socket
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
