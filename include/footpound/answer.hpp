// SPDX-License-Identifier: MIT
// What a run took, and what each number of that rests on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "footpound/base/result.hpp"
#include "footpound/estimate/boundary.hpp"
#include "footpound/factors/catalog.hpp"
#include "footpound/factors/origin.hpp"
#include "footpound/run_spec.hpp"
#include "footpound/units/interval.hpp"
#include "footpound/units/quantity.hpp"

namespace footpound {

// Who published a number.
struct Source {
  std::string id;  // in table sources
  std::string title;
  std::string url;  // "" where there is none
};

// A number that the answer was calculated from.
struct RunFactor {
  std::string name;  // the input field's, where there is one: "pue", "intensity_g_per_kwh"
  std::string unit;  // "W", "h", "g/kWh" ...; "" for a bare number
  Interval<double> value;
  Origin origin = Origin::given;
  std::string note;             // how it was found, in a sentence; "" where there is nothing to say
  std::string row;              // id of the table row behind it; "" where there is none
  std::vector<Source> sources;  // of the row
  std::optional<int> year;      // of the row
};

// Owns all it holds: neither catalog nor spec has to outlive it. Figures are of all trials.
struct RunAnswer {
  std::string name;            // as stated; "" where it was not
  Interval<Energy> energy;     // of the datacentre: IT x PUE
  Interval<Mass> co2e;         // location-based
  Interval<Energy> it_energy;  // of what `boundary` says
  Boundary boundary = Boundary::it;
  std::optional<Mass> market_co2e;           // by contract, where its intensity is stated
  std::optional<Mass> embodied_co2e;         // share of making the accelerators, where asked for
  std::optional<Interval<double>> cost_usd;  // where a price is stated or asked for
  std::vector<RunFactor> factors;            // in the order of the formula
};

struct AnswerRules {
  std::optional<Boundary> boundary{};  // none: boards and hosts, as far as they are known (docs/method.md)
  bool strict = false;                 // refuse what could only be assumed
  std::string prices{};                // the price list to take where no price is stated; "" = none
};

// One run's answer. Depends on the arguments alone; any number of threads may share a catalog. Errors name
// the field, as the spec calls it: unknown_name (with the nearest), ambiguous, missing, out_of_range,
// contradiction, refused.
Result<RunAnswer> answer(const Catalog& catalog, const RunSpec& spec, const AnswerRules& rules = {});

// The same as `footpound estimate -f json` writes it, line end included. Keys: docs/fields.md.
Result<std::string> answer_json(const Catalog& catalog, const RunSpec& spec, const AnswerRules& rules = {});

}  // namespace footpound
