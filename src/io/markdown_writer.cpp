// SPDX-License-Identifier: MIT
// Markdown: one run as a table of its facts; several as one table with a row each.
#include <fmt/format.h>

#include "footpound/units/number_text.hpp"
#include "io/markdown_text.hpp"
#include "io/result_rows.hpp"
#include "io/writers.hpp"

namespace footpound {

namespace {

class MarkdownWriter : public RecordWriter {
 public:
  explicit MarkdownWriter(const WriterOptions& options) : options_(options) {}

  std::string_view separator() const override { return "\n"; }

  void record(const Record& record, const Answer& answer, std::string& out) const override {
    if (!answer.name.empty()) out += "### " + markdown_text(answer.name) + "\n\n";
    out += "| | |\n| --- | --- |\n";
    for (const ResultRow& row : result_rows(record, answer, *options_.catalog)) {
      MarkdownRow line(out);
      line.cell(markdown_text(row.label));
      line.cell(markdown_text(row.value));
    }
    out += fmt::format("\n{} with {}.\n", answer.inputs.measured_energy ? "Measured energy, converted" : "Estimated", markdown_text(tool_text(*options_.catalog)));
  }

 private:
  WriterOptions options_;
};

class MarkdownRowsWriter : public RecordWriter {
 public:
  explicit MarkdownRowsWriter(const WriterOptions& options) : options_(options) {}

  void begin(std::string& out) const override {
    {
      MarkdownRow header(out);
      header.cell("name");
      for (const OutputField* field : options_.columns) header.cell(markdown_text(field->name));
    }
    MarkdownRow rule(out);
    rule.cell("---");
    for (const OutputField* field : options_.columns) rule.cell(field->number != nullptr ? "---:" : "---");
  }

  void record(const Record& record, const Answer& answer, std::string& out) const override {
    MarkdownRow line(out);
    line.cell(markdown_text(record.spec.name.value_or("")));
    for (const OutputField* field : options_.columns) line.cell(markdown_text(text_of(*field, answer)));
  }

 private:
  static std::string text_of(const OutputField& field, const Answer& answer) {
    if (answer.error) return field.name == "error" ? message(*answer.error) : std::string();
    std::string text;
    if (field.number == nullptr) {
      field.text(answer, text);
    } else if (const std::optional<double> value = field.number(answer)) {
      text = human_number(*value);
    }
    return text;
  }

  WriterOptions options_;
};

}  // namespace

Result<std::unique_ptr<RecordWriter>> make_markdown_writer(const WriterOptions& options, const RecordReader* reader) {
  const bool one = reader == nullptr && !options.several && !options.columns_stated;
  if (one) return std::unique_ptr<RecordWriter>(std::make_unique<MarkdownWriter>(options));
  return std::unique_ptr<RecordWriter>(std::make_unique<MarkdownRowsWriter>(options));
}

}  // namespace footpound
