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
#include "footpound/estimate/estimate.hpp"
#include "footpound/estimate/inputs.hpp"
#include "footpound/estimate/memo.hpp"
#include "footpound/estimate/model.hpp"

namespace footpound {

struct ResolveOptions {
  std::optional<Boundary> boundary;
  bool strict = false;      // refuse assumed factors
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

  // The figures alone of a record of a stream that is like one met before; false where it is not, or
  // where resolve() has more to say of it. `shape`: see below.
  bool repeat(const Spec& spec, std::uint64_t shape, Figures& figures);
  // Of the spec that repeat() was last true of.
  Doubts doubts_of_repeat(const Spec& spec) const;

  // The same for the records of a stream; the inputs stay valid until the next call. `shape` tells
  // specs apart that state other fields, those of the place aside, by whatever number below 2^63;
  // specs of the same shape climb the same rungs, which are then climbed once. 0: nothing is known of it.
  Result<const Inputs*> resolve(const Spec& spec, std::uint64_t shape);

 private:
  // What a record of one shape took from the ladders, for the next like it, which differ in the
  // numbers they state: of one kind of accelerator, by name, with stated hours.
  struct Ladders {
    // the doubts of what is not stated
    double trials_variance;
    double count_variance;
    double board_log_sd;
    double host_log_sd;
    std::optional<double> sum_log_sd;
    FactorSet assumed;  // of all but the place's
    Inputs inputs;
  };
  // What the figures of such a record need of it. Small: each record of a stream touches another.
  struct Repeat {
    enum class Power : unsigned char { fixed, stated, from_utilization } power_from;
    bool count_is_stated;
    Boundary boundary;
    double trials;
    double count;
    double board_w;  // per device; rated, where the utilisation is stated
    double host_w;   // per device
    std::unique_ptr<Ladders> ladders;
  };
  // What a year says of a place.
  struct PlaceYear {
    std::uint64_t asked;  // see asked()
    Result<Factor> pue;
    Result<IntensityPick> intensity;
  };
  // What figures need of that. Small, as Repeat is.
  struct PlaceFigures {
    double pue;
    double intensity;  // g/kWh
    bool has_pue;
    bool has_intensity;
    bool pue_is_assumed;
    bool intensity_is_assumed;
    double pue_log_sd;
    double intensity_variance;
  };
  struct Place {
    Row region;
    std::string_view provider;
    bool shared_code = false;
    bool shared_name = false;
    std::vector<PlaceYear> years{};  // met so far
  };

  // Provider and region end to end, and where the first ends: no two places make the same, whatever
  // bytes are in their names.
  struct PlaceKey {
    std::string_view text;
    std::uint64_t provider_size = 0;
  };

  const PlaceFigures* figures_of_place(const Spec& spec);
  const PlaceFigures* meet_figures_of_place(const Spec& spec, std::optional<int> year, std::uint64_t number);
  Repeat* repeat_of(const Spec& spec, std::uint64_t shape);
  static Energy energy_of_boards(const Spec& spec, const Repeat& repeat, Duration device_time);
  void follow(const Spec& spec, const Repeat& repeat) const;
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
  Result<Place*> place_of(const Spec& spec, Inputs& inputs);
  Place* known_place(const Spec& spec);
  Result<Place>& place(std::string_view region, std::string_view provider);
  Result<Place> find_place(std::string_view region, std::string_view provider) const;
  std::optional<int> year_asked(const Spec& spec);
  PlaceKey place_key(std::string_view region, std::string_view provider);  // valid until the next call
  static std::uint64_t asked(std::optional<int> year, std::optional<IntensityMethod> wanted);
  static const PlaceYear* known_year(
      const Place& place, std::optional<int> year, std::optional<IntensityMethod> wanted);
  // Of a year that is not known yet.
  const PlaceYear& meet_year(
      Place& place, std::optional<int> year, std::optional<IntensityMethod> wanted) const;

  const Catalog& catalog_;
  ResolveOptions options_;
  Model model_;
  ElectricityPriors electricity_;
  Memo<Result<Accelerator>> accelerators_;
  Memo<Repeat> repeats_;            // by the accelerator's name, the shape and whether devices are several
  const Repeat* repeat_ = nullptr;  // of the last spec that was one
  const PlaceFigures* there_ = nullptr;  // of its place, where not all is stated
  Inputs inputs_;                        // of what is no repeat
  Memo<Result<Place>> places_;
  Result<Place> nowhere_ = Place{};
  Memo<PlaceFigures> place_figures_;  // by what places_ is, and what is asked of it
  int year_ = 0;
  double year_begins_ = 0, year_ends_ = 0;  // epoch seconds
  std::string key_;
};

// What has been met before is looked up for each record of a stream, by several of the resolver's parts.

inline Resolver::PlaceKey Resolver::place_key(std::string_view region, std::string_view provider) {
  if (provider.empty()) return {region, 0};
  key_.assign(provider);
  key_ += region;
  return {key_, provider.size()};
}

// nullptr where it has not been met, or is none.
inline Resolver::Place* Resolver::known_place(const Spec& spec) {
  const std::string_view region = spec.region.value_or("");
  const std::string_view provider = spec.provider.value_or("");
  if (region.empty() && provider.empty()) return &*nowhere_;
  const PlaceKey key = place_key(region, provider);
  Result<Place>* const known = places_.find(key.text, key.provider_size);
  return known != nullptr && *known ? &**known : nullptr;
}

// Most records of a stream lie in the year of the one before.
inline std::optional<int> Resolver::year_asked(const Spec& spec) {
  if (spec.year || !spec.start) return spec.year;
  const double start = spec.start->epoch_seconds;
  if (!(start >= year_begins_ && start < year_ends_)) {
    year_ = year_of(*spec.start);
    year_begins_ = year_start(year_).epoch_seconds;
    year_ends_ = year_start(year_ + 1).epoch_seconds;
  }
  return year_;
}

// Of a year from first_year to last_year, or none: below 1024.
inline std::uint64_t Resolver::asked(std::optional<int> year, std::optional<IntensityMethod> wanted) {
  const int years = year ? 1 + *year - first_year : 0;
  return static_cast<std::uint64_t>(4 * years + (wanted ? 1 + static_cast<int>(*wanted) : 0));
}

inline const Resolver::PlaceYear* Resolver::known_year(
    const Place& place, std::optional<int> year, std::optional<IntensityMethod> wanted) {
  for (const PlaceYear& known : place.years) {
    if (known.asked == asked(year, wanted)) return &known;
  }
  return nullptr;
}

}  // namespace footpound
