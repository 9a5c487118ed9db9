// SPDX-License-Identifier: MIT
// Spec (said) -> Inputs (meant). For each factor the first rung of its ladder that can be
// climbed is taken, and the factor says which (docs/method.md). A factor that no result needs
// is not looked for.
#pragma once

#include <optional>
#include <string_view>

#include "estimate/inputs.hpp"
#include "estimate/lookups.hpp"
#include "estimate/model.hpp"
#include "footpound/base/result.hpp"

namespace footpound {

struct Spec;

struct ResolveOptions {
  std::optional<Boundary> boundary;
  bool strict = false;      // refuse assumed factors
  std::string_view prices;  // the price list to take where no price is stated; "" = none
};

// A spec's inputs follow from catalog, options and spec alone. Not for use by two threads at once.
class Resolver {
 public:
  Resolver(const Catalog& catalog, ResolveOptions options);
  // With the tables asked through `lookups`, which outlives it.
  Resolver(const Catalog& catalog, ResolveOptions options, Lookups& lookups);
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // Fills `inputs`, whatever they held. Errors name the field: unknown or ambiguous names, something
  // missing, a number out of range, statements that contradict each other, what --strict or --boundary
  // refuse. Kind `skipped`: no run (zero hours).
  Result<void> resolve(const Spec& spec, Inputs& inputs);

 private:
  Result<void> resolve_energy(const Spec& spec, Inputs& inputs);
  Result<void> resolve_parts(const Spec& spec, Inputs& inputs);
  Result<void> find_boards(const Spec& spec, Inputs& inputs);
  Result<void> take_said_count(const Spec& spec, Inputs& inputs);
  Result<void> find_instance_boards(const Spec& spec, Inputs& inputs);
  Result<void> find_device_time(const Spec& spec, Inputs& inputs);
  Result<void> find_board_power(const Spec& spec, Inputs& inputs);
  Result<void> find_host(const Spec& spec, Inputs& inputs, bool devices_are_stated);
  Result<Factor> stated_host(const Spec& spec);
  void guess_hosts(const Spec& spec, Inputs& inputs) const;
  Result<void> find_hours(const Spec& spec, Inputs& inputs);
  Result<void> hours_from_flops(const Spec& spec, Inputs& inputs);
  Result<void> resolve_place(const Spec& spec, Inputs& inputs);
  Result<Place> find_place(const Spec& spec, Inputs& inputs);
  std::string_view instance_provider(const Spec& spec, Inputs& inputs) const;
  Result<void> resolve_embodied(const Spec& spec, Inputs& inputs);
  Result<void> find_priced_time(const Spec& spec, Inputs& inputs);
  Result<void> resolve_cost(const Spec& spec, Inputs& inputs);

  const Catalog& catalog_;
  ResolveOptions options_;
  Model model_;
  std::optional<TableLookups> tables_;  // where nobody else asks the tables
  Lookups& lookups_;
};

}  // namespace footpound
