// SPDX-License-Identifier: MIT
// The ladder of cost: a stated price | a price list, where one is asked for.
#include "estimate/resolve.hpp"
#include "estimate/resolve_words.hpp"
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
  if (!inputs.has(FactorId::accelerator_count) &&
      (spec.accelerator || spec.instance || spec.accelerator_count)) {
    // whole-job power needs no boards; their price does
    if (spec.accelerator || spec.instance) {
      if (Result<void> done = find_boards(spec, inputs); !done) return done;
    } else {
      inputs.put(given(FactorId::accelerator_count, *spec.accelerator_count));
    }
  }
  if (Result<void> done = find_hours(spec, inputs); !done) return done;
  if (!inputs.has(FactorId::accelerator_count) || !inputs.has(FactorId::hours)) {
    return Error{ErrorKind::missing, inputs.has(FactorId::accelerator_count) ? "hours" : "accelerator_count",
        "is not stated",
        "a price is per device and hour: state --gpu-count and --hours, or --accelerator-hours"};
  }
  inputs.priced_time =
      DeviceTime{inputs[FactorId::accelerator_count].as<double>(), inputs[FactorId::hours].as<Duration>()}
          .total();
  return {};
}

Result<void> Resolver::resolve_cost(const Spec& spec, Inputs& inputs) {
  if (Result<void> done = find_priced_time(spec, inputs); !done) return done;
  if (spec.price_usd_per_hour) {
    inputs.put(given(FactorId::price, *spec.price_usd_per_hour));
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
  Factor price(FactorId::price, listed->on_demand);
  price.origin = Origin::table;
  price.note = Note::price_list;
  price.row = listed->row;
  inputs.put(price);
  inputs.preemptible_price_usd = listed->preemptible;
  return {};
}

}  // namespace footpound
