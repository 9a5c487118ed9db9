// SPDX-License-Identifier: MIT
// Markdown: one run as a table of its facts; several as one table with a row each, own columns first.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "record/field_meaning.hpp"
#include "record/record.hpp"
#include "text/markdown_text.hpp"
#include "units/number_text.hpp"
#include "words/remarks.hpp"
#include "words/result_rows.hpp"
#include "write/own_columns.hpp"
#include "write/writers.hpp"

namespace footpound {

namespace {

class MarkdownWriter : public RecordWriter {
 public:
  explicit MarkdownWriter(const WriterOptions& options) : options_(options) {}

  std::string_view separator() const override { return "\n"; }

  void record(const Record& record, const Answer& answer, std::string& out) const override {
    if (!answer.name().empty()) out += "### " + markdown_text(answer.name()) + "\n\n";
    out += "| | |\n| --- | --- |\n";
    for (const ResultRow& row : result_rows(record, answer, *options_.catalog)) {
      MarkdownRow line(out);
      line.cell(markdown_text(row.label));
      line.cell(markdown_text(row.value));
    }
    std::string how = how_text(answer);
    how.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(how.front())));
    out += fmt::format("\n{} with {}.\n", how, markdown_text(tool_text(*options_.catalog)));
  }

  void failure(const Record& record, const Error& error, std::string& out) const override {
    const std::string_view name = name_of_failed(record);
    if (!name.empty()) out += "### " + markdown_text(name) + "\n\n";
    out += "No answer: " + markdown_text(message(error)) + "\n";
  }

 private:
  WriterOptions options_;
};

class MarkdownRowsWriter : public RecordWriter {
 public:
  MarkdownRowsWriter(const WriterOptions& options, const SourceShape* source)
      : options_(options), own_(source) {
    if (own_.size() == 0) cells_.push_back({"name", nullptr, true});
    for (std::size_t i = 0; i < own_.size(); ++i) cells_.push_back({own_.name(i), own_.output(i), true});
    const std::size_t own = cells_.size();
    for (const OutputField* field : options_.columns) {
      const bool in_place = std::any_of(cells_.begin(), cells_.begin() + static_cast<std::ptrdiff_t>(own),
          [&](const Cell& cell) { return cell.output == field; });
      if (!in_place) cells_.push_back({std::string(field->name), field, false});
    }
  }

  void begin(std::string& out) const override {
    {
      MarkdownRow header(out);
      for (const Cell& cell : cells_) header.cell(markdown_text(cell.name));
    }
    MarkdownRow rule(out);
    for (const Cell& cell : cells_)
      rule.cell(cell.output != nullptr && cell.output->number != nullptr ? "---:" : "---");
  }

  void record(const Record& record, const Answer& answer, std::string& out) const override {
    append_row(record, record.spec.name.value_or(""), out,
        [&](const OutputField& field) { return text_of(field, answer); });
  }

  bool may_leave_out() const override { return own_.by_name(); }
  std::string_view left_out(const Record& record) const override { return own_.left_out(record); }
  bool wants_inputs() const override { return any_of_inputs(options_.columns); }

  void failure(const Record& record, const Error& error, std::string& out) const override {
    append_row(record, name_of_failed(record), out,
        [&](const OutputField& field) { return field.of_failures ? message(error) : std::string(); });
  }

 private:
  struct Cell {
    std::string name;
    const OutputField* output;  // none: the record's own
    bool own;
  };

  template <class TextOf>
  void append_row(const Record& record, std::string_view name, std::string& out, TextOf text) const {
    MarkdownRow line(out);
    std::string scratch;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const Cell& cell = cells_[i];
      if (cell.output != nullptr) {
        const bool asked = !cell.own || std::find(options_.columns.begin(), options_.columns.end(),
                                            cell.output) != options_.columns.end();
        line.cell(asked ? markdown_text(text(*cell.output)) : std::string());
      } else if (own_.size() == 0) {
        line.cell(markdown_text(name));
      } else {
        const OwnField* field = own_.field(record, i);
        line.cell(field == nullptr ? std::string()
                                   : markdown_text(field_meaning(own_.encoding(), field->raw, scratch)));
      }
    }
  }

  static std::string text_of(const OutputField& field, const Answer& answer) {
    std::string text;
    if (field.number == nullptr) {
      field.text(answer, text);
    } else if (const std::optional<double> value = field.number_of(answer)) {
      text = human_number(*value);
    }
    return text;
  }

  WriterOptions options_;
  OwnColumns own_;
  std::vector<Cell> cells_;
};

}  // namespace

std::unique_ptr<RecordWriter> make_markdown_writer(const WriterOptions& options, const SourceShape* source) {
  const bool one = source == nullptr && !options.several && !options.columns_stated;
  if (one) return std::make_unique<MarkdownWriter>(options);
  return std::make_unique<MarkdownRowsWriter>(options, source);
}

}  // namespace footpound
