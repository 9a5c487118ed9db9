// SPDX-License-Identifier: MIT
#include "factors/prices.hpp"

#include <algorithm>
#include <string>

#include "factors/nearest.hpp"
#include "factors/tables.hpp"

namespace footpound {

namespace {

// How many counted devices one unit of the price buys; 0 for what is no accelerator.
double devices_in(const Catalog& catalog, Row price) {
  if (const auto devices = price.number(column(TableId::prices, "devices"))) return *devices;
  const std::string_view unit = price.text(column(TableId::prices, "unit"));
  if (unit == "GPU-hour") return 1;
  if (unit != "instance-hour") return 0;
  const std::string id = std::string(price.text(column(TableId::prices, "provider"))) + ":" +
                         std::string(price.text(column(TableId::prices, "name")));
  const Row instance = catalog.table(TableId::instances).find(id);
  return instance ? instance.number(column(TableId::instances, "accelerator_count")).value_or(0) : 0;
}

bool is_of_instance(Row price, Row instance) {
  return price.text(column(TableId::prices, "provider")) ==
             instance.text(column(TableId::instances, "provider")) &&
         price.text(column(TableId::prices, "name")) == instance.text(column(TableId::instances, "name"));
}

}  // namespace

std::vector<std::string_view> price_sets(const Catalog& catalog) {
  std::vector<std::string_view> sets;
  const Table& table = catalog.table(TableId::prices);
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const Row row = table.row(i);
    const std::string_view set = row.text(column(TableId::prices, "set"));
    if (row.has(column(TableId::prices, "accelerator")) &&
        std::find(sets.begin(), sets.end(), set) == sets.end())
      sets.push_back(set);
  }
  return sets;
}

Result<void> check_price_set(const Catalog& catalog, std::string_view set) {
  const std::vector<std::string_view> sets = price_sets(catalog);
  if (std::find(sets.begin(), sets.end(), set) != sets.end()) return {};
  return Error{ErrorKind::unknown_name, {}, "unknown " + in_quotes(set), "known are " + either(sets)};
}

Result<Price> find_price(
    const Catalog& catalog, std::string_view set, Row accelerator, std::string_view said, Row instance) {
  const Table& table = catalog.table(TableId::prices);
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const Row row = table.row(i);
    if (row.text(column(TableId::prices, "set")) != set) continue;
    const bool whole_instance = row.text(column(TableId::prices, "unit")) == "instance-hour";
    const bool of_device =
        !whole_instance &&
        ((accelerator && row.text(column(TableId::prices, "accelerator")) == accelerator.id()) ||
            (!said.empty() && folds_alike(row.text(column(TableId::prices, "name")), said, Fold::hardware)));
    if (!of_device && !(whole_instance && instance && is_of_instance(row, instance))) continue;
    const double devices = devices_in(catalog, row);
    const std::optional<double> on_demand = row.number(column(TableId::prices, "usd_per_hour_on_demand"));
    if (!(devices > 0) || !on_demand) continue;
    const double preemptible = row.number(column(TableId::prices, "usd_per_hour_spot")).value_or(*on_demand);
    return Price{row, preemptible / devices, *on_demand / devices};
  }
  std::string what = "list " + in_quotes(set) + " has no price for ";
  if (instance) {
    what += in_quotes(instance.id());
  } else if (accelerator) {
    what += in_quotes(accelerator.id());
  } else {
    what += said.empty() ? "an unnamed accelerator" : in_quotes(said);
  }
  return Error{ErrorKind::missing, "price_usd_per_hour", what,
      "state --price-usd-per-hour; `footpound list prices` shows what there is (instances need --instance)"};
}

}  // namespace footpound
