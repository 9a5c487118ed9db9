// SPDX-License-Identifier: MIT
#include "record/outputs.hpp"

#include <algorithm>
#include <set>

#include "record/fields.hpp"
#include "support/answers.hpp"
#include "support/close_to.hpp"
#include "support/text.hpp"
#include "write/column_text.hpp"

using namespace footpound;

namespace {

std::optional<double> number(const Answer& answer, std::string_view name) {
  return find_output(name)->number_of(answer);
}

std::string text(const Answer& answer, std::string_view name) {
  std::string out;
  find_output(name)->text(answer, out);
  return out;
}

}  // namespace

TEST_CASE("the names, their order and the default ones are what scripts rely on") {
  std::string all;
  std::string by_default;
  for (const OutputField& field : output_fields()) {
    all += std::string(field.name) + " ";
    if (field.by_default) by_default += std::string(field.name) + " ";
  }
  CHECK(all ==
        "energy_kwh energy_low_kwh energy_high_kwh co2e_kg co2e_lb co2e_low_kg co2e_high_kg assumed "
        "car_lifetimes flights_ny_sf used_hours used_accelerator "
        "used_accelerator_count used_it_power_w used_it_energy_kwh used_boundary used_pue used_region "
        "used_intensity_g_per_kwh used_intensity_year "
        "used_intensity_method market_co2e_kg embodied_co2e_kg used_flops used_mfu cost_usd cost_low_usd "
        "cost_high_usd error ");
  CHECK(by_default ==
        "energy_kwh energy_low_kwh energy_high_kwh co2e_kg co2e_lb co2e_low_kg co2e_high_kg assumed error ");
}

TEST_CASE("each is a number or a text, has help, and is no input") {
  std::set<std::string_view> names;
  for (const OutputField& field : output_fields()) {
    INFO(field.name);
    CHECK(names.insert(field.name).second);
    CHECK((field.number == nullptr) != (field.text == nullptr));
    CHECK_FALSE(field.help.empty());
    CHECK(find_field(field.name) == nullptr);
    CHECK(find_output(field.name) == &field);
  }
}

TEST_CASE("columns are named, or all, or the default ones") {
  CHECK(parse_columns("all")->size() == output_fields().size());
  CHECK(*parse_columns("default") == default_columns());
  CHECK(*parse_columns("co2e_kg,energy_kwh") ==
        std::vector<const OutputField*>{find_output("co2e_kg"), find_output("energy_kwh")});
  for (const char* bad : {"", ",", "co2e_kg,", "co2e,", "CO2E_KG", "co2e_kg,co2e_kg", "all,error"}) {
    INFO(bad);
    CHECK_FALSE(parse_columns(bad));
  }
  CHECK(contains(message(parse_columns("co2e_gk").error()), "did you mean \"co2e_kg\""));
}

TEST_CASE("what is used is told: per trial the inputs, for all trials the energy") {
  const Answer a = answered({{"trials", "2"}, {"accelerator", "test-gpu"}, {"accelerator_count", "4"},
      {"accelerator_power_w", "250"}, {"hours", "10"}, {"region", "testcloud:xt-1"}, {"year", "2022"},
      {"market_intensity_g_per_kwh", "0"}, {"embodied", "true"}});
  // 4 x 250 W x 10 h x 2 = 20 kWh; site PUE 1.1; the nearest earlier row is of 2020, 500 g
  CHECK(number(a, "energy_kwh") == close_to(22));
  CHECK(number(a, "co2e_kg") == close_to(11));
  CHECK(number(a, "co2e_lb") == close_to(11 / 0.45359237));
  CHECK(number(a, "car_lifetimes") == close_to(11 / 0.45359237 / 126000));
  CHECK(number(a, "flights_ny_sf") == close_to(11 / 0.45359237 / 1984));
  CHECK(number(a, "used_hours") == 10);
  CHECK(number(a, "used_accelerator_count") == 4);
  CHECK(number(a, "used_it_power_w") == close_to(1000));
  CHECK(number(a, "used_it_energy_kwh") == close_to(20));
  CHECK(number(a, "used_pue") == 1.1);
  CHECK(number(a, "used_intensity_g_per_kwh") == 500);
  CHECK(number(a, "used_intensity_year") == 2020);
  CHECK(number(a, "market_co2e_kg") == 0);
  // 150 kg x 40 h / (5 x 8760 h) x 2 trials
  CHECK(number(a, "embodied_co2e_kg") == close_to(150.0 * 40 / (5 * 8760) * 2));
  CHECK_FALSE(number(a, "used_flops"));
  CHECK_FALSE(number(a, "used_mfu"));
  CHECK(text(a, "used_accelerator") == "test-gpu");
  CHECK(text(a, "used_boundary") == "accelerators");
  CHECK(text(a, "used_region") == "testcloud:xt-1");
  CHECK(text(a, "used_intensity_method") == "lifecycle");
  CHECK(text(a, "assumed").empty());
  CHECK(text(a, "error").empty());
}

TEST_CASE("what was assumed is named, joined by plus") {
  const Answer a = answered({{"accelerator", "test-gpu"}, {"hours", "10"}});
  CHECK(text(a, "assumed") == "accelerator_count+pue+intensity_g_per_kwh");
}

TEST_CASE("factors are numbered in the order in which they are told, so that a set of them is too") {
  Inputs all;
  all.board_kinds = 1;
  Boards& boards = all.boards[0];
  for (std::size_t i = 0; i < factor_count; ++i) {
    Factor factor;
    factor.id = static_cast<FactorId>(i);
    factor.origin = Origin::assumed;
    const bool of_boards = board_powers.has(factor.id) || board_making.has(factor.id);
    (of_boards ? static_cast<Factors&>(boards) : all).put(factor);
  }
  std::vector<FactorId> told;
  FactorSet set;
  each_factor(all, [&](const Factor& factor) {
    told.push_back(factor.id);
    set.add(factor.id);
  });
  CHECK(told.size() == factor_count);
  CHECK(std::is_sorted(told.begin(), told.end()));
  std::vector<FactorId> listed;
  set.each([&](FactorId id) { listed.push_back(id); });
  CHECK(listed == told);
}

TEST_CASE("what no result needed stays empty") {
  const Answer a = answered({{"measured_it_energy_kwh", "5"}, {"pue", "1"}, {"intensity_g_per_kwh", "100"}});
  for (const char* name : {"used_hours", "used_accelerator_count", "used_it_power_w", "used_intensity_year",
           "market_co2e_kg", "embodied_co2e_kg"})
    CHECK_FALSE(number(a, name));
  for (const char* name : {"used_accelerator", "used_region", "used_intensity_method"})
    CHECK(text(a, name).empty());
  CHECK(text(a, "used_boundary") == "it");
}

TEST_CASE("what stands in front of a column fits its room, as JSON too") {
  for (const OutputField& field : output_fields())
    CHECK(field.name.size() + std::string_view(",\"\":").size() <= LeadColumn::room);
}
