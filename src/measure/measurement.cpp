// SPDX-License-Identifier: MIT
#include "measure/measurement.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "units/amount.hpp"  // z90
#include "units/number_text.hpp"

namespace footpound::measure {

namespace {

double square(double x) { return x * x; }

// What the meters alone may be off.
Energy accuracy_half_width(const Measurement& measurement, std::span<const std::size_t> devices) {
  std::map<std::string, double> by_meter;
  for (const std::size_t i : devices) {
    const DeviceEnergy& device = measurement.devices[i];
    const Accuracy& accuracy = device.device.accuracy;
    // a reading that may be old matters the less, the longer the time; never more than all of it
    const bool covered = device.covered > nanoseconds{0};
    const double late =
        covered ? std::min(1.0, in_seconds(accuracy.settles) / in_seconds(device.covered)) : 0;
    const double log_sd = std::hypot(accuracy.log_sd, late);
    by_meter[device.device.meter] += in_kwh(device.measured + device.filled) * std::sinh(z90 * log_sd);
  }
  double squares = 0;
  for (const auto& [meter, half_width] : by_meter) squares += square(half_width);
  return kilowatt_hours(std::sqrt(squares));
}

// The true energy is anywhere from `value - filled` to `value + filled`. Half-widths are read as
// those of a log-normal spread: this one's low end is the 5th percentile of that.
double gap_half_width(double value, double filled) {
  if (!(filled > 0)) return 0;
  const double factor = value / (value - 0.9 * filled);
  return value * std::sinh(std::log(factor));
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

Power ceiling(Part part) {
  switch (part) {
    case Part::accelerator: return watts(5000);
    case Part::cpu: return watts(1000);
    case Part::memory: return watts(500);
    case Part::node: return watts(50000);
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

void fill_from_alike(Measurement& measurement) {
  for (DeviceEnergy& lost : measurement.devices) {
    if (lost.known() || lost.readings == 0 || lost.covered > nanoseconds{0}) continue;
    Energy energy;
    nanoseconds covered{0};
    for (const DeviceEnergy& other : measurement.devices) {
      const bool alike = other.device.part == lost.device.part && other.device.meter == lost.device.meter &&
                         other.device.name == lost.device.name;
      if (!alike || !(other.measured > Energy{})) continue;
      energy += other.measured;
      covered += other.covered;
    }
    if (covered > nanoseconds{0}) lost.filled = energy / duration(covered) * duration(lost.missing);
  }
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
  out.half_width = kilowatt_hours(std::hypot(in_kwh(accuracy_half_width(measurement, devices)),
      gap_half_width(in_kwh(out.value), in_kwh(filled(measurement, devices)))));
  return out;
}

}  // namespace footpound::measure
