// SPDX-License-Identifier: MIT
#include "published/paper.hpp"

#include "support/catch.hpp"
#include "support/close_to.hpp"

using namespace footpound;

TEST_CASE("hours that fit: the roundest hours that give every printed cell") {
  // BERT on 64 V100: 0.74 and 2.48 USD an hour each; 12041.51 W x PUE 1.58
  const std::vector<PrintedPerHour> bert = {
      {3751, 64 * 0.74}, {12571, 64 * 2.48}, {1507, 12.04151 * 1.58}, {1438, 12.04151 * 1.58 * 0.954}};
  CHECK(hours_that_fit(bert) == 79.2);
  // NAS on one TPU v2 device: 1.35 and 4.50 USD an hour
  CHECK(hours_that_fit({{44055, 1.35}, {146848, 4.5}}) == 32633);
}

TEST_CASE("hours that fit: cells that contradict each other have none") {
  CHECK(hours_that_fit({{10, 1}, {30, 1}}) == std::nullopt);
}

TEST_CASE("the paper: all printed cells agree but those of its two misprinted rows") {
  const Sheet sheet = reproduce_strubell2019(Catalog());
  std::size_t agreeing = 0;
  std::size_t wrong = 0;
  for (const auto& row : sheet.rows) {
    const std::string title = std::get<std::string>(row[1]);
    INFO(title << " " << std::get<std::string>(row[2]));
    if (std::holds_alternative<std::monostate>(row[5])) continue;  // not printed, or an input
    const bool agrees = std::get<std::string>(row[5]) == "yes";
    const bool misprinted = title == "BERT_base V100x64" || title == "NAS TPUv2x1";
    CHECK(agrees != misprinted);
    if (misprinted) {
      const std::string remark = std::get<std::string>(row[6]);
      CHECK(remark.find(title == "NAS TPUv2x1" ? "32,633 h fits" : "79.2 h fits") != std::string::npos);
    }
    ++(agrees ? agreeing : wrong);
  }
  CHECK(wrong == 4 + 2);      // BERT: energy, lb, two costs; NAS on a TPU: two costs
  CHECK(agreeing >= 8 + 20);  // Table 1, and the rows of Table 3 that check
}
