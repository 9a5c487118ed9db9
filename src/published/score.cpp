// SPDX-License-Identifier: MIT
#include "published/score.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "factors/hardware.hpp"
#include "factors/priors.hpp"
#include "factors/tables.hpp"

namespace footpound {

namespace {

struct Kind {
  std::string_view id;  // in column kind of table runs
  std::string_view text;
};
constexpr std::array kinds = {
    Kind{"measured_system", "systems"},
    Kind{"measured_gpu_log", "GPU logs"},
    Kind{"mlperf_power", "MLPerf nodes"},
    Kind{"measured_gpu_trace", "single-GPU traces"},
    Kind{"hours_only", "hours only"},
};

std::string_view text_of(Row run) {
  const std::string_view kind = run_text(run, "kind");
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const Kind& each) { return each.id == kind; });
  return found == kinds.end() ? std::string_view("other") : found->text;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// Lannelongue, Grealey and Inouye (2021), doi:10.1002/advs.202100707: W per GB of memory.
constexpr double green_algorithms_w_per_gb = 0.3725;
// Where no cloud sells the device with memory: the default of its calculator.
constexpr double green_algorithms_memory_gb = 64;

double memory_per_device(const Catalog& catalog, Row accelerator) {
  const Table& table = catalog.table(TableId::instances);
  const TableDef& def = table.def();
  std::vector<double> found;
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const Row row = table.row(i);
    if (row.text(find_column(def, "accelerator")) != accelerator.id()) continue;
    const std::optional<double> memory = row.number(find_column(def, "memory_gb"));
    if (memory) found.push_back(*memory / *row.number(find_column(def, "accelerator_count")));
  }
  return found.empty() ? green_algorithms_memory_gb : median(found);
}

// What the two baselines say: device-hours at rated power, and with memory, times the PUE.
std::array<double, 2> baselines(const Catalog& catalog, const Comparison& comparison) {
  const Row run = comparison.run;
  const Row row = catalog.table(TableId::accelerators).find(run_text(run, "accelerator"));
  const double rated = in_watts(*accelerator_of(row).rated_power);
  const double memory =
      comparison.boards_alone ? 0 : green_algorithms_w_per_gb * memory_per_device(catalog, row);
  const double kilohours = *run_number(run, "accelerator_hours") / 1000;
  const double pue = comparison.boards_alone ? 1 : run_number(run, "pue").value_or(1);
  return {rated * kilohours * pue, (rated + memory) * kilohours * pue};
}

// Hours with one MFU for all chips, the common one that the prior's classes are drawn to; energy from them
// at rated power. What a table without classes would say.
double by_one_mfu(const Catalog& catalog, const Comparison& comparison) {
  // the common MFU while training runs (the row's own words), and the hours that go beyond training
  const double mfu = find_prior(catalog, "mfu-fp32").value / find_prior(catalog, "hours-overhead").value;
  const Row run = comparison.run;
  const Accelerator device =
      accelerator_of(catalog.table(TableId::accelerators).find(run_text(run, "accelerator")));
  const double device_hours = *independent_flops(run) / (*device.peak_16bit_flops * mfu) / seconds_per_hour;
  if (comparison.measure == Measure::accelerator_hours) return device_hours;
  const double pue = comparison.boards_alone ? 1 : run_number(run, "pue").value_or(1);
  return in_watts(*device.rated_power) * device_hours / 1000 * pue;
}

// The guesses of one measure, by method.
struct Group {
  std::string measure;
  std::string kind;
  std::vector<Guess> ours, rated, green, one_mfu;
};

class Groups {
 public:
  Group& of(std::string_view measure, std::string_view kind) {
    for (Group& group : groups_) {
      if (group.measure == measure && group.kind == kind) return group;
    }
    return groups_.emplace_back(Group{std::string(measure), std::string(kind), {}, {}, {}, {}});
  }

  std::vector<ScoreRow> rows() const {
    std::vector<ScoreRow> rows;
    for (const Group& group : groups_) {
      const auto add = [&](std::string_view method, const std::vector<Guess>& guesses) {
        if (!guesses.empty())
          rows.push_back({group.measure, group.kind, std::string(method), score_of(guesses)});
      };
      add("footpound", group.ours);
      add("rated power x hours", group.rated);
      add("Green Algorithms", group.green);
      add("one MFU for all", group.one_mfu);
    }
    return rows;
  }

 private:
  std::vector<Group> groups_;
};

bool is_scored(const Comparison& comparison) {
  const Row run = comparison.run;
  switch (comparison.basis) {
    case Basis::hardware_and_hours: return usable_for(run, "H") && is_independent(run);
    case Basis::flops_and_hardware:
      if (comparison.measure == Measure::energy_kwh) return usable_for(run, "F") && is_independent(run);
      // pruned and distilled models: 6 x parameters x tokens is not what was computed
      return (usable_for(run, "F") || usable_for(run, "F-hours")) && run_text(run, "family") != "llama32";
    case Basis::power_and_hours: return usable_for(run, "P");
    case Basis::energy: return false;
  }
  return false;
}

constexpr std::string_view not_circular = "F-hours, not circular";

bool belongs(const Comparison& comparison, std::string_view kind) {
  if (kind == "all") return true;
  if (kind == not_circular) return usable_for(comparison.run, "F-hours") && is_independent(comparison.run);
  return text_of(comparison.run) == kind;
}

std::string measure_text(const Comparison& comparison) {
  switch (comparison.basis) {
    case Basis::hardware_and_hours: return "energy from hardware and hours (H)";
    case Basis::power_and_hours: return "energy from power and hours (P)";
    default: break;
  }
  return comparison.measure == Measure::accelerator_hours ? "hours from FLOPs and hardware (F-hours)"
                                                          : "energy from FLOPs and hardware (F)";
}

}  // namespace

Score score_of(const std::vector<Guess>& guesses) {
  std::vector<double> errors;
  std::vector<double> squares;
  std::vector<double> inside;
  std::vector<double> widths;
  for (const Guess& guess : guesses) {
    errors.push_back(std::abs(guess.ours.value / guess.published - 1));
    const double residual = std::log(guess.ours.value / guess.published);
    squares.push_back(residual * residual);
    if (!(guess.ours.low < guess.ours.high)) continue;
    inside.push_back(guess.published >= guess.ours.low && guess.published <= guess.ours.high ? 1 : 0);
    widths.push_back(std::log(guess.ours.high / guess.ours.low));
  }
  Score score;
  score.n = guesses.size();
  score.median_error = median(errors);
  score.mean_error = mean(errors);
  score.rms_factor = std::exp(std::sqrt(mean(squares)));
  if (!inside.empty()) {
    score.coverage = mean(inside);
    score.mean_log_width = mean(widths);
  }
  return score;
}

std::vector<ScoreRow> score_runs(const Catalog& catalog) {
  std::vector<Comparison> scored;
  Recomputer recomputer(catalog);
  const Table& runs = catalog.table(TableId::runs);
  for (std::uint32_t i = 0; i < runs.size(); ++i) {
    for (const Comparison& comparison : recomputer.compare(runs.row(i))) {
      if (is_scored(comparison)) scored.push_back(comparison);
    }
  }
  Groups groups;
  const auto add = [&](Basis basis, Measure measure, std::string_view kind) {
    for (const Comparison& comparison : scored) {
      if (comparison.basis != basis || comparison.measure != measure) continue;
      if (!belongs(comparison, kind)) continue;
      Group& group = groups.of(measure_text(comparison), kind);
      group.ours.push_back({comparison.published, comparison.ours});
      if (basis == Basis::flops_and_hardware) {
        const double constant = by_one_mfu(catalog, comparison);
        group.one_mfu.push_back({comparison.published, {constant, constant, constant}});
      }
      if (basis != Basis::hardware_and_hours) continue;
      const auto [rated, green] = baselines(catalog, comparison);
      group.rated.push_back({comparison.published, {rated, rated, rated}});
      group.green.push_back({comparison.published, {green, green, green}});
    }
  };
  const auto each_kind = [&](Basis basis, Measure measure) {
    for (const Kind& kind : kinds) add(basis, measure, kind.text);
    add(basis, measure, "other");
    if (measure == Measure::accelerator_hours) add(basis, measure, not_circular);
    add(basis, measure, "all");
  };
  each_kind(Basis::hardware_and_hours, Measure::energy_kwh);
  each_kind(Basis::flops_and_hardware, Measure::accelerator_hours);
  each_kind(Basis::flops_and_hardware, Measure::energy_kwh);
  each_kind(Basis::power_and_hours, Measure::energy_kwh);
  return groups.rows();
}

}  // namespace footpound
