// SPDX-License-Identifier: MIT
// Spec (said) -> Inputs (meant). For each factor the first rung of its ladder that can be
// climbed is taken, and the factor says which (docs/method.md). A factor that no result needs
// is not looked for.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "footpound/base/result.hpp"
#include "footpound/estimate/inputs.hpp"
#include "footpound/estimate/memo.hpp"
#include "footpound/estimate/model.hpp"

namespace footpound {

struct ResolveOptions {
  std::optional<Boundary> boundary;
  bool strict = false;  // refuse assumed factors
  std::string_view prices;  // the price list to take where no price is stated; "" = none
};

// Remembers names it has met, so that a stream pays for each once; not for use by two threads.
class Resolver {
 public:
  Resolver(const Catalog& catalog, ResolveOptions options);

  // Fills `inputs`. Errors name the field: unknown or ambiguous names, something missing,
  // a number out of range, statements that contradict each other, what --strict or --boundary
  // refuse. Kind `skipped`: no run (zero hours).
  Result<void> resolve(const Spec& spec, Inputs& inputs);

  // The same for the records of a stream; the inputs stay valid until the next call. `shape` tells
  // specs apart that state other fields, those of the place aside, by whatever number below 2^63;
  // specs of the same shape climb the same rungs, which are then climbed once. 0: nothing is known of it.
  Result<const Inputs*> resolve(const Spec& spec, std::uint64_t shape);

 private:
  // What a record of one shape took from the ladders, for the next like it, which differ in the
  // numbers they state: of one kind of accelerator, by name, with stated hours.
  struct Repeat {
    Inputs inputs;
    Accelerator device;
    enum class Power : unsigned char { fixed, stated, from_utilization } power_from;
    bool count_is_stated;
  };
  // What a year says of a place.
  struct PlaceYear {
    std::optional<int> year;
    std::optional<IntensityMethod> wanted;
    Factor pue;
    Result<IntensityPick> intensity;
  };
  struct Place {
    Row region;
    std::string_view provider;
    bool shared_code = false;
    bool shared_name = false;
    std::vector<PlaceYear> years{};  // met so far
  };

  Repeat* repeat_of(const Spec& spec, std::uint64_t shape);
  void follow(const Spec& spec, Repeat& repeat) const;
  void remember(const Spec& spec, std::uint64_t shape);

  Result<void> resolve_energy(const Spec& spec, Inputs& inputs);
  Result<void> resolve_parts(const Spec& spec, Inputs& inputs);
  Result<void> find_boards(const Spec& spec, Inputs& inputs);
  Result<void> find_instance_boards(const Spec& spec, Inputs& inputs);
  Result<void> find_device_time(const Spec& spec, Inputs& inputs);
  Result<void> find_board_power(const Spec& spec, Inputs& inputs);
  Result<void> find_host(const Spec& spec, Inputs& inputs, bool devices_are_stated);
  Result<Factor> stated_host(const Spec& spec);
  void guess_hosts(const Spec& spec, Inputs& inputs) const;
  Result<void> find_hours(const Spec& spec, Inputs& inputs);
  Result<void> hours_from_flops(const Spec& spec, Inputs& inputs);
  Result<void> resolve_place(const Spec& spec, Inputs& inputs);
  std::string_view instance_provider(const Spec& spec, Inputs& inputs) const;
  Result<void> resolve_embodied(const Spec& spec, Inputs& inputs);
  Result<void> find_priced_time(const Spec& spec, Inputs& inputs);
  Result<void> resolve_cost(const Spec& spec, Inputs& inputs);

  const Result<Accelerator>& accelerator(std::string_view name);
  Result<Place>& place(std::string_view region, std::string_view provider);
  Result<Place> find_place(std::string_view region, std::string_view provider) const;
  int year_of_start(Instant start);
  const PlaceYear& at_year(Place& place, std::optional<int> year, std::optional<IntensityMethod> wanted) const;

  const Catalog& catalog_;
  ResolveOptions options_;
  Model model_;
  ElectricityPriors electricity_;
  Memo<Result<Accelerator>> accelerators_;
  Memo<std::unique_ptr<Repeat>> repeats_;  // by the accelerator's name, the shape and whether devices are several
  Inputs inputs_;                          // of what is no repeat
  Memo<Result<Place>> places_;
  Result<Place> nowhere_ = Place{};
  int year_ = 0;
  double year_begins_ = 0, year_ends_ = 0;  // epoch seconds
  std::string key_;
  std::array<Accelerator, most_device_groups> devices_;  // of the record at hand
};

}  // namespace footpound
