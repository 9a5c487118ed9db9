// SPDX-License-Identifier: MIT
#include "record/outputs.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/letters.hpp"
#include "factors/nearest.hpp"
#include "units/number_text.hpp"

namespace footpound {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

double number_of(const Answer& a, FactorId id) {
  const Factor* const factor = a.inputs().find(id);
  return factor != nullptr ? factor->number() : none;
}

void append_assumed(const Answer& a, std::string& out) {
  const std::size_t begin = out.size();
  a.doubts().assumed.each([&](FactorId factor) {
    if (out.size() > begin) out += '+';
    out += kind(factor).name;
  });
}

void append_accelerators(const Answer& a, std::string& out) {
  for (std::size_t i = 0; i < a.inputs().board_kinds; ++i) {
    if (!a.inputs().boards[i].accelerator()) continue;
    if (i > 0) out += '+';
    out += a.inputs().boards[i].accelerator().id();
  }
}

double used_hours(const Answer& a) { return number_of(a, FactorId::hours); }
double used_count(const Answer& a) {
  return a.inputs().board_kinds > 0 ? number_of(a, FactorId::accelerator_count) : none;
}
double used_power(const Answer& a) { return a.estimate().it_power ? in_watts(*a.estimate().it_power) : none; }
double used_year(const Answer& a) { return a.inputs().intensity_year ? *a.inputs().intensity_year : none; }
double mass_in_kg(const std::optional<Mass>& mass) { return mass ? in_kilograms(*mass) : none; }

using A = const Answer&;

constexpr std::array table = {
    OutputField{"energy_kwh", true, "facility energy: IT x PUE, all trials",
        [](A a) { return in_kwh(a.figures().energy); }, nullptr},
    OutputField{
        "energy_low_kwh", true, "5th percentile", [](A a) { return in_kwh(a.energy().low()); }, nullptr},
    OutputField{
        "energy_high_kwh", true, "95th percentile", [](A a) { return in_kwh(a.energy().high()); }, nullptr},
    OutputField{"co2e_kg", true, "location-based CO2e, all trials",
        [](A a) { return in_kilograms(a.figures().co2e); }, nullptr},
    OutputField{
        "co2e_lb", true, "the same in pounds", [](A a) { return in_pounds(a.figures().co2e); }, nullptr},
    OutputField{
        "co2e_low_kg", true, "5th percentile", [](A a) { return in_kilograms(a.co2e().low()); }, nullptr},
    OutputField{
        "co2e_high_kg", true, "95th percentile", [](A a) { return in_kilograms(a.co2e().high()); }, nullptr},
    OutputField{"assumed", true, "factors that were assumed, +-joined", nullptr, append_assumed},
    OutputField{"car_lifetimes", false, "co2e_lb / 126000 (Strubell et al. 2019)",
        [](A a) { return car_lifetimes(a.figures().co2e); }, nullptr},
    OutputField{"flights_ny_sf", false, "co2e_lb / 1984 (Strubell et al. 2019)",
        [](A a) { return flights_ny_sf(a.figures().co2e); }, nullptr},
    OutputField{"used_hours", false, "wall-clock hours per trial", used_hours, nullptr, true},
    OutputField{
        "used_accelerator", false, "id in table accelerators, +-joined", nullptr, append_accelerators, true},
    OutputField{"used_accelerator_count", false, "devices", used_count, nullptr, true},
    OutputField{"used_it_power_w", false, "mean W of the job per trial", used_power, nullptr, true},
    OutputField{"used_it_energy_kwh", false, "IT energy, all trials",
        [](A a) { return in_kwh(a.figures().it_energy); }, nullptr},
    OutputField{"used_boundary", false, "accelerators, or it (with hosts)", nullptr,
        [](A a, std::string& out) { out += name(a.figures().boundary); }},
    OutputField{"used_pue", false, "facility / IT energy",
        [](A a) { return a.inputs()[FactorId::pue].number(); }, nullptr, true},
    OutputField{"used_region", false, "id in table regions", nullptr,
        [](A a, std::string& out) {
          if (a.inputs().region) out += a.inputs().region.id();
        },
        true},
    OutputField{"used_intensity_g_per_kwh", false, "g CO2e per kWh",
        [](A a) { return a.inputs()[FactorId::intensity].number(); }, nullptr, true},
    OutputField{"used_intensity_year", false, "of the row taken", used_year, nullptr, true},
    OutputField{"used_intensity_method", false, "lifecycle or direct", nullptr,
        [](A a, std::string& out) {
          if (a.inputs().intensity_method) out += name(*a.inputs().intensity_method);
        },
        true},
    OutputField{"market_co2e_kg", false, "market-based, where its intensity is stated",
        [](A a) { return mass_in_kg(a.estimate().market_co2e); }, nullptr, true},
    OutputField{"embodied_co2e_kg", false, "share of making the accelerators",
        [](A a) { return mass_in_kg(a.estimate().embodied_co2e); }, nullptr, true},
    OutputField{"used_flops", false, "operations per trial",
        [](A a) { return number_of(a, FactorId::flops); }, nullptr, true},
    OutputField{"used_mfu", false, "model FLOPs utilisation", [](A a) { return number_of(a, FactorId::mfu); },
        nullptr, true},
    OutputField{"cost_usd", false, "device-hours x price, where one is stated or asked for",
        [](A a) { return a.estimate().cost_usd ? a.estimate().cost_usd->value : none; }, nullptr, true},
    OutputField{"cost_low_usd", false, "at a list's preemptible price; 5th percentile",
        [](A a) { return a.estimate().cost_usd ? a.estimate().cost_usd->low : none; }, nullptr, true},
    OutputField{"cost_high_usd", false, "95th percentile",
        [](A a) { return a.estimate().cost_usd ? a.estimate().cost_usd->high : none; }, nullptr, true},
    OutputField{"error", true, "why there is no answer", nullptr, [](A, std::string&) {}, false, true},
};
static_assert(table.size() <= 64, "readers mark the outputs that a record names, a bit each");

}  // namespace

std::span<const OutputField> output_fields() { return table; }

const OutputField* find_output(std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
      [&](const OutputField& field) { return same_without_case(field.name, name); });
  return found == table.end() ? nullptr : &*found;
}

bool any_of_inputs(const std::vector<const OutputField*>& columns) {
  return std::any_of(
      columns.begin(), columns.end(), [](const OutputField* field) { return field->of_inputs; });
}

std::vector<const OutputField*> default_columns() {
  std::vector<const OutputField*> columns;
  for (const OutputField& field : table) {
    if (field.by_default) columns.push_back(&field);
  }
  return columns;
}

std::vector<const OutputField*> all_columns() {
  std::vector<const OutputField*> columns;
  for (const OutputField& field : table) columns.push_back(&field);
  return columns;
}

Result<std::vector<const OutputField*>> parse_columns(std::string_view list) {
  if (list == "all") return all_columns();
  if (list == "default") return default_columns();
  std::vector<const OutputField*> columns;
  while (true) {
    const std::size_t comma = list.find(',');
    const std::string_view name = list.substr(0, comma);
    const OutputField* field = find_output(name);
    if (field == nullptr || field->name != name) {
      std::vector<std::string_view> known;
      for (const OutputField& each : table) known.push_back(each.name);
      const std::vector<std::string_view> near = nearest(name, known, 3);
      return Error{ErrorKind::unknown_name, "--columns", "unknown " + in_quotes(name),
          near.empty() ? "`footpound estimate --help` lists them at --columns"
                       : "did you mean " + either(near) + "?"};
    }
    if (std::find(columns.begin(), columns.end(), field) != columns.end()) {
      return Error{ErrorKind::bad_value, "--columns", in_quotes(name) + " is named twice", {}};
    }
    columns.push_back(field);
    if (comma == std::string_view::npos) return columns;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace footpound
