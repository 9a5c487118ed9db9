// SPDX-License-Identifier: MIT
// BERT on 64 V100s for 79 hours, as Strubell, Ganesh and McCallum (2019) state it.
#include <cstdio>
#include <utility>

#include <footpound/footpound.hpp>

int fail(const footpound::Error& error) {
  std::fprintf(stderr, "%s\n", message(error).c_str());
  return 1;
}

int main() {
  using namespace footpound;
  RunSpec bert;
  for (const auto& [field, text] :
      {std::pair("gpu", "V100"), {"gpu_count", "64"}, {"hours", "79"}, {"region", "US"}}) {
    if (const Result<void> done = bert.set(field, text); !done) return fail(done.error());
  }
  const Catalog catalog;
  const Result<RunAnswer> run = answer(catalog, bert);
  if (!run) return fail(run.error());

  const auto& [low, energy, high] = run->energy;
  std::printf("%.1f kWh (%.1f to %.1f)\n", in_kwh(energy), in_kwh(low), in_kwh(high));
  for (const RunFactor& factor : run->factors) {
    std::printf("%s: %.4g %s\n", factor.name.c_str(), factor.value.value, factor.unit.c_str());
    for (const Source& source : factor.sources) std::printf("  %s\n", source.title.c_str());
  }
}
