// SPDX-License-Identifier: MIT
// One result in every format. A new row in the table of formats fails here until it is asserted.
#include <algorithm>
#include <functional>
#include <map>

#include <nlohmann/json.hpp>

#include "base/version.hpp"
#include "memory/answerer.hpp"
#include "support/catch.hpp"
#include "support/close_to.hpp"
#include "support/formats.hpp"
#include "support/paths.hpp"
#include "text/latex_text.hpp"
#include "text/markdown_text.hpp"

using namespace footpound;

namespace {

constexpr const char* awkward_name = "T_1 & \"co\" | 50%";

// 2 trials of 1000 W x 100 h = 200 kWh; x PUE 1.5 = 300 kWh; x 500 g = 150 kg = 330.6934 lb;
// 4 devices x 100 h x 2 trials at 2 USD = 1600 USD.
struct Run {
  Catalog catalog;
  Record record;
  Answer answer;
  std::optional<Answerer> answerer;  // keeps what the answer points to

  void ask() {
    answerer.emplace(catalog, AnswerOptions{}, true);
    const Answer* made = answerer->answer(record);
    REQUIRE(made != nullptr);
    answer = *made;
  }

  Run() {
    REQUIRE(catalog.overlay(root_path("/tests/golden/tables")));
    Spec& spec = record.spec;
    spec.name = awkward_name;
    spec.trials = Stated<double>{2, 0};
    spec.it_power = Stated<Power>{watts(1000), 0};
    spec.hours = Stated<Duration>{hours(100), 0};
    spec.accelerator = "test-gpu";
    spec.accelerator_count = Stated<double>{4, 0};
    spec.price_usd_per_hour = Stated<double>{2, 0};
    spec.pue = Stated<Pue>{Pue(1.5), 0};
    spec.intensity = Stated<Intensity>{grams_per_kwh(500), 0};
    spec.region = "testcloud:xt-1";
    ask();
  }

  std::string tool() const {
    return "footpound " + std::string(tool_version) + ", data " + catalog.data_version();
  }

  std::string in(const OutputFormat& format) const {
    WriterOptions options;
    options.catalog = &catalog;
    options.equivalents = "strubell2019";
    options.columns = format.name == "json" ? all_columns() : default_columns();
    const auto writer = format.answers(options, nullptr);
    std::string out;
    writer->begin(out);
    writer->record(record, answer, out);
    writer->end(out);
    return out;
  }
};

void has(const std::string& text, const std::string& part) {
  INFO(text);
  CHECK(text.find(part) != std::string::npos);
}

using Assertion = std::function<void(const std::string& text, const Run& run)>;

const std::map<std::string, Assertion>& assertions() {
  static const std::string columns =
      "energy_kwh,energy_low_kwh,energy_high_kwh,co2e_kg,co2e_lb,co2e_low_kg,co2e_high_kg,assumed,error\n";
  static const std::string values = "300,300,300,150,330.6933932773164,150,150,,\n";
  const auto with_tabs = [](std::string text) {
    std::replace(text.begin(), text.end(), ',', '\t');
    return text;
  };
  static const std::map<std::string, Assertion> all = {
      {"text",
          [](const std::string& text, const Run&) {
            has(text,
                "T_1 & \"co\" | 50%\n           300 kWh\n         330.7 lb CO2e\n           150 kg CO2e\n");
            has(text, "             2 trials; one: 150 kWh, 165.3 lb, 75 kg CO2e\n");
            has(text, "         1,600 USD, 800 accelerator-hours at 2 USD an hour\n");
          }},
      {"json",
          [](const std::string& text, const Run& run) {
            const auto json = nlohmann::json::parse(text);
            CHECK(json["name"] == awkward_name);
            CHECK(json["energy_kwh"] == 300);
            CHECK(json["co2e_lb"].get<double>() == close_to(150 / 0.45359237));
            CHECK(json["cost_usd"] == 1600);
            CHECK(json["used_region"] == "testcloud:xt-1");
            CHECK(json["data_version"] == run.catalog.data_version());
            CHECK(json["schema"] == 1);
          }},
      {"ndjson",
          [](const std::string& text, const Run&) {
            CHECK(text ==
                  "{\"energy_kwh\":300,\"energy_low_kwh\":300,\"energy_high_kwh\":300,\"co2e_kg\":150,\"co2e_"
                  "lb\":330.6933932773164,"
                  "\"co2e_low_kg\":150,\"co2e_high_kg\":150,\"assumed\":null,\"error\":null}\n");
          }},
      {"csv", [](const std::string& text, const Run&) { CHECK(text == columns + values); }},
      {"tsv",
          [with_tabs](const std::string& text, const Run&) { CHECK(text == with_tabs(columns + values)); }},
      {"markdown",
          [](const std::string& text, const Run& run) {
            CHECK(text ==
                  "### T\\_1 &amp; \"co\" \\| 50%\n\n| | |\n| --- | --- |\n"
                  "| Hardware | 4 x Test GPU |\n| Hours of a trial | 100 |\n| Trials | 2, all counted below "
                  "|\n| Provider | testcloud |\n| Place | Test City, Testland (testcloud:xt-1) |\n"
                  "| Boundary | accelerators and hosts |\n| PUE | 1.5, as stated |\n| Carbon intensity | 500 "
                  "g CO2e/kWh, as stated |\n"
                  "| Energy | 300 kWh |\n| Emissions | 150 kg CO2e |\n|  | 330.7 lb CO2e |\n| Cost | 1,600 "
                  "USD |\n\nEstimated with " +
                      markdown_text(run.tool()) + ".\n");
          }},
      {"latex",
          [](const std::string& text, const Run& run) {
            CHECK(
                text ==
                "\\begin{tabular}{lp{0.6\\linewidth}}\n\\hline\n\\multicolumn{2}{l}{T\\_1 \\& ''co'' $|$ "
                "50\\%} \\\\\n\\hline\n"
                "Hardware & 4 x Test GPU \\\\\nHours of a trial & 100 \\\\\nTrials & 2, all counted below "
                "\\\\\nProvider & testcloud \\\\\nPlace & Test City, Testland (testcloud:xt-1) \\\\\n"
                "Boundary & accelerators and hosts \\\\\nPUE & 1.5, as stated \\\\\nCarbon intensity & 500 "
                "g CO$_2$e/kWh, as stated \\\\\n"
                "Energy & 300 kWh \\\\\nEmissions & 150 kg CO$_2$e \\\\\n & 330.7 lb CO$_2$e \\\\\nCost & "
                "1,600 USD \\\\\n\\hline\n\\end{tabular}\n\n"
                "Training T\\_1 \\& ''co'' $|$ 50\\% 2 times on 4~$\\times$~Test GPU for 100 hours each in "
                "Test City, Testland (testcloud:xt-1) used 300~kWh of electricity and emitted 150~kg "
                "(330.7~lb) of CO$_2$e.\nThis was estimated as 200~kWh of IT energy, times a PUE of 1.5 (as "
                "stated), times 500 g CO$_2$e/kWh (as stated), by " +
                    latex_text(run.tool()) + "~\\cite{strubell-2019}.\n");
          }},
      {"model-card",
          [](const std::string& text, const Run& run) {
            // grams: 150 kg
            CHECK(text == "---\nco2_eq_emissions:\n  emissions: 150000\n  source: \"estimated with " +
                              run.tool() +
                              ": 200 kWh of IT energy in 2 trials x PUE 1.5 x 500 g CO2e/kWh\"\n  "
                              "training_type: \"not stated\"\n"
                              "  geographical_location: \"Test City, Testland (testcloud:xt-1)\"\n  "
                              "hardware_used: \"4 x Test "
                              "GPU\"\n---\n");
          }},
      {"model-card-section",
          [](const std::string& text, const Run&) {
            has(text, "## Environmental Impact\n\n");
            has(text,
                "- **Hardware Type:** 4 x Test GPU\n- **Hours used:** 100, 2 times\n- **Cloud Provider:** "
                "testcloud\n"
                "- **Compute Region:** Test City, Testland (testcloud:xt-1)\n- **Carbon Emitted:** 150 kg "
                "CO2eq, all 2 "
                "trials\n");
            CHECK(std::count(text.begin(), text.end(), '*') == 5 * 4);
          }},
      {"bibtex",
          [](const std::string& text, const Run&) {
            // all is stated: only the method has a source
            has(text, "@misc{strubell-2019,\n");
            CHECK(std::count(text.begin(), text.end(), '@') == 1);
            CHECK(std::count(text.begin(), text.end(), '{') == std::count(text.begin(), text.end(), '}'));
          }},
  };
  return all;
}

}  // namespace

TEST_CASE("formats: one result in each of them") {
  const Run run;
  for (const OutputFormat& format : answer_formats()) {
    INFO(format.name);
    const auto found = assertions().find(std::string(format.name));
    REQUIRE(found != assertions().end());
    found->second(run.in(format), run);
  }
  CHECK(assertions().size() == answer_formats().size());
}

TEST_CASE("model card: no exponent and no separator, however large or small") {
  Run run;
  for (const auto& [g_per_kwh, printed] : {std::pair{1e9, "300000000000"}, std::pair{1e-5, "0.003"},
           std::pair{0.0, "0"}, std::pair{1.0 / 3, "100"}}) {
    run.record.spec.intensity = Stated<Intensity>{grams_per_kwh(g_per_kwh), 0};
    run.ask();  // 300 kWh
    has(run.in(*find_output_format("model-card")), std::string("  emissions: ") + printed + "\n");
  }
}

TEST_CASE("formats to paste say what was measured, guessed, assumed and left out") {
  Run run;
  const auto answered = [&](auto change) {
    run.record.spec = Spec();
    run.record.spec.accelerator = "test-gpu";
    run.record.spec.accelerator_count = Stated<double>{1, 0};
    run.record.spec.hours = Stated<Duration>{hours(10), 0};
    change(run.record.spec);
    run.ask();
  };
  const char* formats[] = {"markdown", "latex", "model-card", "model-card-section"};

  answered([](Spec&) {});
  for (const char* name : formats) {
    const std::string text = run.in(*find_output_format(name));
    // general load: 0.474 x 200 W
    has(text, "uessed");
    has(text, name == std::string_view("latex") ? "power per accelerator (94.8 W)"
                                                : "power per accelerator 94.8 W");
    has(text, "ssumed");
    has(text, name == std::string_view("latex") ? "the PUE (1.5)" : "PUE 1.5");
    CHECK(text.find("easured") == std::string::npos);
  }

  answered([](Spec& spec) { spec.measured_accelerator_energy = Stated<Energy>{kilowatt_hours(2), 0}; });
  for (const char* name : formats) {
    const std::string text = run.in(*find_output_format(name));
    has(text, "stimated from measured accelerator energy");
    has(text, "osts not counted");
  }

  answered([](Spec& spec) {
    spec.measured_it_energy = Stated<Energy>{kilowatt_hours(2), 0};
    spec.pue = Stated<Pue>{Pue(1.2), 0};
    spec.intensity = Stated<Intensity>{grams_per_kwh(500), 0};
  });
  for (const char* name : formats) {
    const std::string text = run.in(*find_output_format(name));
    has(text, "alculated from measured IT energy");
    CHECK(text.find("ssumed") == std::string::npos);
  }
}

TEST_CASE("LaTeX text: every character that TeX acts on is escaped") {
  CHECK(latex_text("\\{}$&#%_^~<>|\"") ==
        "\\textbackslash{}\\{\\}\\$\\&\\#\\%\\_\\textasciicircum{}\\textasciitilde{}$<$$>$$|$''");
  CHECK(latex_text("Île-de-France, Zürich") == "Île-de-France, Zürich");
  CHECK(latex_text("日 \x1b") == "[U+65E5] \\textbackslash{}x1b");
}

TEST_CASE("Markdown text: nothing of it is taken for markup") {
  CHECK(markdown_text("a|b *c* _d_ <e> [f] `g` \\ ~h~ &lt;") ==
        "a\\|b \\*c\\* \\_d\\_ \\<e\\> \\[f\\] \\`g\\` \\\\ \\~h\\~ &amp;lt;");
  CHECK(markdown_text("two\nlines") == "two\\\\x0alines");
}
