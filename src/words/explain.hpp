// SPDX-License-Identifier: MIT
// What an answer rests on, for JSON and for people: factors, equivalents, notes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "factors/table.hpp"
#include "footpound/factors/catalog.hpp"
#include "record/answer.hpp"

namespace footpound {

// One sentence on how the factor was found; "" where there is nothing to say.
std::string note_text(const Factor& factor, const Inputs& inputs);

// "8 to 12", of a factor that was stated as these two (Note::middle_of_range).
std::string range_text(const Factor& factor);

// Which rung of the ladder of IT energy was climbed, and why not one above.
std::string_view rung_text(const Inputs& inputs);

// "owid-ember-2026 (2024)": ids of the sources and year of the row; "" where there is no row.
std::string source_text(Row row);

// A figure this many years older than it should be is said to be old.
inline constexpr int fresh_years = 5;

// Years between the factor's row and the run (its stated year for places, else the data set's own:
// no clock is asked, or answers would change overnight); nullopt where the row is fresh, or says
// what a device is, which does not age.
std::optional<int> age_if_old(const Factor& factor, const Inputs& inputs, const Catalog& catalog);

struct Equivalent {
  std::string_view id;
  std::string_view text;
  double amount;
  std::string source;
};
// The rows of one set for an amount of CO2e.
std::vector<Equivalent> equivalents_of(Mass co2e, const Catalog& catalog, std::string_view set);
std::vector<std::string_view> equivalent_sets(const Catalog& catalog);

// `"equivalents": [...], "factors": [...], "rung": "...", "narrow": {...}`, on one line or one item a line.
void append_explanation(
    const Answer& answer, const Catalog& catalog, std::string_view set, bool in_lines, std::string& out);

}  // namespace footpound
