// SPDX-License-Identifier: MIT
// How good the guesses are: errors of this program on the published runs, beside baselines.
#pragma once

#include <string>
#include <vector>

#include "footpound/factors/catalog.hpp"
#include "published/comparison.hpp"

namespace footpound {

// One guess against a published figure.
struct Guess {
  double published = 0;
  Interval<double> ours;  // low = high where no interval is claimed
};

struct Score {
  std::size_t n = 0;
  double median_error = 0;  // of |ours / published - 1|
  double mean_error = 0;
  double rms_factor = 1;                 // exp of the root mean square of log(ours / published)
  std::optional<double> coverage;        // share of published values inside the interval
  std::optional<double> mean_log_width;  // of log(high / low)
};
Score score_of(const std::vector<Guess>& guesses);  // at least one

struct ScoreRow {
  std::string measure;  // what is predicted, from what
  std::string kind;     // of run
  std::string method;   // "footpound", or a baseline
  Score score;
};
// Only runs whose published figure does not follow from what is guessed; like with like: boards
// alone against boards, systems against systems.
std::vector<ScoreRow> score_runs(const Catalog& catalog);

}  // namespace footpound
