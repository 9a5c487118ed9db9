// SPDX-License-Identifier: MIT
// Most records of a stream are alike: the same fields stated, few names. What the ladders gave for
// the boards of one holds for the next, but for the numbers that it states itself.
#include "estimate/resolve_words.hpp"
#include "footpound/estimate/resolve.hpp"

namespace footpound {

namespace {

double squared(double x) { return x * x; }

bool several_devices(const Spec& spec) { return spec.accelerator_count && spec.accelerator_count->value > 1; }

// Does the spec say nothing that is checked against, or calculated from, other numbers of it?
bool is_plain(const Spec& spec) {
  return spec.hours && spec.accelerator && spec.group_count == 0 && !spec.accelerator_hours &&
         !(spec.start && spec.end) && !spec.instance && !spec.nodes && !spec.cpu && !spec.cpu_count &&
         !spec.cpu_cores && !spec.memory_gb && !spec.host_power && !spec.it_power &&
         !spec.measured_it_energy && !spec.measured_accelerator_energy && !spec.parameters &&
         !spec.active_parameters && !spec.tokens && !spec.flops && !spec.layers && !spec.context_tokens &&
         !spec.mfu && !spec.workload && !spec.embodied && !spec.price_usd_per_hour;
}

// The load is another with several devices: shape and that, as one number.
std::uint64_t number_of(const Spec& spec, std::uint64_t shape) {
  return 2 * shape + (several_devices(spec) ? 1 : 0);
}

}  // namespace

void Resolver::remember(const Spec& spec, std::uint64_t shape) {
  if (!is_plain(spec) || options_.strict || !options_.prices.empty() || inputs_.board_kinds != 1) return;
  const Boards& boards = inputs_.boards[0];
  if (inputs_.rung != EnergyRung::parts || !boards.power || !inputs_.count || inputs_.host_power) return;
  Repeat repeat{};
  repeat.power_from = spec.accelerator_power ? Repeat::Power::stated
                      : spec.utilization     ? Repeat::Power::from_utilization
                                             : Repeat::Power::fixed;
  repeat.count_is_stated = spec.accelerator_count.has_value();
  repeat.boundary = inputs_.boundary;
  repeat.trials = inputs_.trials.value;
  repeat.count = inputs_.count->value;
  repeat.board_w = repeat.power_from == Repeat::Power::from_utilization
                       ? in_watts(*boards.device->rated_power)
                       : boards.power->value;
  repeat.host_w = boards.host_power ? boards.host_power->value : 0;
  FactorSet assumed;
  each_factor(inputs_, [&](const Factor& factor) {
    const bool of_place = factor.id == FactorId::pue || factor.id == FactorId::intensity;
    if (factor.origin == Origin::assumed && !of_place) assumed.add(factor.id);
  });
  repeat.ladders = std::make_unique<Ladders>(
      Ladders{squared(inputs_.trials.log_sd), squared(inputs_.count->log_sd), boards.power->log_sd,
          boards.host_power ? boards.host_power->log_sd : 0, boards.sum_log_sd, assumed, inputs_});
  repeats_.put(*spec.accelerator, number_of(spec, shape), std::move(repeat));
}

// nullptr: none is remembered, or the numbers ask for the ladders (nothing ran, no device).
inline Resolver::Repeat* Resolver::repeat_of(const Spec& spec, std::uint64_t shape) {
  if (!spec.accelerator || !spec.hours || !(in_hours(spec.hours->value) > 0)) return nullptr;
  if (spec.accelerator_count && !(spec.accelerator_count->value > 0)) return nullptr;
  return repeats_.find(*spec.accelerator, number_of(spec, shape));
}

// nullptr: of a place or year that has not been met.
inline const Resolver::PlaceFigures* Resolver::figures_of_place(const Spec& spec) {
  const std::optional<int> year = year_asked(spec);
  if (year && (*year < first_year || *year > last_year)) return nullptr;  // to be refused
  const PlaceKey key = place_key(spec.region.value_or(""), spec.provider.value_or(""));
  const std::uint64_t number = key.provider_size << 10 | asked(year, spec.intensity_method);
  const PlaceFigures* const known = place_figures_.find(key.text, number);
  return known != nullptr ? known : meet_figures_of_place(spec, year, number);
}

const Resolver::PlaceFigures* Resolver::meet_figures_of_place(
    const Spec& spec, std::optional<int> year, std::uint64_t number) {
  const Place* const place = known_place(spec);
  const PlaceYear* const there = place == nullptr ? nullptr : known_year(*place, year, spec.intensity_method);
  if (there == nullptr) return nullptr;
  const PlaceKey key = place_key(spec.region.value_or(""), spec.provider.value_or(""));
  const Factor pue = there->pue ? *there->pue : Factor{};
  const Factor intensity = there->intensity ? there->intensity->factor : Factor{};
  return &place_figures_.put(key.text, number,
      {pue.value, intensity.value, bool(there->pue), bool(there->intensity), pue.origin == Origin::assumed,
          intensity.origin == Origin::assumed, pue.log_sd, squared(intensity.log_sd)});
}

bool Resolver::repeat(const Spec& spec, std::uint64_t shape, Figures& figures) {
  if (shape == 0 || spec.market_intensity) return false;
  const Repeat* const repeat = repeat_of(spec, shape);
  if (repeat == nullptr) return false;
  repeat_ = repeat;
  double pue = spec.pue ? spec.pue->value : 0;
  double intensity = spec.intensity ? spec.intensity->value.stored() : 0;
  if (!spec.pue || !spec.intensity) {
    there_ = figures_of_place(spec);
    if (there_ == nullptr || (!spec.pue && !there_->has_pue)) return false;
    if (!spec.intensity && !there_->has_intensity) return false;
    if (!spec.pue) pue = there_->pue;
    if (!spec.intensity) intensity = there_->intensity;
  } else if (known_place(spec) == nullptr) {
    return false;
  }

  const double trials = spec.trials ? spec.trials->value : repeat->trials;
  const double count = repeat->count_is_stated ? spec.accelerator_count->value : repeat->count;
  const Duration device_time = hours(count * in_hours(spec.hours->value));
  figures.it_energy =
      trials * (energy_of_boards(spec, *repeat, device_time) + watts(repeat->host_w) * device_time);
  figures.energy = figures.it_energy * pue;
  figures.co2e = figures.energy * grams_per_kwh(intensity);
  figures.accelerator_hours = in_hours(device_time) * trials;
  figures.boundary = repeat->boundary;
  return true;
}

inline Energy Resolver::energy_of_boards(const Spec& spec, const Repeat& repeat, Duration device_time) {
  const double board_w = repeat.power_from == Repeat::Power::fixed ? repeat.board_w
                         : repeat.power_from == Repeat::Power::stated
                             ? in_watts(spec.accelerator_power->value)
                             : repeat.board_w * spec.utilization->value;
  return watts(board_w) * device_time;
}

Doubts Resolver::doubts_of_repeat(const Spec& spec) const {
  const Repeat& repeat = *repeat_;
  const Ladders& ladders = *repeat.ladders;
  const auto variance = [](const auto& stated, double otherwise) {
    return stated ? squared(stated->log_sd) : otherwise;
  };
  const double count = repeat.count_is_stated ? spec.accelerator_count->value : repeat.count;
  const Duration device_time = hours(count * in_hours(spec.hours->value));
  const Energy boards = energy_of_boards(spec, repeat, device_time);
  const Energy host = watts(repeat.host_w) * device_time;
  SumVariance sum;
  if (ladders.sum_log_sd) {
    sum.add(boards + host, *ladders.sum_log_sd);
  } else {
    sum.add(boards, repeat.power_from == Repeat::Power::fixed ? ladders.board_log_sd
                    : repeat.power_from == Repeat::Power::stated
                        ? spec.accelerator_power->log_sd
                        : model_.board_power_doubt_at(spec.utilization->log_sd));
    sum.add(host, ladders.host_log_sd);
  }
  const double time_variance =
      squared(spec.hours->log_sd) + variance(spec.accelerator_count, ladders.count_variance);
  const double it = variance(spec.trials, ladders.trials_variance) + sum.of(boards + host) + time_variance;
  const double pue_log_sd = spec.pue ? spec.pue->log_sd : there_->pue_log_sd;
  const double intensity_variance =
      spec.intensity ? squared(spec.intensity->log_sd) : there_->intensity_variance;

  Doubts doubts;
  doubts.energy_below = it + squared(pue_doubt_below(spec.pue ? spec.pue->value : there_->pue, pue_log_sd));
  doubts.energy_above = it + squared(pue_log_sd);
  doubts.co2e_below = doubts.energy_below + intensity_variance;
  doubts.co2e_above = doubts.energy_above + intensity_variance;
  doubts.assumed = ladders.assumed;
  if (!spec.pue && there_->pue_is_assumed) doubts.assumed.add(FactorId::pue);
  if (!spec.intensity && there_->intensity_is_assumed) doubts.assumed.add(FactorId::intensity);
  return doubts;
}

Result<const Inputs*> Resolver::resolve(const Spec& spec, std::uint64_t shape) {
  if (const Repeat* const repeat = shape == 0 ? nullptr : repeat_of(spec, shape)) {
    follow(spec, *repeat);
    Inputs& inputs = repeat->ladders->inputs;
    if (Result<void> done = resolve_place(spec, inputs); !done) return std::move(done.error());
    return &inputs;
  }
  if (Result<void> done = resolve(spec, inputs_); !done) return std::move(done.error());
  if (shape != 0) remember(spec, shape);
  return &inputs_;
}

// Writes what the spec states over what the record before did.
void Resolver::follow(const Spec& spec, const Repeat& repeat) const {
  const auto state = [](Factor& factor, double value, double log_sd) {
    factor.value = value;
    factor.log_sd = log_sd;
  };
  Inputs& inputs = repeat.ladders->inputs;
  Boards& boards = inputs.boards[0];
  if (spec.trials) state(inputs.trials, spec.trials->value, spec.trials->log_sd);
  state(*inputs.hours, in_hours(spec.hours->value), spec.hours->log_sd);
  if (repeat.count_is_stated)
    state(*inputs.count, spec.accelerator_count->value, spec.accelerator_count->log_sd);
  boards.count = inputs.count->value;
  boards.device_time = hours(*boards.count * inputs.hours->value);
  switch (repeat.power_from) {
    case Repeat::Power::fixed: break;
    case Repeat::Power::stated:
      state(*boards.power, in_watts(spec.accelerator_power->value), spec.accelerator_power->log_sd);
      break;
    case Repeat::Power::from_utilization:
      boards.power = model_.board_power_at(*boards.device, spec.utilization->value, spec.utilization->log_sd);
      break;
  }
}

}  // namespace footpound
