// SPDX-License-Identifier: MIT
// The library and the program say the same.
#include <vector>

#include "footpound/footpound.hpp"
#include "support/catch.hpp"
#include "support/program.hpp"

using namespace footpound;

TEST_CASE("the library's JSON is the program's", "[library]") {
  const Catalog catalog;
  const std::vector<std::vector<std::pair<std::string, std::string>>> runs = {
      {{"gpu", "V100"}, {"gpu-count", "64"}, {"hours", "79"}, {"region", "US"}, {"name", "BERT \"base\""}},
      {{"gpu", "H100"}, {"gpus", "256"}, {"parameters", "7B"}, {"tokens", "2T"}, {"region", "Sweden"}},
      {{"it-power", "12041.51W+-5%"}, {"hours", "3d7h"}, {"pue", "1.58"}, {"intensity", "0.954lb/kWh"}}};
  for (const auto& run : runs) {
    std::vector<std::string> words = {"estimate", "-f", "json"};
    RunSpec spec;
    for (const auto& [flag, text] : run) {
      words.insert(words.end(), {"--" + flag, text});
      std::string field = flag;
      for (char& c : field) c = c == '-' ? '_' : c;
      if (field == "it_power") field = "it_power_w";
      if (field == "intensity") field = "intensity_g_per_kwh";
      REQUIRE(spec.set(field, text));
    }
    const Result<std::string> json = answer_json(catalog, spec);
    REQUIRE(json);
    CHECK(*json == run_program_apart(words).out);
  }
}
