// SPDX-License-Identifier: MIT
// What an accelerator-hour cost by a dated price list. Never looked up unasked: prices age fast.
#pragma once

#include <string_view>
#include <vector>

#include "factors/table.hpp"
#include "footpound/base/result.hpp"
#include "footpound/factors/catalog.hpp"

namespace footpound {

// USD per counted device and hour.
struct Price {
  Row row;
  double preemptible = 0;
  double on_demand = 0;
};

// The lists that price accelerators.
std::vector<std::string_view> price_sets(const Catalog& catalog);

// Errors: unknown_name, with the lists there are.
Result<void> check_price_set(const Catalog& catalog, std::string_view set);

// By the instance where one is stated, else by the accelerator or by the name the user gave it
// ("V100": lists do not say which). Errors: missing.
Result<Price> find_price(
    const Catalog& catalog, std::string_view set, Row accelerator, std::string_view said, Row instance);

}  // namespace footpound
