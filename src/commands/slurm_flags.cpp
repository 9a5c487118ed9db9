// SPDX-License-Identifier: MIT
// The flags for streams of Slurm's accounting, and the map that one of them names.
#include <memory>
#include <string>

#include <fmt/format.h>

#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "commands/options.hpp"
#include "stream/source.hpp"

namespace footpound {

void SlurmFlags::add(CLI::App& app) {
  const std::string group = "Slurm";
  app.add_option(
         "--map", map, "JSON file: what partitions, nodes and gres are (accelerator, cpu, pue, region)")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--slurm-energy", energy,
         "use Slurm's ConsumedEnergy, which the site meters per node, gpu or cpu (AcctGatherEnergyType)")
      ->type_name("METER")
      ->group(group);
}

void SlurmFlags::apply(const Catalog& catalog, ReaderOptions& options) const {
  const auto slurm = std::make_shared<SlurmOptions>();
  options.of_family = slurm;
  if (energy == "node")
    slurm->energy = SlurmMeter::node;
  else if (energy == "gpu")
    slurm->energy = SlurmMeter::gpu;
  else if (energy == "cpu")
    slurm->energy = SlurmMeter::cpu;
  else if (!energy.empty())
    throw usage("--slurm-energy: unknown " + in_quotes(energy) +
                R"(; it is "node" (ipmi, xcc, pm_counters), "gpu" or "cpu" (rapl))");
  if (map.empty()) return;
  Source source(map);
  std::string text;
  std::string part(std::size_t{1} << 16, '\0');
  constexpr std::size_t longest = std::size_t{16} << 20;
  while (const std::size_t got = source.read(part.data(), part.size())) {
    text.append(part, 0, got);
    if (text.size() > longest) throw RunError(ExitCode::input, printable(map) + ": is too long for a map");
  }
  if (const std::optional<SpecError> wrong = slurm->map.emplace().read(text, catalog)) {
    throw RunError(ExitCode::input,
        fmt::format("{}:{}: {}", printable(source.name()), wrong->line, message(wrong->error)));
  }
}

}  // namespace footpound
