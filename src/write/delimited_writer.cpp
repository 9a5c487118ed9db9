// SPDX-License-Identifier: MIT
// CSV and TSV out: own fields first and untouched, ours behind them, or in place where an own
// column bears the name of an output.
#include <algorithm>

#include "record/field_meaning.hpp"
#include "record/record.hpp"
#include "text/csv_text.hpp"
#include "write/column_text.hpp"
#include "write/own_columns.hpp"
#include "write/writers.hpp"

namespace footpound {

namespace {

class DelimitedWriter : public RecordWriter {
 public:
  DelimitedWriter(const WriterOptions& options, const SourceShape* source, char delimiter)
      : options_(options), delimiter_(delimiter), own_(source) {
    if (source != nullptr) {
      line_end_ = source->line_end;
      verbatim_ = own_.encoding() == (delimiter == '\t' ? Encoding::tsv : Encoding::csv) && own_.size() > 0;
      if (verbatim_) raw_header_ = source->raw_header;
    }
    for (const OutputField* field : options_.columns) {
      bool in_place = false;
      for (std::size_t i = 0; i < own_.size(); ++i) in_place = in_place || own_.output(i) == field;
      if (!in_place) append(*field);
    }
  }

  void begin(std::string& out) const override {
    if (!options_.header) return;
    if (verbatim_) {
      out += raw_header_;
    } else {
      for (std::size_t i = 0; i < own_.size(); ++i) {
        if (i > 0) out += delimiter_;
        append_csv(out, own_.name(i), delimiter_);
      }
    }
    for (const LeadColumn& column : appended_) {
      out += column.lead();
      out += column.field().name;
    }
    out += line_end_;
  }

  void record(const Record& record, const Answer& answer, std::string& out) const override {
    const auto cell = [&](const OutputField& field, std::string& to) { append_cell(field, answer, to); };
    append_record(record, cell, out);
    append_columns(appended_, answer, "", line_end_, out, cell);
  }

  bool may_leave_out() const override { return own_.by_name(); }
  std::string_view left_out(const Record& record) const override { return own_.left_out(record); }
  bool wants_inputs() const override { return any_of_inputs(options_.columns); }

  void failure(const Record& record, const Error& error, std::string& out) const override {
    const auto cell = [&](const OutputField& field, std::string& to) {
      if (field.of_failures) append_csv(to, message(error), delimiter_);
    };
    append_record(record, cell, out);
    append_columns_of_failure(appended_, line_end_, out, cell);
  }

 private:
  void append(const OutputField& field) {
    const bool first = own_.size() == 0 && appended_.empty();
    appended_.emplace_back(field, first ? std::string_view() : std::string_view(&delimiter_, 1));
  }

  void append_cell(const OutputField& field, const Answer& answer, std::string& out) const {
    if (field.number != nullptr) {
      if (const std::optional<double> value = field.number_of(answer)) append_number(out, *value);
      return;
    }
    const std::size_t before = out.size();
    field.text(answer, out);
    if (out.find_first_of("\",\t\r\n", before) != std::string::npos) {
      const std::string text = out.substr(before);
      out.resize(before);
      append_csv(out, text, delimiter_);
    }
  }

  // The record's own columns; `cell` appends the value of an output that one of them is called like.
  template <class Cell>
  void append_record(const Record& record, const Cell& cell, std::string& out) const {
    if (verbatim_ && !record.error && !record.replaces) {
      out += record.raw;
    } else if (verbatim_ && record.own_fields.empty()) {
      out += record.raw;
      for (std::size_t i = record.fields; i < own_.size(); ++i) out += delimiter_;  // a short row
    } else {
      append_own(record, cell, out);
    }
  }

  template <class Cell>
  void append_own(const Record& record, const Cell& cell, std::string& out) const {
    std::string scratch;
    for (std::size_t i = 0; i < own_.size(); ++i) {
      if (i > 0) out += delimiter_;
      if (const OutputField* output = own_.output(i)) {
        const bool asked =
            std::find(options_.columns.begin(), options_.columns.end(), output) != options_.columns.end();
        if (asked) cell(*output, out);
        continue;
      }
      const OwnField* field = own_.field(record, i);
      if (field == nullptr) continue;
      if (verbatim_) {
        out += field->raw;
      } else {
        append_csv(out, field_meaning(own_.encoding(), field->raw, scratch), delimiter_);
      }
    }
  }

  WriterOptions options_;
  char delimiter_;
  OwnColumns own_;
  bool verbatim_ = false;
  std::string raw_header_;
  std::string line_end_ = "\n";
  std::vector<LeadColumn> appended_;
};

}  // namespace

std::unique_ptr<RecordWriter> make_csv_writer(const WriterOptions& options, const SourceShape* source) {
  return std::make_unique<DelimitedWriter>(options, source, ',');
}
std::unique_ptr<RecordWriter> make_tsv_writer(const WriterOptions& options, const SourceShape* source) {
  return std::make_unique<DelimitedWriter>(options, source, '\t');
}

}  // namespace footpound
