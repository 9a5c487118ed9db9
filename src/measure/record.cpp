// SPDX-License-Identifier: MIT
#include "measure/record.hpp"

#include <array>
#include <set>

#include <nlohmann/json.hpp>

#include "units/number_text.hpp"

namespace footpound::measure {

namespace {

constexpr std::array node_part = {Part::node};
constexpr std::array accelerator_part = {Part::accelerator};
constexpr std::array cpu_part = {Part::cpu};
constexpr std::array host_parts = {Part::cpu, Part::memory};
constexpr std::array all_parts = {Part::accelerator, Part::cpu, Part::memory};

UncertainEnergy energy_for(const Measurement& measurement, const std::vector<std::size_t>& devices,
    const std::optional<WholeRun>& whole) {
  return whole ? scaled_energy(measurement, devices, *whole).energy : energy_of(measurement, devices);
}

std::string power_text(UncertainEnergy energy, Duration time) {
  const double value = in_watts(energy.value / time);
  const double half_width = in_watts(energy.half_width / time);
  if (!(half_width > 0)) return number_text(value) + "W";
  return number_text(value) + "+-" + number_text(half_width) + "W";
}

// The accelerators' common name; nullopt where they are of different kinds or unnamed.
std::optional<std::string> common_name(
    const Measurement& measurement, const std::vector<std::size_t>& devices) {
  std::set<std::string> names;
  for (const std::size_t i : devices) names.insert(measurement.devices[i].device.name);
  if (names.size() != 1 || names.begin()->empty()) return std::nullopt;
  return *names.begin();
}

}  // namespace

Scope scope_of(const Measurement& measurement) {
  const bool accelerators = !measurement.known(accelerator_part).empty();
  const bool all_accelerators = measurement.complete(Part::accelerator);
  const bool cpu = measurement.complete(Part::cpu);
  const bool memory = measurement.complete(Part::memory);
  if (measurement.complete(Part::node)) return Scope::it;
  if (all_accelerators && cpu && memory) return Scope::it;
  if (all_accelerators && cpu) return Scope::accelerators_and_host;
  if (accelerators) return Scope::accelerators;
  return cpu ? Scope::host : Scope::nothing;
}

RecordParts record_parts(const Measurement& measurement) {
  RecordParts out;
  // part of the memory is not the memory
  const std::span<const Part> host = measurement.complete(Part::memory) ? std::span<const Part>(host_parts)
                                                                        : std::span<const Part>(cpu_part);
  switch (scope_of(measurement)) {
    case Scope::nothing: break;
    case Scope::it:
      out.it = measurement.known(measurement.complete(Part::node) ? std::span<const Part>(node_part)
                                                                  : std::span<const Part>(all_parts));
      out.accelerators = measurement.known(accelerator_part);
      break;
    case Scope::accelerators: out.accelerators = measurement.known(accelerator_part); break;
    case Scope::accelerators_and_host:
      out.accelerators = measurement.known(accelerator_part);
      out.host = measurement.known(host);
      break;
    case Scope::host: out.host = measurement.known(host); break;
  }
  return out;
}

std::optional<std::string> record_text(
    const Measurement& measurement, std::string_view name, const std::optional<WholeRun>& whole) {
  if (scope_of(measurement) == Scope::nothing) return std::nullopt;
  const RecordParts parts = record_parts(measurement);
  const Duration time = whole ? whole->total : duration(measurement.window);
  nlohmann::ordered_json out;
  out["name"] = printable(name);
  if (whole && whole->doubt > hours(0)) {
    out["hours"] = number_text(in_hours(time)) + "+-" + number_text(in_hours(whole->doubt)) + "h";
  } else {
    out["hours"] = in_hours(time);
  }
  if (!parts.it.empty()) {
    out["measured_it_energy_kwh"] = energy_text(energy_for(measurement, parts.it, whole));
  } else if (!parts.accelerators.empty()) {
    out["measured_accelerator_energy_kwh"] = energy_text(energy_for(measurement, parts.accelerators, whole));
  }
  if (!parts.host.empty()) {
    // the doubt about the time is in the hours
    std::optional<WholeRun> certain = whole;
    if (certain) certain->doubt = hours(0);
    out["host_power_w"] = power_text(energy_for(measurement, parts.host, certain), time);
  }
  if (!parts.accelerators.empty()) {
    if (const std::optional<std::string> accelerator = common_name(measurement, parts.accelerators)) {
      out["accelerator"] = *accelerator;
    }
    // one that could not be read is part of the job all the same
    out["accelerator_count"] = measurement.of(accelerator_part).size();
  }
  if (measurement.start) out["start"] = *measurement.start;
  // the whole run ends at another time than the part that was seen
  if (measurement.end && !whole) out["end"] = *measurement.end;
  return out.dump() + "\n";
}

}  // namespace footpound::measure
