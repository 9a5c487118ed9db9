// SPDX-License-Identifier: MIT
// What the ladders ask the tables: which device a name stands for, which place, and what is known of that
// place in a year. A seam, so that streams, which ask the same a million times, may keep the answers.
#pragma once

#include <optional>
#include <string_view>

#include "factors/electricity.hpp"
#include "factors/hardware.hpp"
#include "factors/places.hpp"
#include "factors/table.hpp"
#include "footpound/base/result.hpp"
#include "footpound/factors/catalog.hpp"

namespace footpound {

struct PlaceYear {
  Result<Factor> pue;
  Result<IntensityPick> intensity;
};

// Each answer is valid until the same question is asked again. Errors name no field, but for place()'s.
class Lookups {
 public:
  virtual ~Lookups() = default;
  virtual const Result<Accelerator>& accelerator(std::string_view name) = 0;
  // "" for what is not stated.
  virtual const Result<Place>& place(std::string_view region, std::string_view provider) = 0;
  // `year`: none, or from first_year to last_year. `wanted`: the method asked for, if one was.
  virtual const PlaceYear& place_year(
      const Place& place, std::optional<int> year, std::optional<IntensityMethod> wanted) = 0;
};

// Asks the tables each time.
class TableLookups final : public Lookups {
 public:
  explicit TableLookups(const Catalog& catalog) : catalog_(catalog), priors_(catalog) {}

  const Result<Accelerator>& accelerator(std::string_view name) override;
  const Result<Place>& place(std::string_view region, std::string_view provider) override;
  const PlaceYear& place_year(
      const Place& place, std::optional<int> year, std::optional<IntensityMethod> wanted) override;

 private:
  const Catalog& catalog_;
  ElectricityPriors priors_;
  std::optional<Result<Accelerator>> accelerator_;
  std::optional<Result<Place>> place_;
  std::optional<PlaceYear> place_year_;
};

}  // namespace footpound
