// SPDX-License-Identifier: MIT
// What fields of a spec are made of: for those who need not see the spec itself, which grows.
#pragma once

#include <cstddef>
#include <string_view>

namespace footpound {

// A stated value with the user's own spread (log standard deviation; 0 = none stated).
template <class T>
struct Stated {
  T value{};
  double log_sd = 0;
  bool of_range = false;  // the middle of a stated range
};

// What the job asks of its boards: large-model training draws nearly all of their rating, small
// or input-bound jobs about half.
enum class Workload : unsigned char { unknown, general, large_model };
std::string_view name(Workload workload);

// One kind of accelerator among several in a job (Slurm).
struct DeviceGroup {
  std::string_view accelerator;
  double count = 0;
};
inline constexpr std::size_t most_device_groups = 4;

}  // namespace footpound
