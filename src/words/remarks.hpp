// SPDX-License-Identifier: MIT
// What has to be said of an answer beside its numbers, so that no guess passes for a measurement:
// in the words of the command line for the text answer, in those of reports for formats to paste.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "footpound/factors/catalog.hpp"
#include "record/answer.hpp"

namespace footpound {

struct Record;

// "PUE 1.5: world average of 2025", for each factor that was assumed.
struct Assumption {
  std::string text;
  std::string_view flag;  // what to state instead; "" where nothing can be
};
std::vector<Assumption> assumptions(const Answer& answer);

// What was left out, taken instead of what was said, or is old; with the flags that change it.
std::vector<std::string> notes(const Record& record, const Answer& answer, const Catalog& catalog);

// For reports: "guessed: power per accelerator 141 W (...)", "assumed: PUE 1.5 (...)",
// "hosts not counted". Empty where all was stated or comes from a row that speaks of just this.
std::vector<std::string> caveats(const Answer& answer);

// The same in few words, each kind of factor once: "power per accelerator", "272.4 W".
struct Unstated {
  struct Figure {
    std::string_view of;
    std::string value;  // with its unit
  };
  std::vector<Figure> guessed, assumed;
};
Unstated unstated(const Answer& answer);

// "estimated", or "calculated from measured IT energy", and what lies between.
std::string how_text(const Answer& answer);

}  // namespace footpound
