// SPDX-License-Identifier: MIT
#include "estimate/model.hpp"

#include <algorithm>
#include <cmath>

#include "factors/tables.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

constexpr int kind_column = column(TableId::accelerators, "kind");
constexpr int form_column = column(TableId::accelerators, "form");
constexpr int launched_column = column(TableId::accelerators, "launched");

// Chips launched before are fed by slower nodes and older software (docs/accuracy.md).
constexpr double early_before = 2020;
constexpr double fast_above_flops = 500e12;  // 16-bit FLOP/s per device

template <class Quantity>
Factor guess(FactorId id, Note note, const Prior& prior, Quantity value) {
  Factor factor(id, value);
  factor.origin = Origin::derived;
  factor.note = note;
  factor.log_sd = prior.log_sd;
  factor.row = prior.row;
  return factor;
}

bool is_a_tpu(Row accelerator) { return accelerator.text(kind_column) == "tpu"; }

// Parts whose rating is that of the whole machine.
bool includes_host(Row accelerator) {
  const std::string_view kind = accelerator.text(kind_column);
  return kind == "soc" || kind == "wafer";
}

bool in_metered_node(Row accelerator) {
  const std::string_view form = accelerator.text(form_column);
  return form == "sxm" || form == "oam";
}

}  // namespace

bool Model::is_whole_machine(const Accelerator& accelerator) { return includes_host(accelerator.row); }
bool Model::is_tpu(const Accelerator& accelerator) { return is_a_tpu(accelerator.row); }

Model::Model(const Catalog& catalog)
    : catalog_(catalog),
      board_large_(find_prior(catalog, "board-share-large-model")),
      board_general_(find_prior(catalog, "board-share-general")),
      board_unknown_(find_prior(catalog, "board-share-unknown")),
      board_tpu_(find_prior(catalog, "board-share-tpu")),
      board_published_(find_prior(catalog, "board-mean-published")),
      utilization_(find_prior(catalog, "board-utilization")),
      node_(find_prior(catalog, "node-share")),
      node_tpu_(find_prior(catalog, "node-share-tpu")),
      host_share_(find_prior(catalog, "host-share")),
      host_floor_(find_prior(catalog, "host-floor")),
      cpu_share_(find_prior(catalog, "cpu-share")),
      core_watts_(find_prior(catalog, "cpu-core")),
      memory_watts_(find_prior(catalog, "memory")),
      mfu_tpu_(find_prior(catalog, "mfu-tpu")),
      mfu_early_(find_prior(catalog, "mfu-early")),
      mfu_balanced_(find_prior(catalog, "mfu-balanced")),
      mfu_fast_(find_prior(catalog, "mfu-fast")),
      mfu_fp32_(find_prior(catalog, "mfu-fp32")),
      mfu_attention_(find_prior(catalog, "mfu-attention")),
      overhead_(find_prior(catalog, "hours-overhead")),
      lifetime_(find_prior(catalog, "lifetime")) {}

Factor Model::board_power(const Accelerator& accelerator, Workload load) const {
  Row published;
  catalog_.table(TableId::measured_power).each_named(accelerator.row.id(), [&](Row row, std::string_view) {
    const bool mean = row.text(column(TableId::measured_power, "scope")) == "board" &&
                      row.text(column(TableId::measured_power, "statistic")) == "mean";
    if (mean) published = row;
  });
  if (published) {
    Factor factor = guess(FactorId::accelerator_power, Note::power_measured, board_published_,
        watts(*published.number(column(TableId::measured_power, "watts"))));
    factor.row = published;
    return factor;
  }
  const Prior& share = is_a_tpu(accelerator.row)       ? board_tpu_
                       : load == Workload::large_model ? board_large_
                       : load == Workload::general     ? board_general_
                                                       : board_unknown_;
  Factor factor = guess(
      FactorId::accelerator_power, Note::power_from_share, share, *accelerator.rated_power * share.value);
  factor.note_row = accelerator.row;
  // no machine draws more than the whole of it is rated at
  if (includes_host(accelerator.row) && share.value < 1)
    factor.log_sd = std::min(factor.log_sd, -std::log(share.value) / z90);
  return factor;
}

Factor Model::board_power_at(
    const Accelerator& accelerator, Utilization utilization, double utilization_log_sd) const {
  Factor factor = guess(FactorId::accelerator_power, Note::power_from_utilization, utilization_,
      *accelerator.rated_power * utilization);
  factor.row = accelerator.row;
  factor.note_row = accelerator.row;
  factor.log_sd = board_power_doubt_at(utilization_log_sd);
  return factor;
}

double Model::board_power_doubt_at(double utilization_log_sd) const {
  return utilization_log_sd > 0 ? std::hypot(utilization_.log_sd, utilization_log_sd) : utilization_.log_sd;
}

Factor Model::host_power(const Accelerator* accelerator) const {
  const auto host = [&](const Prior& prior, Power power) {
    Factor factor = guess(FactorId::host_power_per_device, Note::host_share, prior, power);
    if (accelerator != nullptr) factor.note_row = accelerator->row;
    return factor;
  };
  const Power floor = watts(host_floor_.value);
  if (accelerator == nullptr || !accelerator->rated_power) return host(host_floor_, floor);
  if (includes_host(accelerator->row)) {
    Factor none = host(host_share_, Power());
    none.note = Note::host_inside;
    none.row = accelerator->row;
    none.note_row = Row();
    none.log_sd = 0;
    return none;
  }
  const Power rated = *accelerator->rated_power;
  if (is_a_tpu(accelerator->row)) {
    const Power board = board_power(*accelerator, Workload::unknown).as<Power>();
    return host_of_node(accelerator->row, tpu_node_share(accelerator->row), rated, board);
  }
  const Power shared = rated * host_share_.value;
  return shared > floor ? host(host_share_, shared) : host(host_floor_, floor);
}

// What a share of whole nodes leaves for the host. Alone it is known no better than any host.
Factor Model::host_of_node(Row accelerator, const Prior& node, Power rated, Power board) const {
  Factor factor = guess(FactorId::host_power_per_device, Note::host_of_node, node,
      std::max(Power(), rated * node.value - board));
  factor.log_sd = host_share_.log_sd;
  factor.note_row = accelerator;
  return factor;
}

DevicePower Model::device_power(const Accelerator& accelerator, Workload load) const {
  DevicePower power{board_power(accelerator, load), host_power(&accelerator), std::nullopt};
  if (is_a_tpu(accelerator.row)) {
    power.sum_log_sd = tpu_node_share(accelerator.row).log_sd;
  } else if (!includes_host(accelerator.row) && in_metered_node(accelerator.row) &&
             load == Workload::large_model) {
    // whole nodes were metered: their share is known better than its parts
    power.host = host_of_node(accelerator.row, node_, *accelerator.rated_power, power.board.as<Power>());
    power.sum_log_sd = node_.log_sd;
  }
  return power;
}

Prior Model::tpu_node_share(Row accelerator) const {
  const Prior of_generation = find_prior_if(catalog_, "node-share-" + std::string(accelerator.id()));
  return of_generation.row ? of_generation : node_tpu_;
}

Factor Model::cpu_power(const Cpu& cpu, double sockets) const {
  Factor factor = guess(
      FactorId::host_power, Note::host_from_cpu, cpu_share_, cpu.rated_power * cpu_share_.value * sockets);
  factor.row = cpu.row;
  return factor;
}

Factor Model::core_power(const Cpu* cpu, double cores) const {
  if (cpu == nullptr)
    return guess(
        FactorId::host_power, Note::host_from_unknown_cores, core_watts_, watts(core_watts_.value) * cores);
  Factor factor = cpu_power(*cpu, cores / cpu->cores);
  factor.note = Note::host_from_cores;
  return factor;
}

Factor Model::memory_power(double gigabytes) const {
  return guess(
      FactorId::host_power, Note::host_from_cpu, memory_watts_, watts(memory_watts_.value) * gigabytes);
}

Factor Model::mfu(const Accelerator& accelerator, bool with_attention) const {
  const double launched = accelerator.row.number(launched_column).value_or(early_before);
  const Prior& prior = !accelerator.peak_16bit_flops                      ? mfu_fp32_
                       : is_a_tpu(accelerator.row)                        ? mfu_tpu_
                       : launched < early_before                          ? mfu_early_
                       : *accelerator.peak_16bit_flops > fast_above_flops ? mfu_fast_
                                                                          : mfu_balanced_;
  Factor factor = guess(FactorId::mfu, Note::mfu_prior, prior, prior.value);
  factor.origin = Origin::assumed;
  if (with_attention) {
    factor.note = Note::mfu_prior_with_attention;
    factor.set(factor.as<double>() * mfu_attention_.value);
    factor.note_row = mfu_attention_.row;
  }
  return factor;
}

Factor Model::possible_overhead() const {
  Factor factor = guess(FactorId::hours_overhead, Note::restarts_may_add, overhead_, 1.0);
  // its 95th percentile is that of the overhead
  factor.log_sd = std::log(overhead_.value) / z90 + overhead_.log_sd;
  return factor;
}

Factor Model::hours_overhead() const {
  Factor factor = guess(FactorId::hours_overhead, Note::restarts, overhead_, overhead_.value);
  factor.origin = Origin::assumed;
  return factor;
}

Factor Model::lifetime(Row embodied) const {
  if (const auto years = embodied.number(column(TableId::embodied, "lifetime_years"))) {
    Factor factor(FactorId::lifetime, Duration());
    factor.set_number(*years);
    factor.origin = Origin::table;
    factor.row = embodied;
    return factor;
  }
  Factor factor = guess(FactorId::lifetime, Note::lifetime_default, lifetime_, Duration());
  factor.set_number(lifetime_.value);
  factor.origin = Origin::assumed;
  return factor;
}

}  // namespace footpound
