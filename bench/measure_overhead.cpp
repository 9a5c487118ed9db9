// SPDX-License-Identifier: MIT
// What watching costs: processor time of ten looks a second, as a share of one core. Meters: this
// machine's, or those of a tree (a fake one has the same files). usage: measure_overhead [SECONDS
// [SYSFS_ROOT]]
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>

#include "measure/child.hpp"
#include "measure/sampler.hpp"

namespace {

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace footpound;
  using namespace footpound::measure;
  const int length = argc > 1 ? std::atoi(argv[1]) : 10;
  Places places = this_machine();
  if (argc > 2) places.sysfs_root = argv[2];

  ProcessWorld world;
  Result<Rig> rig = open_meters(places);
  if (!rig) return 2;
  std::size_t devices = 0;
  for (const auto& meter : rig->meters) devices += meter->devices().size();
  SampleOptions options;
  options.length = std::chrono::seconds(length);
  const double before = processor_seconds();
  const Sampled sampled = sample(*rig, world, options);
  const double used = processor_seconds() - before;
  const double seconds = in_seconds(sampled.measurement.window);
  std::printf("%zu devices, %zu looks in %.1f s: %.2f ms of processor time, %.4f %% of one core\n", devices,
      sampled.looks, seconds, used * 1e3, 100 * used / seconds);
}
