// SPDX-License-Identifier: MIT
// From the part that was measured to the whole run.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measure/measurement.hpp"

namespace footpound::measure {

// What was seen of the run: a share of its time, or so many of its steps.
struct Share {
  double value = 1;
  bool of_steps = false;
};

// `text` of --covers: "3%" and "0.03" of the time, "100/10000" of the steps.
Result<Share> parse_share(std::string_view text);

// What the user says.
struct SaidOfRun {
  std::optional<Share> covers;
  std::optional<Duration> total;
  std::optional<Duration> warm_up;  // else by rule (steady_part.hpp)
};

// How the window is scaled to the whole run.
struct WholeRun {
  Duration total;
  std::optional<Duration> warm_up;
  Duration doubt{};  // half the width of the 5-95 % range of `total`
};

// nullopt where nothing is said, or what is said cannot be (told in `notes`).
//
// Steps tell the time by the time of a step. Starting up (imports, loading, compiling) makes none:
// the rest takes (window - warm-up) x (1 / share - 1). Whether some were made in the warm-up is not
// known, so the doubt is the warm-up's own part, warm-up x (1 / share - 1). A warm-up that the rule
// found counts only where its power is another: a cut in even power costs a steady series nothing,
// but would make the run shorter.
std::optional<WholeRun> whole_run(
    const Measurement& measurement, const SaidOfRun& said, std::vector<std::string>& notes);

struct Scaled {
  UncertainEnergy energy;
  Duration time;                           // what it is the energy of
  Duration warm_up;                        // left out when the steady power was taken
  Power steady;                            // power the rest of the run was given
  std::optional<Power> steady_half_width;  // nullopt: too few samples to tell
};

// Energy of these devices over the whole run; they have energies (Measurement::known). Beside what
// energy_of() holds, its interval holds the sampling error of the steady power and the doubt about
// the time.
Scaled scaled_energy(
    const Measurement& measurement, std::span<const std::size_t> devices, const WholeRun& whole);

}  // namespace footpound::measure
