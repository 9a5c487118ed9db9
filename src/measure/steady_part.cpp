// SPDX-License-Identifier: MIT
#include "measure/steady_part.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace footpound::measure {

namespace {

constexpr std::size_t most_batches = 16;
constexpr std::size_t least_batches = 4;  // that pairing leaves

// 95th percentile of Student's t with 1 ... 15 degrees of freedom (any table of it)
constexpr std::array<double, most_batches - 1> t95 = {
    6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753};

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double squares_around(std::span<const double> values, double mean) {
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum;
}

std::vector<double> batch_means(std::span<const double> values, std::size_t batches) {
  const std::size_t size = values.size() / batches;
  // what does not fill a batch is left out at the front, nearest to the warm-up
  const std::span<const double> used = values.last(batches * size);
  std::vector<double> means;
  for (std::size_t i = 0; i < batches; ++i) means.push_back(mean_of(used.subspan(i * size, size)));
  return means;
}

// Neighbours lie more often on one side of the mean than on two.
bool neighbours_alike(std::span<const double> means) {
  const double mean = mean_of(means);
  double product = 0;
  for (std::size_t i = 1; i < means.size(); ++i) product += (means[i - 1] - mean) * (means[i] - mean);
  return product > 0;
}

// From a series that is taken for autoregressive: its n samples are worth n (1 - r) / (1 + r).
double half_width_by_correlation(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const double mean = mean_of(values);
  const double squares = squares_around(values, mean);
  double product = 0;
  for (std::size_t i = 1; i < values.size(); ++i) product += (values[i - 1] - mean) * (values[i] - mean);
  const double raw = squares > 0 ? product / squares : 0;
  // short series show less correlation than there is: (1 + 4 r) / n (Kendall 1954)
  const double r = std::clamp(raw + (1 + 4 * raw) / n, 0.0, 0.99);
  const double worth = std::max(2.0, n * (1 - r) / (1 + r));
  const auto freedom = std::clamp<std::size_t>(static_cast<std::size_t>(worth) - 1, 1, t95.size());
  return t95[freedom - 1] * std::sqrt(squares / (n - 1) / worth);
}

}  // namespace

std::size_t end_of_warm_up(std::span<const std::optional<Power>> powers) {
  std::size_t best = 0;
  double smallest = INFINITY;
  for (std::size_t cut = 0; cut <= powers.size() / 2; ++cut) {
    std::vector<double> rest;
    for (std::size_t i = cut; i < powers.size(); ++i) {
      if (powers[i]) rest.push_back(in_watts(*powers[i]));
    }
    if (rest.size() < 2) break;
    const auto n = static_cast<double>(rest.size());
    const double score = squares_around(rest, mean_of(rest)) / (n * n);
    if (score < smallest) {
      smallest = score;
      best = cut;
    }
  }
  return best;
}

SteadyPart steady_part(std::span<const std::optional<Power>> powers, std::size_t first) {
  std::vector<double> values;
  for (std::size_t i = first; i < powers.size(); ++i) {
    if (powers[i]) values.push_back(in_watts(*powers[i]));
  }
  SteadyPart part;
  part.first = first;
  if (values.empty()) return part;
  part.mean = watts(mean_of(values));
  if (values.size() < 2) return part;

  std::size_t batches = std::clamp<std::size_t>(values.size() / 4, 2, most_batches);
  std::vector<double> means = batch_means(values, batches);
  while (batches >= 2 * least_batches && neighbours_alike(means)) {
    batches /= 2;
    means = batch_means(values, batches);
  }
  const auto n = static_cast<double>(batches);
  const double variance = squares_around(means, mean_of(means)) / (n - 1);
  part.batches = batches;
  const double by_batches = t95[batches - 2] * std::sqrt(variance / n);
  part.half_width = watts(std::max(by_batches, half_width_by_correlation(values)));
  return part;
}

}  // namespace footpound::measure
