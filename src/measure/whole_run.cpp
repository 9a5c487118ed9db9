// SPDX-License-Identifier: MIT
#include "measure/whole_run.hpp"

#include <algorithm>
#include <cmath>

#include "measure/record.hpp"
#include "measure/steady_part.hpp"
#include "units/amount.hpp"

namespace footpound::measure {

namespace {

using Powers = std::vector<std::optional<Power>>;

constexpr double least_share = 1e-7;
// A warm-up whose power differs by less from what follows is taken for steps like the others.
constexpr double other_power = 0.2;

std::size_t first_steady(const Powers& powers, Duration cell, const std::optional<Duration>& stated) {
  if (!stated) return std::min(end_of_warm_up(powers), powers.size());
  const double cells = std::ceil(*stated / cell);
  return cells < static_cast<double>(powers.size()) ? static_cast<std::size_t>(cells) : powers.size();
}

// The time in which perhaps no step was made.
Duration start_up(const Measurement& measurement, const std::optional<Duration>& stated) {
  if (stated) return *stated;
  const RecordParts parts = record_parts(measurement);
  std::vector<std::size_t> devices = parts.it.empty() ? parts.accelerators : parts.it;
  if (parts.it.empty()) devices.insert(devices.end(), parts.host.begin(), parts.host.end());
  const Powers powers = measurement.profile.powers(devices);
  const std::size_t first = first_steady(powers, hours(0), std::nullopt);
  const Power before = steady_part(std::span(powers).first(first), 0).mean;
  const Power after = steady_part(powers, first).mean;
  if (first == 0 || std::abs(in_watts(before) - in_watts(after)) < other_power * in_watts(after)) return {};
  return std::min(
      duration(measurement.profile.cell()) * static_cast<double>(first), duration(measurement.window));
}

}  // namespace

Result<Share> parse_share(std::string_view text) {
  const Error bad{ErrorKind::bad_value, {}, in_quotes(text) + " is not a share of the run",
      "write --covers 3%, --covers 0.03 or --covers 100/10000 (steps seen / all steps)"};
  const std::size_t slash = text.find('/');
  Share share;
  if (slash == std::string_view::npos) {
    const Result<Amount> amount = parse_amount(text, UnitKind::share);
    if (!amount || amount->log_sd > 0) return bad;
    share.value = amount->value;
  } else {
    const Result<Amount> seen = parse_amount(text.substr(0, slash), UnitKind::count);
    const Result<Amount> all = parse_amount(text.substr(slash + 1), UnitKind::count);
    if (!seen || !all || seen->log_sd > 0 || all->log_sd > 0) return bad;
    share = Share{seen->value / all->value, true};
  }
  if (!(share.value > 0 && share.value <= 1)) {
    return Error{ErrorKind::out_of_range, {}, in_quotes(text) + " is not above 0 and at most the whole run",
        bad.instead};
  }
  if (share.value < least_share) {
    return Error{ErrorKind::out_of_range, {}, in_quotes(text) + " is less than a ten-millionth of the run",
        "a second tells nothing about a year: measure a larger part"};
  }
  return share;
}

std::optional<WholeRun> whole_run(
    const Measurement& measurement, const SaidOfRun& said, std::vector<std::string>& notes) {
  if (!said.covers && !said.total) return std::nullopt;
  const Duration window = duration(measurement.window);
  std::optional<Duration> warm_up = said.warm_up;
  if (warm_up && !(*warm_up < window)) {
    notes.emplace_back("--warm-up is as long as what was measured: the rest is given the mean of it all");
    warm_up = hours(0);
  }
  if (said.total && *said.total < window) {
    notes.emplace_back("the whole run is said to be shorter than what was measured: not scaled");
    return std::nullopt;
  }
  if (said.total && window < least_share * *said.total) {
    notes.emplace_back(
        "less than a ten-millionth of the whole run, as it is said to be, was measured: not scaled");
    return std::nullopt;
  }
  if (said.total) return WholeRun{*said.total, warm_up};
  const double share = said.covers->value;
  if (!said.covers->of_steps) return WholeRun{window / share, warm_up};
  const Duration without_steps = start_up(measurement, warm_up);
  const double more = 1 / share - 1;
  return WholeRun{window + (window - without_steps) * more, warm_up, without_steps * more};
}

Scaled scaled_energy(
    const Measurement& measurement, std::span<const std::size_t> devices, const WholeRun& whole) {
  Scaled out;
  out.time = whole.total;
  const UncertainEnergy seen = energy_of(measurement, devices);
  const Duration window = duration(measurement.window);
  const Duration rest = std::max(whole.total - window, hours(0));

  const Powers powers = measurement.profile.powers(devices);
  const Duration cell = duration(measurement.profile.cell());
  const std::size_t first = first_steady(powers, cell, whole.warm_up);
  const SteadyPart steady = steady_part(powers, first);
  const bool any = steady.mean > watts(0);
  out.warm_up = any ? std::min(cell * static_cast<double>(first), window) : hours(0);
  // too short for a single cell: the mean of it all
  out.steady = any ? steady.mean : seen.value / window;
  out.steady_half_width = steady.half_width;

  out.energy.value = seen.value + out.steady * rest;
  // gain errors and missing time scale with the energy they are part of
  const double grows = out.energy.value / seen.value;
  const double of_meters = in_kwh(seen.half_width) * (std::isfinite(grows) ? grows : 1);
  const double of_sampling = out.steady_half_width ? in_kwh(*out.steady_half_width * rest) : 0;
  const double of_time = in_kwh(out.steady * whole.doubt);
  out.energy.half_width = kilowatt_hours(std::hypot(of_meters, of_sampling, of_time));
  return out;
}

}  // namespace footpound::measure
