// SPDX-License-Identifier: MIT
#include "measure/report.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "measure/record.hpp"
#include "units/amount.hpp"
#include "units/number_text.hpp"

namespace footpound::measure {

namespace {

// The paper on NVIDIA's sensors finds single short runs off by far more than long steady ones.
constexpr nanoseconds short_run = std::chrono::seconds(10);

// "0.0312 kWh (90 % interval 0.0296 to 0.0328)"
std::string energy_line(UncertainEnergy energy) {
  const double value = in_kwh(energy.value);
  // as `estimate` reads the record's +-
  const double spread = value > 0 ? std::exp(std::asinh(in_kwh(energy.half_width) / value)) : 1;
  return human_number(value) + " kWh (90 % interval " + human_number(value / spread) + " to " +
         human_number(value * spread) + ")";
}

std::string scope_text(Scope scope) {
  switch (scope) {
    case Scope::nothing: return "nothing was measured";
    case Scope::it: return "the whole node, without losses of its power supplies where its parts were read";
    case Scope::accelerators: return "accelerators; CPUs, memory, fans and power supplies are not in it";
    case Scope::accelerators_and_host:
      return "accelerators and CPUs; memory, fans and power supplies are not in it";
    case Scope::host: return "CPUs and the memory where it is listed; fans and power supplies are not in it";
  }
  return {};
}

void add_part(std::string& out, const Measurement& measurement, Part part) {
  const std::array parts = {part};
  const std::vector<std::size_t> all = measurement.of(parts);
  if (all.empty()) return;
  const std::vector<std::size_t> known = measurement.known(parts);
  if (!known.empty()) {
    const UncertainEnergy energy = energy_of(measurement, known);
    const DeviceEnergy& first = measurement.devices[known.front()];
    const Duration time = duration(measurement.window);
    out += fmt::format("  {:<13} {} x {}: {} kWh, {} W on average (meter {}: {} % off, {})\n", name(part),
        known.size(), first.device.name.empty() ? first.device.id : first.device.name,
        human_number(in_kwh(energy.value)), human_number(in_watts(energy.value / time)), first.device.meter,
        human_number(first.device.accuracy.log_sd * 100, 2), first.device.accuracy.source);
  }
  for (const std::size_t i : all) {
    const DeviceEnergy& device = measurement.devices[i];
    if (!device.known()) {
      out += fmt::format("  {:<13} {} has no energy: {}{}\n", name(part), device.device.id,
          device.last_failure.empty() ? "too few readings, or its counter did not move" : device.last_failure,
          part == Part::accelerator ? "; it is in the count, not in the energy" : "");
    } else if (device.missing > nanoseconds{0}) {
      out += fmt::format(
          "  {:<13} {} was not readable for {}: {} kWh filled in, and the interval widened by it{}\n",
          name(part), device.device.id, time_text(duration(device.missing)),
          human_number(in_kwh(device.filled)),
          device.last_failure.empty() ? "" : " (" + device.last_failure + ")");
    }
  }
}

// What was read and is not in the record, and why.
void add_left_out(std::string& out, const Measurement& measurement, Scope scope) {
  if (measurement.complete(Part::node)) return;  // it holds them
  const bool host = scope == Scope::it || scope == Scope::host || scope == Scope::accelerators_and_host;
  for (const Part part : {Part::cpu, Part::memory}) {
    const std::array parts = {part};
    if (measurement.known(parts).empty() || (host && measurement.complete(part))) continue;
    const char* why = measurement.complete(part) ? "the other parts are not known in full"
                                                 : "not all of them could be read";
    out += fmt::format("  left out      {}: {}\n", name(part), why);
  }
}

void add_whole(std::string& out, const Measurement& measurement, const ReportOptions& options,
    const std::vector<std::size_t>& devices) {
  const Scaled scaled = scaled_energy(measurement, devices, *options.whole);
  out += "  whole run     " + energy_line(scaled.energy) + " in " + time_text(scaled.time);
  if (options.whole->doubt > hours(0)) {
    out += " +-" + time_text(options.whole->doubt) + ": not known whether steps were made in the warm-up";
  }
  out += "\n";
  out += fmt::format("                {} % of it was measured; the rest is given {} W",
      human_number(100 * (duration(measurement.window) / scaled.time), 3),
      human_number(in_watts(scaled.steady)));
  if (scaled.steady_half_width) {
    out += fmt::format(
        " (+-{} by the spread of its batches)", human_number(in_watts(*scaled.steady_half_width), 2));
  } else {
    out += "; too few samples to tell how well that is known, so the interval holds the meters alone";
  }
  if (scaled.warm_up > hours(0)) out += ", the mean after " + time_text(scaled.warm_up) + " of warm-up";
  out += "\n";
}

void add_samples(std::string& out, const Measurement& measurement) {
  std::size_t readings = 0;
  std::size_t failures = 0;
  nanoseconds gap{0};
  for (const DeviceEnergy& device : measurement.devices) {
    readings += device.readings;
    failures += device.failures;
    gap = std::max(gap, device.largest_gap);
  }
  out += fmt::format(
      "  readings      {}, {} failed, at most {} apart\n", readings, failures, time_text(duration(gap)));
}

}  // namespace

std::string time_text(Duration time) {
  const double seconds = in_seconds(time);
  if (seconds < 60) return human_number(seconds, 3) + " s";
  if (seconds >= 1000 * seconds_per_hour) return human_number(in_hours(time)) + " h";
  const long whole = std::lround(seconds);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

std::string report_text(const Measurement& measurement, const ReportOptions& options) {
  std::string out = "footpound: ";
  const Scope scope = scope_of(measurement);
  const RecordParts parts = record_parts(measurement);
  const std::vector<std::size_t>& main =
      !parts.it.empty() ? parts.it : (!parts.accelerators.empty() ? parts.accelerators : parts.host);
  if (scope == Scope::nothing) {
    out += "nothing was measured " + std::string(measurement.devices.empty() ? "" : "in full ") + "in " +
           time_text(duration(measurement.window)) + "\n";
    for (const Part part : {Part::node, Part::accelerator, Part::cpu, Part::memory})
      add_part(out, measurement, part);
    add_left_out(out, measurement, scope);
  } else {
    std::vector<std::size_t> counted = main;
    if (scope == Scope::accelerators_and_host)
      counted.insert(counted.end(), parts.host.begin(), parts.host.end());
    out += energy_line(energy_of(measurement, counted)) + " measured in " +
           time_text(duration(measurement.window)) + "\n";
    for (const Part part : {Part::node, Part::accelerator, Part::cpu, Part::memory})
      add_part(out, measurement, part);
    out += "  counted       " + scope_text(scope) + "\n";
    add_left_out(out, measurement, scope);
    add_samples(out, measurement);
    if (options.whole) add_whole(out, measurement, options, counted);
    if (measurement.window < short_run) {
      out += "  note          shorter than 10 s: GPU sensors are too slow for it; measure longer or repeat\n";
    }
  }
  for (const MeterStatus& meter : options.meters) {
    if (!meter.available) out += fmt::format("  no {:<10} {}\n", meter.name, meter.what);
  }
  for (const std::string& note : measurement.notes) out += "  note          " + note + "\n";
  if (!options.ending.empty()) out += "  command       " + options.ending + "\n";
  return out;
}

}  // namespace footpound::measure
