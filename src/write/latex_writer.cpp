// SPDX-License-Identifier: MIT
// LaTeX: a table and a sentence for each run. Needs no package: any article class sets them.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "text/latex_text.hpp"
#include "units/number_text.hpp"
#include "words/remarks.hpp"
#include "words/result_rows.hpp"
#include "write/writers.hpp"

namespace footpound {

namespace {

// Our own words, in which "CO2e" is a formula.
std::string with_formula(const std::string& escaped) {
  std::string out = escaped;
  for (std::size_t at = out.find("CO2e"); at != std::string::npos; at = out.find("CO2e", at + 1))
    out.replace(at, 4, "CO$_2$e");
  return out;
}

class LatexWriter : public RecordWriter {
 public:
  explicit LatexWriter(const WriterOptions& options) : options_(options) {}

  std::string_view separator() const override { return "\n"; }

  void record(const Record& record, const Answer& answer, std::string& out) const override {
    out += "\\begin{tabular}{lp{0.6\\linewidth}}\n\\hline\n";
    if (!answer.name().empty())
      out += fmt::format("\\multicolumn{{2}}{{l}}{{{}}} \\\\\n\\hline\n", latex_text(answer.name()));
    for (const ResultRow& row : result_rows(record, answer, *options_.catalog)) {
      out += with_formula(latex_text(row.label)) + " & " + with_formula(latex_text(row.value)) + " \\\\\n";
    }
    out += "\\hline\n\\end{tabular}\n\n";
    sentence(answer, out);
  }

  void failure(const Record&, const Error& error, std::string& out) const override {
    out += "% " + no_line_end(message(error)) + "\n";
  }

 private:
  static std::string no_line_end(std::string text) {
    text = printable(text);
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
  }

  static std::string trials_text(const Answer& answer) {
    const double trials = answer.inputs()[FactorId::trials].number();
    return trials > 1 ? fmt::format(", all {} trials,", human_number(trials)) : std::string();
  }

  void sentence(const Answer& answer, std::string& out) const {
    const Estimate& e = answer.estimate();
    const std::string name = answer.name().empty() ? "the model" : latex_text(answer.name());
    const std::string how = how_text(answer);
    const std::string energy = human_number(in_kwh(e.energy.value)) + "~kWh";
    out += fmt::format("Training {}{} took {} and emitted {}~kg CO$_2$e ({}~lb", name, trials_text(answer),
        how == "estimated" ? "an estimated " + energy : energy + " (" + how + ")",
        human_number(in_kilograms(e.co2e.value)), human_number(in_pounds(e.co2e.value)));
    if (e.co2e.low() < e.co2e.high())
      out += fmt::format("; 90\\,\\% interval {} to {}~kg", human_number(in_kilograms(e.co2e.low()), 3),
          human_number(in_kilograms(e.co2e.high()), 3));
    out += fmt::format("), at a PUE of {} and {}~g CO$_2$e/kWh ({}).\n",
        human_number(answer.inputs()[FactorId::pue].number()),
        human_number(answer.inputs()[FactorId::intensity].number()),
        latex_text(tool_text(*options_.catalog)));
    for (std::string caveat : caveats(answer)) {
      caveat.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(caveat.front())));
      out += with_formula(latex_text(caveat)) + ".\n";
    }
  }

  WriterOptions options_;
};

}  // namespace

std::unique_ptr<RecordWriter> make_latex_writer(const WriterOptions& options, const SourceShape*) {
  return std::make_unique<LatexWriter>(options);
}

}  // namespace footpound
