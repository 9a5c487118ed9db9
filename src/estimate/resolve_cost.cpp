// SPDX-License-Identifier: MIT
// The ladder of cost: a stated price | a price list, where one is asked for.
#include "estimate/resolve.hpp"
#include "factors/prices.hpp"

namespace footpound {

// Device-hours that somebody pays for: counted devices x wall clock.
Result<void> Resolver::find_priced_time(const Spec& spec, Inputs& inputs) {
  Duration time{};
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    if (inputs.boards[i].time) time += inputs.boards[i].time->total();
  }
  if (in_hours(time) > 0) {
    inputs.priced_time = time;
    return {};
  }
  if (spec.accelerator_hours) {
    inputs.priced_time = spec.accelerator_hours->value;
    return {};
  }
  if (!inputs.count && (spec.accelerator || spec.instance || spec.accelerator_count)) {
    // whole-job power needs no boards; their price does
    if (spec.accelerator || spec.instance) {
      if (Result<void> done = find_boards(spec, inputs); !done) return done;
    } else {
      Factor count;
      count.id = FactorId::accelerator_count;
      count.value = spec.accelerator_count->value;
      count.log_sd = spec.accelerator_count->log_sd;
      inputs.count = count;
    }
  }
  if (Result<void> done = find_hours(spec, inputs); !done) return done;
  if (!inputs.count || !inputs.hours) {
    return Error{ErrorKind::missing, inputs.count ? "hours" : "accelerator_count", "is not stated",
        "a price is per device and hour: state --gpu-count and --hours, or --accelerator-hours"};
  }
  inputs.priced_time = DeviceTime{inputs.count->value, hours(inputs.hours->value)}.total();
  return {};
}

Result<void> Resolver::resolve_cost(const Spec& spec, Inputs& inputs) {
  if (Result<void> done = find_priced_time(spec, inputs); !done) return done;
  Factor price;
  price.id = FactorId::price;
  if (spec.price_usd_per_hour) {
    price.value = spec.price_usd_per_hour->value;
    price.log_sd = spec.price_usd_per_hour->log_sd;
    inputs.price = price;
    return {};
  }
  if (inputs.board_kinds > 1) {
    return Error{ErrorKind::refused, "price_usd_per_hour", "several kinds of accelerator have several prices",
        "state --price-usd-per-hour"};
  }
  Row instance;
  if (spec.instance) {
    const Result<Instance> found = find_instance(catalog_, *spec.instance);
    if (found) instance = found->row;
  }
  const Row accelerator = inputs.board_kinds > 0 ? inputs.boards[0].accelerator() : Row();
  const Result<Price> listed =
      find_price(catalog_, options_.prices, accelerator, spec.accelerator.value_or(""), instance);
  if (!listed) return listed.error();
  price.origin = Origin::table;
  price.note = Note::price_list;
  price.value = listed->on_demand;
  price.row = listed->row;
  inputs.price = price;
  inputs.preemptible_price_usd = listed->preemptible;
  return {};
}

}  // namespace footpound
