// SPDX-License-Identifier: MIT
// What an answer says of a run, in the words of reports: shared by the formats to paste.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "footpound/factors/catalog.hpp"
#include "record/answer.hpp"

namespace footpound {

struct Record;

// Where there is nothing to say.
inline constexpr std::string_view not_stated = "not stated";

struct ResultRow {
  std::string label;
  std::string value;  // with its interval and unit
};
// Hardware, time, place, energy, CO2e: what a table in a paper or a README needs.
std::vector<ResultRow> result_rows(const Record& record, const Answer& answer, const Catalog& catalog);

// "8 x NVIDIA A100 SXM4 40GB", the processors of a run without accelerators; as the user wrote it where no
// row was needed; else "not stated".
std::string hardware_text(const Record& record, const Answer& answer);
// "Frankfurt, Germany (aws:eu-central-1)"; "not stated"
std::string place_text(const Answer& answer, const Catalog& catalog);
std::string provider_text(const Record& record, const Answer& answer);
// Of one trial; what is not known is empty.
struct RunTime {
  std::optional<double> wall_clock_hours, accelerator_hours;
};
RunTime run_time(const Record& record, const Answer& answer);
// "56.5 (1808 accelerator-hours)" per trial; "not stated"
std::string hours_text(const Record& record, const Answer& answer);
// "1.5, world average of 2025"
std::string pue_text(const Answer& answer);
// "385 g CO2e/kWh, lifecycle, DE's own figure of 2025"
std::string intensity_text(const Answer& answer);
// "footpound 0.1.0, data 2026.1 (...)"
std::string tool_text(const Catalog& catalog);
}  // namespace footpound
