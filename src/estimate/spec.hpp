// SPDX-License-Identifier: MIT
// What the user said of one run: every field optional, each in its own type, nothing guessed.
// Units and ranges: docs/fields.md, from the field table in src/record/fields.cpp.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "estimate/stated.hpp"
#include "factors/electricity.hpp"
#include "footpound/units/quantity.hpp"
#include "units/instant.hpp"
#include "units/ratios.hpp"

namespace footpound {

// Texts point into the flags or the record; they outlive the spec. Everything is per trial.
struct Spec {
  std::optional<std::string_view> name;
  std::optional<Stated<double>> trials;  // >= 1

  std::optional<Stated<Duration>> hours;              // wall clock
  std::optional<Stated<Duration>> accelerator_hours;  // device x hours
  std::optional<Instant> start, end;
  double local_offset_seconds = 0;  // of times stated without an offset, east of UTC

  std::optional<std::string_view> accelerator;
  std::optional<Stated<double>> accelerator_count;  // devices as the driver lists them
  std::optional<std::string_view> instance;
  std::optional<Stated<double>> nodes;
  std::optional<std::string_view> cpu;
  std::optional<Stated<double>> cpu_count;  // sockets
  std::optional<Stated<double>> cpu_cores;  // allocated
  std::optional<Stated<double>> memory_gb;  // whole job, GB

  std::optional<Stated<Power>> accelerator_power;  // mean draw of each counted device
  std::optional<Stated<Utilization>> utilization;  // share of rated power
  std::optional<Stated<Power>> host_power;         // all else in the nodes, whole job
  std::optional<Stated<Power>> it_power;           // whole job, hosts included
  std::optional<Stated<Energy>> measured_it_energy;
  std::optional<Stated<Energy>> measured_accelerator_energy;

  std::optional<std::string_view> region, provider;
  std::optional<int> year;
  std::optional<Stated<Pue>> pue;
  std::optional<Stated<Intensity>> intensity;
  std::optional<IntensityMethod> intensity_method;
  std::optional<Stated<Intensity>> market_intensity;

  std::optional<Stated<double>> parameters, active_parameters, tokens, flops;
  std::optional<Stated<double>> layers, context_tokens;  // for attention's part of the FLOPs
  std::optional<Stated<double>> mfu;                     // model FLOPs utilisation, 0..1
  std::optional<Workload> workload;
  std::optional<std::string_view> training_type;
  std::optional<bool> embodied;
  std::optional<Stated<double>> price_usd_per_hour;  // per device and hour

  // Several accelerator types in one job; then `accelerator` and `accelerator_count` are empty.
  std::array<DeviceGroup, most_device_groups> groups{};
  std::size_t group_count = 0;
};

}  // namespace footpound
