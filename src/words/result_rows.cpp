// SPDX-License-Identifier: MIT
#include "words/result_rows.hpp"

#include <cctype>

#include <fmt/format.h>

#include "base/version.hpp"
#include "factors/regions.hpp"
#include "factors/tables.hpp"
#include "record/record.hpp"
#include "units/number_text.hpp"
#include "words/explain.hpp"
#include "words/remarks.hpp"

namespace footpound {

namespace {

std::string with_interval(double value, double low, double high, std::string_view unit) {
  std::string text = human_number(value) + " " + std::string(unit);
  if (low < high)
    text += fmt::format(" (90 % interval {} to {})", human_number(low, 3), human_number(high, 3));
  return text;
}

std::string region_name(Row region) { return std::string(region.text(column(TableId::regions, "name"))); }

// Of a run whose hosts were put together from their parts: "2 x Xeon Gold 6248".
std::string processors_text(const Spec& spec, const Inputs& inputs) {
  const Row row = inputs.has(FactorId::host_power) ? inputs[FactorId::host_power].row : Row();
  const bool is_known = row && row.table().def().name == "cpus";
  const std::string name(is_known ? row.text(column(TableId::cpus, "name")) : *spec.cpu);
  return (spec.cpu_count ? human_number(spec.cpu_count->value) + " x " : std::string()) + name;
}

}  // namespace

std::string intensity_text(const Answer& answer) {
  const Factor& intensity = answer.inputs()[FactorId::intensity];
  std::string text = human_number(intensity.number()) + " g CO2e/kWh";
  if (answer.inputs().intensity_method) text += ", " + std::string(name(*answer.inputs().intensity_method));
  if (intensity.origin == Origin::given) return text + ", as stated";
  return text + ", " + note_text(intensity, answer.inputs());
}

std::string pue_text(const Answer& answer) {
  const Factor& pue = answer.inputs()[FactorId::pue];
  const std::string note = note_text(pue, answer.inputs());
  return human_number(pue.number()) + (pue.origin == Origin::given ? ", as stated"
                                          : note.empty()           ? ""
                                                                   : ", " + note);
}

std::string hardware_text(const Record& record, const Answer& answer) {
  std::string text;
  const Spec& spec = record.spec;
  if (answer.inputs().board_kinds == 0 && spec.accelerator) {
    return (spec.accelerator_count ? human_number(spec.accelerator_count->value) + " x " : std::string()) +
           std::string(*spec.accelerator);
  }
  for (std::size_t i = 0; i < answer.inputs().board_kinds; ++i) {
    const Boards& boards = answer.inputs().boards[i];
    if (!boards.accelerator()) continue;
    if (!text.empty()) text += " + ";
    if (boards.count)
      text += human_number(*boards.count) + " x ";
    else if (answer.inputs().has(FactorId::accelerator_count))
      text += human_number(answer.inputs()[FactorId::accelerator_count].number()) + " x ";
    const std::string vendor(boards.accelerator().text(column(TableId::accelerators, "vendor")));
    const std::string name(boards.accelerator().text(column(TableId::accelerators, "name")));
    text += name.rfind(vendor, 0) == 0 ? name : vendor + " " + name;
  }
  if (!text.empty()) return text;
  return spec.cpu ? processors_text(spec, answer.inputs()) : std::string(not_stated);
}

std::string place_text(const Answer& answer, const Catalog& catalog) {
  const Row region = answer.inputs().region;
  if (!region) return std::string(not_stated);
  std::string text = region_name(region);
  const Row country = country_of(catalog, region);
  if (country && country != region && text.find(region_name(country)) == std::string::npos)
    text += ", " + region_name(country);
  if (!provider_of(region).empty()) text += fmt::format(" ({})", region.id());
  return text;
}

std::string provider_text(const Record& record, const Answer& answer) {
  const std::string_view of_region =
      answer.inputs().region ? provider_of(answer.inputs().region) : std::string_view();
  if (!of_region.empty()) return std::string(of_region);
  return std::string(record.spec.provider.value_or(not_stated));
}

RunTime run_time(const Record& record, const Answer& answer) {
  const Inputs& in = answer.inputs();
  RunTime time;
  for (std::size_t i = 0; i < in.board_kinds; ++i) {
    if (in.boards[i].time)
      time.accelerator_hours = time.accelerator_hours.value_or(0) + in_hours(in.boards[i].time->total());
  }
  if (in.has(FactorId::hours)) {
    time.wall_clock_hours = in[FactorId::hours].number();
  } else if (record.spec.hours) {
    time.wall_clock_hours = in_hours(record.spec.hours->value);
  }
  return time;
}

std::string hours_text(const Record& record, const Answer& answer) {
  const RunTime time = run_time(record, answer);
  const std::string of_devices =
      time.accelerator_hours ? human_number(*time.accelerator_hours) + " accelerator-hours" : std::string();
  if (!time.wall_clock_hours) return of_devices.empty() ? std::string(not_stated) : of_devices;
  return human_number(*time.wall_clock_hours) + (of_devices.empty() ? "" : " (" + of_devices + ")");
}

std::string tool_text(const Catalog& catalog) {
  return fmt::format("footpound {}, data {}", tool_version, catalog.data_version());
}

std::vector<ResultRow> result_rows(const Record& record, const Answer& answer, const Catalog& catalog) {
  const Estimate& e = answer.estimate();
  std::vector<ResultRow> rows;
  const auto add = [&](std::string_view label, std::string value) {
    if (value != not_stated) rows.push_back({std::string(label), std::move(value)});
  };
  add("Hardware", hardware_text(record, answer));
  const bool several = answer.inputs()[FactorId::trials].number() > 1;
  add(several ? "Hours of a trial" : "Hours", hours_text(record, answer));
  if (several)
    add("Trials", human_number(answer.inputs()[FactorId::trials].number()) + ", all counted below");
  add("Provider", provider_text(record, answer));
  add("Place", place_text(answer, catalog));
  add("Boundary", answer.inputs().boundary == Boundary::it ? "accelerators and hosts"
                                                           : "accelerators alone, hosts not counted");
  add("PUE", pue_text(answer));
  add("Carbon intensity", intensity_text(answer));
  add("Energy",
      with_interval(in_kwh(e.energy.value), in_kwh(e.energy.low()), in_kwh(e.energy.high()), "kWh"));
  add("Emissions", with_interval(in_kilograms(e.co2e.value), in_kilograms(e.co2e.low()),
                       in_kilograms(e.co2e.high()), "kg CO2e"));
  add("",
      with_interval(in_pounds(e.co2e.value), in_pounds(e.co2e.low()), in_pounds(e.co2e.high()), "lb CO2e"));
  if (e.market_co2e) add("Emissions, market-based", human_number(in_kilograms(*e.market_co2e)) + " kg CO2e");
  if (e.embodied_co2e) add("Embodied, apart", human_number(in_kilograms(*e.embodied_co2e)) + " kg CO2e");
  if (e.cost_usd) add("Cost", with_interval(e.cost_usd->value, e.cost_usd->low, e.cost_usd->high, "USD"));
  for (std::string caveat : caveats(answer)) {
    const std::size_t colon = caveat.find(": ");
    if (colon == std::string::npos) continue;  // the boundary says it
    caveat.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(caveat.front())));
    add(caveat.substr(0, colon), caveat.substr(colon + 2));
  }
  return rows;
}

}  // namespace footpound
