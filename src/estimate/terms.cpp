// SPDX-License-Identifier: MIT
#include "estimate/terms.hpp"

#include <algorithm>
#include <cmath>

#include "units/amount.hpp"

namespace footpound {

namespace {

double squared(double x) { return x * x; }
double log_sd_of(const Factor* factor) { return factor != nullptr ? factor->log_sd : 0; }

// Log variance of a sum of energies that are doubted apart from each other.
class SumVariance {
 public:
  explicit SumVariance(Energy total)
      : scale_(in_kwh(total) < small_kwh ? 0x1p600 : 1), total_(in_kwh(total) * scale_) {}
  void add(Energy part, double log_sd) { absolute_ += squared(in_kwh(part) * scale_ * log_sd); }
  double variance() const { return total_ > 0 ? absolute_ / squared(total_) : 0; }

 private:
  static constexpr double small_kwh = 1e-140;  // the square of less loses digits, and in the end all

  double scale_;  // a power of two: no digit changes
  double total_;
  double absolute_ = 0;
};

Energy board_energy(const BoardTerms& kind) { return kind.board * kind.time.total(); }
Energy host_energy(const BoardTerms& kind) { return kind.host * kind.time.total(); }
Energy whole_energy(const Terms& terms) { return terms.whole_power * terms.hours; }

bool is_by_parts(EnergyRung rung) {
  return rung == EnergyRung::parts || rung == EnergyRung::measured_accelerator;
}

// Of the time that the power ran: shared by all parts of the energy.
double time_variance(const Terms& terms) { return squared(terms.time_log_sd) + squared(terms.count_log_sd); }

double parts_variance(const Terms& terms, Energy total) {
  SumVariance sum(total);
  // metered boards do not share the doubt about the time their host ran
  const bool metered = terms.rung == EnergyRung::measured_accelerator;
  const auto host_log_sd = [&](double power_log_sd) {
    return metered ? std::sqrt(squared(power_log_sd) + time_variance(terms)) : power_log_sd;
  };
  if (metered) sum.add(terms.metered, terms.metered_log_sd);
  for (std::size_t i = 0; i < terms.board_kinds; ++i) {
    const BoardTerms& kind = terms.boards[i];
    if (kind.sum_log_sd) {
      sum.add(board_energy(kind) + host_energy(kind), *kind.sum_log_sd);
    } else {
      sum.add(board_energy(kind), kind.board_log_sd);
      sum.add(host_energy(kind), host_log_sd(kind.host_log_sd));
    }
  }
  sum.add(whole_energy(terms), host_log_sd(terms.whole_power_log_sd));
  return sum.variance();
}

// Of the power side, or of what was metered.
double power_variance(const Terms& terms) {
  switch (terms.rung) {
    case EnergyRung::measured_it: return squared(terms.metered_log_sd);
    case EnergyRung::it_power: return squared(terms.whole_power_log_sd);
    case EnergyRung::measured_accelerator:
    case EnergyRung::parts: break;
  }
  return parts_variance(terms, it_energy(terms).total());
}

void take_boards(const Inputs& inputs, Terms& terms) {
  terms.board_kinds = inputs.board_kinds;
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    const Boards& boards = inputs.boards[i];
    BoardTerms& kind = terms.boards[i];
    if (boards.time) kind.time = *boards.time;
    const Factor* const board = boards.find(FactorId::accelerator_power);
    const Factor* const host = boards.find(FactorId::host_power_per_device);
    if (board != nullptr) kind.board = board->as<Power>();
    if (host != nullptr) kind.host = host->as<Power>();
    kind.board_log_sd = log_sd_of(board);
    kind.host_log_sd = log_sd_of(host);
    kind.sum_log_sd = boards.sum_log_sd;
    terms.device_time_is_known = terms.device_time_is_known && boards.time.has_value();
  }
}

void take_time(const Inputs& inputs, Terms& terms) {
  const Factor* const wall_clock = inputs.find(FactorId::hours);
  if (wall_clock != nullptr) terms.hours = wall_clock->as<Duration>();
  const Factor* const overhead = inputs.find(FactorId::hours_overhead);
  if (overhead != nullptr && overhead->note == Note::restarts_may_add)
    terms.lost_time_log_sd = overhead->log_sd;
  if (inputs.rung == EnergyRung::measured_it) return;
  if (const Factor* const device_time = inputs.find(FactorId::accelerator_hours)) {
    terms.time_log_sd = device_time->log_sd;
    return;
  }
  terms.time_log_sd = log_sd_of(wall_clock);
  // the devices' time is count x hours; whole-job power needs hours alone. Hours from FLOPs fall as the
  // count grows: count x hours has no doubt of the count in it
  const bool counts = is_by_parts(inputs.rung) && inputs.board_kinds > 0;
  const bool from_flops = wall_clock != nullptr && wall_clock->note == Note::from_flops;
  if (counts && !from_flops) terms.count_log_sd = log_sd_of(inputs.find(FactorId::accelerator_count));
}

}  // namespace

Terms terms_of(const Inputs& inputs) {
  Terms terms;
  terms.rung = inputs.rung;
  terms.boundary = inputs.boundary;
  terms.trials = inputs[FactorId::trials].as<double>();
  terms.trials_log_sd = inputs[FactorId::trials].log_sd;
  // a job of hosts alone has no device-hours; of a job whose power was stated as a whole, who knows
  terms.device_time_is_known = inputs.board_kinds > 0 || inputs.rung == EnergyRung::parts;
  take_boards(inputs, terms);
  take_time(inputs, terms);
  if (const Factor* const metered = inputs.metered()) {
    terms.metered = metered->as<Energy>();
    terms.metered_log_sd = metered->log_sd;
  }
  const Factor* const it_power = inputs.find(FactorId::it_power);
  if (const Factor* const whole = it_power != nullptr ? it_power : inputs.find(FactorId::host_power)) {
    terms.whole_power = whole->as<Power>();
    terms.whole_power_log_sd = whole->log_sd;
  }
  const Factor& pue = inputs[FactorId::pue];
  terms.pue = pue.as<Pue>();
  terms.pue_log_sd = pue.log_sd;
  terms.pue_is_assumed = pue.origin == Origin::assumed;
  const Factor& intensity = inputs[FactorId::intensity];
  terms.intensity = intensity.as<Intensity>();
  terms.intensity_log_sd = intensity.log_sd;
  terms.intensity_is_assumed = intensity.origin == Origin::assumed;
  each_factor(inputs, [&](const Factor& factor) {
    const bool of_place = factor.id == FactorId::pue || factor.id == FactorId::intensity;
    if (factor.origin == Origin::assumed && !of_place) terms.assumed.add(factor.id);
  });
  return terms;
}

ItEnergy it_energy(const Terms& terms) {
  ItEnergy it{terms.metered, {}};
  for (std::size_t i = 0; i < terms.board_kinds; ++i) {
    it.boards += board_energy(terms.boards[i]);
    it.host += host_energy(terms.boards[i]);
  }
  it.host += whole_energy(terms);
  return it;
}

Figures figures(const Terms& terms) {
  Figures result;
  result.it_energy = terms.trials * it_energy(terms).total();
  result.energy = result.it_energy * terms.pue;
  result.co2e = result.energy * terms.intensity;
  result.boundary = terms.boundary;
  if (!terms.device_time_is_known) return result;
  double device_hours = 0;
  for (std::size_t i = 0; i < terms.board_kinds; ++i)
    device_hours += in_hours(terms.boards[i].time.total()) * terms.trials;
  result.accelerator_hours = device_hours;
  return result;
}

Doubts doubts(const Terms& terms) {
  Doubts result;
  const bool shared_time = terms.rung != EnergyRung::measured_accelerator;
  result.it_below =
      squared(terms.trials_log_sd) + power_variance(terms) + (shared_time ? time_variance(terms) : 0);
  result.it_above = result.it_below + (shared_time ? squared(terms.lost_time_log_sd) : 0);
  result.energy_below = result.it_below + squared(pue_doubt_below(terms.pue, terms.pue_log_sd));
  result.energy_above = result.it_above + squared(terms.pue_log_sd);
  result.co2e_below = result.energy_below + squared(terms.intensity_log_sd);
  result.co2e_above = result.energy_above + squared(terms.intensity_log_sd);
  result.assumed = terms.assumed;
  if (terms.pue_is_assumed) result.assumed.add(FactorId::pue);
  if (terms.intensity_is_assumed) result.assumed.add(FactorId::intensity);
  return result;
}

double pue_doubt_below(Pue stated, double log_sd) {
  const double pue = stated.stored();
  // log x >= 1 - 1/x, here times x: mostly the logarithm is not needed
  if (log_sd * z90 * pue <= pue - 1) return log_sd;
  return std::min(log_sd, std::log(pue) / z90);
}

}  // namespace footpound
