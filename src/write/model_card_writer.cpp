// SPDX-License-Identifier: MIT
// Hugging Face model cards, and BibTeX: formats that speak of one run.
// Keys as the Hub documents them (hub-docs, docs/hub/model-cards-co2.md): emissions are in GRAMS.
// The Hub's client takes the first match of \d+\.\d+|\d+ of the value: never an exponent, never a
// thousands separator.
#include <cctype>

#include <fmt/format.h>

#include "record/record.hpp"
#include "text/json_text.hpp"
#include "text/markdown_text.hpp"
#include "units/number_text.hpp"
#include "words/remarks.hpp"
#include "words/result_rows.hpp"
#include "write/bibtex.hpp"
#include "write/writers.hpp"

namespace footpound {

namespace {

constexpr int emission_digits = 6;
constexpr std::size_t figures_limit = 150;  // bytes; beyond it, what was not stated is named alone

// A double-quoted YAML scalar: JSON's escapes are YAML's too (YAML 1.2, section 1.3). U+0085 and its
// like, which YAML takes for line ends and JSON does not, are made printable first.
void append_yaml(std::string_view key, std::string_view value, std::string& out) {
  out += fmt::format("  {}: ", key);
  append_json_string(out, printable(value));
  out += '\n';
}

// A failed run has no card and no sources.
class OneRunWriter : public RecordWriter {
 public:
  void failure(const Record&, const Error&, std::string&) const override {}
};

class ModelCardWriter : public OneRunWriter {
 public:
  explicit ModelCardWriter(const WriterOptions& options) : options_(options) {}

  void record(const Record& record, const Answer& answer, std::string& out) const override {
    if (options_.fence) out += "---\n";
    out += "co2_eq_emissions:\n";
    out += fmt::format(
        "  emissions: {}\n", plain_number(in_grams(answer.estimate().co2e.value), emission_digits));
    append_yaml("source", source_words(answer), out);
    append_yaml("training_type", record.spec.training_type.value_or("not stated"), out);
    append_yaml("geographical_location", place_text(answer, *options_.catalog), out);
    append_yaml("hardware_used", hardware_text(record, answer), out);
    if (options_.fence) out += "---\n";
  }

 private:
  // the card has five keys and no more: the interval, and what was not stated, are said here
  std::string source_words(const Answer& answer) const {
    const Inputs& in = answer.inputs();
    const Estimate& e = answer.estimate();
    std::string text = fmt::format("{} with {}: {} kWh of IT energy{} x PUE {} x {} g CO2e/kWh",
        how_text(answer), tool_text(*options_.catalog), plain_number(in_kwh(e.it_energy.value), 4),
        in[FactorId::trials].number() > 1
            ? fmt::format(" in {} trials", plain_number(in[FactorId::trials].number(), 4))
            : std::string(),
        plain_number(in[FactorId::pue].number(), 4), plain_number(in[FactorId::intensity].number(), 4));
    if (e.co2e.low() < e.co2e.high())
      text += fmt::format("; 90 % interval {} to {} kg CO2e", human_number(in_kilograms(e.co2e.low()), 3),
          human_number(in_kilograms(e.co2e.high()), 3));
    if (in.boundary == Boundary::accelerators) text += "; hosts not counted";
    const std::string figures = unstated_words(answer, true);
    return text + (figures.size() <= figures_limit ? figures : unstated_words(answer, false));
  }

  static std::string unstated_words(const Answer& answer, bool with_values) {
    const auto listed = [&](std::string_view how, const std::vector<Unstated::Figure>& figures) {
      std::string list;
      for (const auto& [of, value] : figures) {
        list += list.empty() ? fmt::format("; {}: ", how) : ", ";
        list += with_values ? fmt::format("{} {}", of, value) : std::string(of);
      }
      return list;
    };
    const Unstated unknown = unstated(answer);
    return listed("guessed", unknown.guessed) + listed("assumed", unknown.assumed);
  }

  WriterOptions options_;
};

// The template's section, bullet by bullet (huggingface_hub, modelcard_template.md).
class ModelCardSectionWriter : public OneRunWriter {
 public:
  explicit ModelCardSectionWriter(const WriterOptions& options) : options_(options) {}

  void record(const Record& record, const Answer& answer, std::string& out) const override {
    const Estimate& e = answer.estimate();
    out += "## Environmental Impact\n\n";
    out += fmt::format(
        "Carbon emissions were {} with {}, in the form that [Lacoste et al. "
        "(2019)](https://arxiv.org/abs/1910.09700) propose.\n\n",
        how_text(answer), markdown_text(tool_text(*options_.catalog)));
    const auto bullet = [&](std::string_view label, const std::string& value) {
      out += fmt::format("- **{}:** {}\n", label, markdown_text(value));
    };
    bullet("Hardware Type", hardware_text(record, answer));
    bullet("Hours used",
        hours_text(record, answer) +
            (answer.inputs()[FactorId::trials].number() > 1
                    ? fmt::format(", {} times", human_number(answer.inputs()[FactorId::trials].number()))
                    : ""));
    bullet("Cloud Provider", provider_text(record, answer));
    bullet("Compute Region", place_text(answer, *options_.catalog));
    std::string carbon = human_number(in_kilograms(e.co2e.value)) + " kg CO2eq";
    if (e.co2e.low() < e.co2e.high())
      carbon += fmt::format(" (90 % interval {} to {})", human_number(in_kilograms(e.co2e.low()), 3),
          human_number(in_kilograms(e.co2e.high()), 3));
    if (answer.inputs()[FactorId::trials].number() > 1)
      carbon += fmt::format(", all {} trials", human_number(answer.inputs()[FactorId::trials].number()));
    bullet("Carbon Emitted", carbon);
    std::string said;
    for (const std::string& caveat : caveats(answer)) said += (said.empty() ? "" : "; ") + caveat;
    if (said.empty()) return;
    said.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(said.front())));
    out += fmt::format("\n{}.\n", markdown_text(said));
  }

 private:
  WriterOptions options_;
};

class BibtexWriter : public OneRunWriter {
 public:
  explicit BibtexWriter(const WriterOptions& options) : options_(options) {}

  void record(const Record&, const Answer& answer, std::string& out) const override {
    for (const Row row : sources_of(answer, *options_.catalog)) append_bibtex(row, out);
  }

 private:
  WriterOptions options_;
};

}  // namespace

std::unique_ptr<RecordWriter> make_model_card_writer(const WriterOptions& options, const SourceShape*) {
  return std::make_unique<ModelCardWriter>(options);
}
std::unique_ptr<RecordWriter> make_model_card_section_writer(
    const WriterOptions& options, const SourceShape*) {
  return std::make_unique<ModelCardSectionWriter>(options);
}
std::unique_ptr<RecordWriter> make_bibtex_writer(const WriterOptions& options, const SourceShape*) {
  return std::make_unique<BibtexWriter>(options);
}

}  // namespace footpound
