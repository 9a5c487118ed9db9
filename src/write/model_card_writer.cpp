// SPDX-License-Identifier: MIT
// Hugging Face model cards, and BibTeX: formats that speak of one run.
// Keys as the Hub documents them (hub-docs, docs/hub/model-cards-co2.md): emissions are in GRAMS.
// The Hub's client takes the first match of \d+\.\d+|\d+ of the value: never an exponent, never a
// thousands separator.
#include <cctype>

#include <fmt/format.h>

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
    out += "---\nco2_eq_emissions:\n";
    out += fmt::format(
        "  emissions: {}\n", plain_number(in_grams(answer.estimate().co2e.value), emission_digits));
    append_yaml("source", source_words(answer), out);
    // nobody states it to us, and pre-training is not to be guessed
    append_yaml("training_type", "not stated", out);
    append_yaml("geographical_location", place_text(answer, *options_.catalog), out);
    append_yaml("hardware_used", hardware_text(record, answer), out);
    out += "---\n";
  }

 private:
  // the card has five keys and no more: what was guessed is said here
  std::string source_words(const Answer& answer) const {
    const Inputs& in = answer.inputs();
    std::string text =
        fmt::format("{} with {}: {} kWh of IT energy{} x PUE {} x {} g CO2e/kWh", how_text(answer),
            tool_text(*options_.catalog), plain_number(in_kwh(answer.estimate().it_energy.value), 4),
            in[FactorId::trials].number() > 1
                ? fmt::format(" in {} trials", plain_number(in[FactorId::trials].number(), 4))
                : std::string(),
            plain_number(in[FactorId::pue].number(), 4), plain_number(in[FactorId::intensity].number(), 4));
    for (const std::string& caveat : caveats(answer)) text += "; " + caveat;
    return text;
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
