// SPDX-License-Identifier: MIT
// LaTeX: a table and a sentence for each run. Needs no package: any article class sets them.
#include <algorithm>

#include <fmt/format.h>

#include "record/record.hpp"
#include "text/latex_text.hpp"
#include "units/number_text.hpp"
#include "words/remarks.hpp"
#include "words/result_rows.hpp"
#include "write/bibtex.hpp"
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

// "8 x NVIDIA A100": the sign of a product.
std::string with_times(std::string text) {
  for (std::size_t at = text.find(" x "); at != std::string::npos; at = text.find(" x ", at))
    text.replace(at, 3, "~$\\times$~");
  return text;
}

// "1.54, world average of 2025": the figure, then in brackets where it is from.
std::string in_brackets(const std::string& text) {
  const std::size_t comma = text.find(", ");
  return comma == std::string::npos ? text : text.substr(0, comma) + " (" + text.substr(comma + 2) + ")";
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
    sentences(record, answer, out);
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

  // What a paper's author would write of it: the figure, how it was come by, and what was not known.
  void sentences(const Record& record, const Answer& answer, std::string& out) const {
    const Estimate& e = answer.estimate();
    out += fmt::format("Training {} used {}~kWh of electricity{} and emitted {}~kg ({}~lb) of CO$_2$e{}.\n",
        run_words(record, answer), human_number(in_kwh(e.energy.value)),
        interval_words(e.energy, in_kwh, "kWh"), human_number(in_kilograms(e.co2e.value)),
        human_number(in_pounds(e.co2e.value)), interval_words(e.co2e, in_kilograms, "kg"));
    out += method_words(answer);
    out += unstated_words(answer);
  }

  std::string run_words(const Record& record, const Answer& answer) const {
    std::string text = answer.name().empty() ? "the model" : latex_text(answer.name());
    const double trials = answer.inputs()[FactorId::trials].number();
    if (trials > 1) text += fmt::format(" {} times", human_number(trials));
    if (const std::string hardware = hardware_text(record, answer); hardware != not_stated)
      text += " on " + with_times(latex_text(hardware));
    const RunTime time = run_time(record, answer);
    const std::string of_devices =
        time.accelerator_hours ? human_number(*time.accelerator_hours) + " accelerator-hours" : std::string();
    if (time.wall_clock_hours) {
      text += fmt::format(" for {} hours{}", human_number(*time.wall_clock_hours),
          of_devices.empty() ? "" : " (" + of_devices + ")");
    } else if (!of_devices.empty()) {
      text += " for " + of_devices;
    }
    if (trials > 1 && (time.wall_clock_hours || time.accelerator_hours)) text += " each";
    if (const std::string place = place_text(answer, *options_.catalog); place != not_stated)
      text += " in " + latex_text(place);
    return text;
  }

  template <class Q, class In>
  static std::string interval_words(const Doubtful<Q>& figure, In in, std::string_view unit) {
    if (!(figure.low() < figure.high())) return {};
    return fmt::format(" (90\\,\\% interval {} to {}~{})", human_number(in(figure.low()), 3),
        human_number(in(figure.high()), 3), unit);
  }

  std::string method_words(const Answer& answer) const {
    const Inputs& in = answer.inputs();
    std::string keys;
    for (const Row source : sources_of(answer, *options_.catalog))
      keys += (keys.empty() ? "" : ",") + bibtex_key(source);
    return fmt::format(
        "This was {} as {}~kWh of IT energy{}, times a PUE of {}, times {}, "
        "by {}~\\cite{{{}}}.\n",
        how_text(answer), human_number(in_kwh(answer.estimate().it_energy.value)),
        in.boundary == Boundary::it ? "" : " (accelerators alone, hosts not counted)",
        in_brackets(latex_text(pue_text(answer))),
        in_brackets(with_formula(latex_text(intensity_text(answer)))),
        latex_text(tool_text(*options_.catalog)), keys);
  }

  static std::string unstated_words(const Answer& answer) {
    const auto listed = [](const std::vector<Unstated::Figure>& figures) {
      std::string text;
      for (std::size_t i = 0; i < figures.size(); ++i) {
        text += i == 0 ? "" : i + 1 == figures.size() ? " and " : ", ";
        text +=
            fmt::format("the {} ({})", with_formula(latex_text(figures[i].of)), latex_text(figures[i].value));
      }
      return text;
    };
    const Unstated unknown = unstated(answer);
    std::string text = listed(unknown.guessed);
    if (!text.empty()) text = "guessed " + text + " from the hardware";
    if (!unknown.assumed.empty())
      text += (text.empty() ? "" : ", and ") + ("assumed " + listed(unknown.assumed));
    return text.empty() ? text : "We " + text + ".\n";
  }

  WriterOptions options_;
};

}  // namespace

std::unique_ptr<RecordWriter> make_latex_writer(const WriterOptions& options, const SourceShape*) {
  return std::make_unique<LatexWriter>(options);
}

}  // namespace footpound
