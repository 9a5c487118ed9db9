// SPDX-License-Identifier: MIT
#include <cstdlib>

#include "support/catch.hpp"
#include "support/formats.hpp"
#include "support/scratch.hpp"

using namespace footpound;

namespace {

Sheet totals() {
  Sheet sheet;
  sheet.name = "summary";
  sheet.columns = {
      {"gpu-type"}, {"gpu_type"}, {"jobs"}, {"accelerator_hours"}, {"energy_kwh"}, {"co2e_kg"}, {"co2e_lb"}};
  sheet.rows = {{std::string("a\\\"b\n\x1b"), std::string("x"), 2.0, 0.5, 10.0, 1.25, 2.75577827},
      {std::string(""), std::string("é"), 1.0, Cell(), 0.0, 3.0, 6.61386787}};
  return sheet;
}

}  // namespace

TEST_CASE("prometheus: a gauge for each number in its base unit, a label for each key, both made safe") {
  // 0.5 h = 1800 s; 10 kWh = 3.6e7 J; 1.25 kg = 1250 g; what is not known has no sample
  CHECK(written_sheet("prometheus", totals()) ==
        R"re(# HELP footpound_jobs jobs of footpound summarize
# TYPE footpound_jobs gauge
footpound_jobs{gpu_type="a\\\"b\\x0a\\x1b",gpu_type_="x"} 2
footpound_jobs{gpu_type="",gpu_type_="é"} 1
# HELP footpound_accelerator_seconds accelerator_hours of footpound summarize, in base units
# TYPE footpound_accelerator_seconds gauge
footpound_accelerator_seconds{gpu_type="a\\\"b\\x0a\\x1b",gpu_type_="x"} 1800
# HELP footpound_energy_joules energy_kwh of footpound summarize, in base units
# TYPE footpound_energy_joules gauge
footpound_energy_joules{gpu_type="a\\\"b\\x0a\\x1b",gpu_type_="x"} 36000000
footpound_energy_joules{gpu_type="",gpu_type_="é"} 0
# HELP footpound_co2e_grams co2e_kg of footpound summarize, in base units
# TYPE footpound_co2e_grams gauge
footpound_co2e_grams{gpu_type="a\\\"b\\x0a\\x1b",gpu_type_="x"} 1250
footpound_co2e_grams{gpu_type="",gpu_type_="é"} 3000
)re");
}

TEST_CASE("prometheus: names that are no labels become some") {
  Sheet sheet;
  sheet.columns = {{"__name"}, {"7d"}, {"é"}, {"jobs"}};
  sheet.rows = {{std::string("a"), std::string("b"), std::string("c"), 1.0}};
  const std::string text = written_sheet("prometheus", sheet);
  CHECK(text.find(R"(footpound_jobs{name="a",key_7d="b",key_="c"} 1)") != std::string::npos);
}

TEST_CASE("prometheus: promtool finds nothing wrong, where it is installed") {
  if (std::system("command -v promtool >/dev/null 2>&1") != 0) {
    WARN("skipped: promtool is not installed");
    return;
  }
  const Scratch scratch;
  const std::string file = scratch.write("totals.prom", written_sheet("prometheus", totals()));
  CHECK(std::system(("promtool check metrics < '" + file + "'").c_str()) == 0);
}
