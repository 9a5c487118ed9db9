// SPDX-License-Identifier: MIT
#include "measure/measurement.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "footpound/units/amount.hpp"
#include "footpound/units/number_text.hpp"
#include "measure/steady_part.hpp"

namespace footpound::measure {

namespace {

double square(double x) {
  return x * x;
}

// What the meters alone may be off.
Energy accuracy_half_width(const Measurement& measurement, std::span<const std::size_t> devices) {
  std::map<std::string, double> by_meter;
  for (const std::size_t i : devices) {
    const DeviceEnergy& device = measurement.devices[i];
    const Accuracy& accuracy = device.device.accuracy;
    // a reading that may be old matters the less, the longer the time; never more than all of it
    const double late = std::min(1.0, in_seconds(accuracy.settles) / in_seconds(device.covered));
    const double log_sd = std::hypot(accuracy.log_sd, late);
    by_meter[device.device.meter] += in_kwh(device.measured + device.filled) * std::sinh(z90 * log_sd);
  }
  double squares = 0;
  for (const auto& [meter, half_width] : by_meter) squares += square(half_width);
  return kilowatt_hours(std::sqrt(squares));
}

Energy filled(const Measurement& measurement, std::span<const std::size_t> devices) {
  Energy sum;
  for (const std::size_t i : devices) sum += measurement.devices[i].filled;
  return sum;
}

}  // namespace

std::string_view name(Part part) {
  switch (part) {
    case Part::accelerator: return "accelerators";
    case Part::cpu: return "CPUs";
    case Part::memory: return "memory";
    case Part::node: return "node";
  }
  return {};
}

std::vector<std::size_t> Measurement::of(std::span<const Part> parts) const {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    if (std::find(parts.begin(), parts.end(), devices[i].device.part) != parts.end()) out.push_back(i);
  }
  return out;
}

std::vector<std::size_t> Measurement::known(std::span<const Part> parts) const {
  std::vector<std::size_t> out = of(parts);
  std::erase_if(out, [&](std::size_t i) { return !devices[i].known(); });
  return out;
}

bool Measurement::complete(Part part) const {
  const Part parts[] = {part};
  return !of(parts).empty() && of(parts).size() == known(parts).size();
}

Result<double> parse_share(std::string_view text) {
  const Error bad{ErrorKind::bad_value,
                  {},
                  in_quotes(text) + " is not a share of the run",
                  "write --covers 3%, --covers 0.03 or --covers 100/10000 (steps seen / all steps)"};
  const std::size_t slash = text.find('/');
  double share = 0;
  if (slash == std::string_view::npos) {
    const Result<Amount> amount = parse_amount(text, UnitKind::share);
    if (!amount || amount->log_sd > 0) return bad;
    share = amount->value;
  } else {
    const Result<Amount> seen = parse_amount(text.substr(0, slash), UnitKind::count);
    const Result<Amount> all = parse_amount(text.substr(slash + 1), UnitKind::count);
    if (!seen || !all || seen->log_sd > 0 || all->log_sd > 0) return bad;
    share = seen->value / all->value;
  }
  if (!(share > 0 && share <= 1)) {
    return Error{ErrorKind::out_of_range,
                 {},
                 in_quotes(text) + " is not above 0 and at most the whole run",
                 bad.instead};
  }
  return share;
}

std::string energy_text(UncertainEnergy energy) {
  const double value = in_kwh(energy.value);
  const double half_width = in_kwh(energy.half_width);
  if (!(value > 0) || !(half_width > 0)) return number_text(value) + "kWh";
  return number_text(value) + "+-" + number_text(half_width) + "kWh";
}

UncertainEnergy energy_of(const Measurement& measurement, std::span<const std::size_t> devices) {
  UncertainEnergy out;
  for (const std::size_t i : devices) {
    out.value += measurement.devices[i].measured + measurement.devices[i].filled;
  }
  out.half_width = kilowatt_hours(
      std::hypot(in_kwh(accuracy_half_width(measurement, devices)), in_kwh(filled(measurement, devices))));
  return out;
}

Scaled scaled_energy(const Measurement& measurement, std::span<const std::size_t> devices,
                     const WholeRun& whole) {
  Scaled out;
  out.time = whole.total;
  const UncertainEnergy seen = energy_of(measurement, devices);
  const Duration window = duration(measurement.window);
  const Duration rest = std::max(whole.total - window, hours(0));

  const std::vector<std::optional<Power>> powers = measurement.profile.powers(devices);
  const Duration cell = duration(measurement.profile.cell());
  std::size_t first = end_of_warm_up(powers);
  if (whole.warm_up) first = static_cast<std::size_t>(std::ceil(*whole.warm_up / cell));
  first = std::min(first, powers.size());
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
  out.energy.half_width = kilowatt_hours(std::hypot(of_meters, of_sampling));
  return out;
}

}  // namespace footpound::measure
