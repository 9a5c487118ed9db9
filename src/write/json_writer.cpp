// SPDX-License-Identifier: MIT
// NDJSON and JSON out. A stream's NDJSON record keeps its bytes; ours stand behind them, or in
// place where an own key bears the name of an output.
#include <algorithm>
#include <array>

#include "base/version.hpp"
#include "record/record.hpp"
#include "text/csv_text.hpp"
#include "text/json_text.hpp"
#include "words/explain.hpp"
#include "write/column_text.hpp"
#include "write/writers.hpp"

namespace footpound {

namespace {

void append_value(const OutputField& field, const Answer& answer, std::string& out, std::string& scratch) {
  if (field.number != nullptr) {
    append_json_number(out, field.number_of(answer));
    return;
  }
  scratch.clear();
  field.text(answer, scratch);
  if (scratch.empty()) {
    out += "null";
  } else {
    append_json_string(out, scratch);
  }
}

void append_failure(const OutputField& field, const Error& error, std::string& out) {
  if (field.of_failures) {
    append_json_string(out, message(error));
  } else {
    out += "null";
  }
}

class JsonWriter : public RecordWriter {
 public:
  JsonWriter(const WriterOptions& options, const SourceShape* source, bool array)
      : options_(options), array_(array), encoding_(source == nullptr ? Encoding::none : source->encoding) {
    for (const OutputField* field : options_.columns)
      columns_.emplace_back(*field, ",\"" + std::string(field->name) + "\":");
  }

  void begin(std::string& out) const override {
    if (array_) out += "[\n";
  }
  bool wants_inputs() const override { return options_.explain || any_of_inputs(options_.columns); }
  std::string_view separator() const override { return array_ ? ",\n" : ""; }
  void end(std::string& out) const override {
    if (array_) out += "\n]\n";
  }

  void record(const Record& record, const Answer& answer, std::string& out) const override {
    std::string scratch;
    const auto value = [&](const OutputField& field, std::string& to) {
      append_value(field, answer, to, scratch);
    };
    const std::string_view end = options_.explain ? "" : object_end();
    const bool empty = append_object(record, out, value, [&](const std::vector<LeadColumn>& columns) {
      append_columns(columns, answer, "null", end, out, value);
    });
    if (!options_.explain) return;
    if (!empty) out += ',';
    append_explanation(answer, *options_.catalog, options_.equivalents, false, out);
    out += object_end();
  }

  void failure(const Record& record, const Error& error, std::string& out) const override {
    const auto value = [&](const OutputField& field, std::string& to) { append_failure(field, error, to); };
    append_object(record, out, value, [&](const std::vector<LeadColumn>& columns) {
      append_columns_of_failure(columns, object_end(), out, value);
    });
  }

 private:
  std::string_view object_end() const { return array_ ? "}" : "}\n"; }

  // The own members and ours, of which `value` appends one's value and `append_columns` several with
  // their commas, in the end those that stand nowhere yet. True where nothing stands in the object.
  template <class Value, class AppendColumns>
  bool append_object(
      const Record& record, std::string& out, Value value, AppendColumns append_columns) const {
    if (append_body(record, out)) {
      append_columns(columns_);
      return false;
    }
    std::vector<LeadColumn> left = columns_;
    bool empty = append_own(record, out, left, value);
    if (empty && !left.empty()) {
      // no comma in front of the first
      out += left.front().lead().substr(1);
      value(left.front().field(), out);
      left.erase(left.begin());
      empty = false;
    }
    append_columns(left);
    return empty;
  }

  // What --explain wrote of a pass before: of other figures than these.
  static bool is_explanation(std::string_view name, const Record& record) {
    static constexpr std::array<std::string_view, 4> explanations = {
        "factors", "equivalents", "rung", "narrow"};
    return record.replaces && !record.passes_own_fields &&
           std::find(explanations.begin(), explanations.end(), name) != explanations.end();
  }

  // The bytes of an object that has members of which none is replaced, left open; false where it is
  // another.
  bool append_body(const Record& record, std::string& out) const {
    const bool unreadable = record.error && record.error->kind == ErrorKind::malformed;
    if (encoding_ != Encoding::json || record.passes_own_fields || record.replaces || unreadable)
      return false;
    std::string_view raw = record.raw.substr(0, record.raw.rfind('}'));
    while (raw.back() == ' ' || raw.back() == '\t' || raw.back() == '\r') raw.remove_suffix(1);
    if (raw.back() == '{') return false;
    out += raw;
    return true;
  }

  // The own fields, ours in place of those that bear their names; leaves the object open, and in
  // `left` those of our columns that stand nowhere yet. True where nothing stands in it.
  template <class Value>
  bool append_own(
      const Record& record, std::string& out, std::vector<LeadColumn>& left, const Value& value_of) const {
    out += '{';
    bool first = true;
    std::string scratch;
    // true where the name was an output's: its value is ours then
    const auto replaced = [&](std::string_view name) {
      const OutputField* output = find_output(name);
      if (output == nullptr) return false;
      const bool asked =
          std::find(options_.columns.begin(), options_.columns.end(), output) != options_.columns.end();
      if (asked) {
        value_of(*output, out);
        std::erase_if(left, [&](const LeadColumn& column) { return &column.field() == output; });
      } else {
        out += "null";  // stale: not asked for this time
      }
      return true;
    };
    if (encoding_ == Encoding::json && !record.passes_own_fields) {
      // of a record that is no whole object, what can be read of it
      static_cast<void>(JsonObject(record.raw).each([&](std::string_view key, std::string_view value) {
        if (is_explanation(key, record)) return true;
        out += first ? "\"" : ",\"";
        out += key;
        out += "\":";
        first = false;
        if (!replaced(key)) out += value;
        return true;
      }));
      return first;
    }
    for (const OwnField& own : record.own_fields) {
      if (is_explanation(own.name, record)) continue;
      if (!first) out += ',';
      first = false;
      append_json_string(out, own.name);
      out += ':';
      if (replaced(own.name)) continue;
      if (encoding_ == Encoding::json) {
        out += own.raw;
      } else if (encoding_ == Encoding::plain) {
        append_plain(own.raw, out);
      } else {
        append_from_csv(own.raw, out, scratch);
      }
    }
    return first;
  }

  // Always a text: a job named 7 is none other than one named seven.
  static void append_plain(std::string_view text, std::string& out) {
    if (text.empty()) {
      out += "null";
    } else {
      append_json_string(out, text);
    }
  }

  // A cell that reads as a JSON number stays one; "" is null.
  static void append_from_csv(std::string_view raw, std::string& out, std::string& scratch) {
    const std::string_view text = csv_meaning(raw, scratch);
    if (text.empty()) {
      out += "null";
    } else if (text.find_first_not_of("0123456789+-.eE") == std::string_view::npos &&
               json_value_length(text) == text.size()) {
      out += text;
    } else {
      append_json_string(out, text);
    }
  }

  WriterOptions options_;
  bool array_;
  Encoding encoding_;
  std::vector<LeadColumn> columns_;
};

// One object with all there is to say, laid out for reading.
class OneOffJsonWriter : public RecordWriter {
 public:
  explicit OneOffJsonWriter(const WriterOptions& options) : options_(options) {}

  std::string_view separator() const override { return ",\n"; }
  void begin(std::string& out) const override {
    if (options_.several) out += "[\n";
  }
  void end(std::string& out) const override { out += options_.several ? "\n]\n" : "\n"; }

  void record(const Record&, const Answer& answer, std::string& out) const override {
    std::string scratch;
    out += "{";
    bool first = true;
    if (!answer.name().empty()) {
      out += "\n  \"name\": ";
      append_json_string(out, answer.name());
      first = false;
    }
    for (const OutputField* field : options_.columns) {
      if (!first) out += ',';
      first = false;
      out += "\n  \"" + std::string(field->name) + "\": ";
      append_value(*field, answer, out, scratch);
    }
    if (!options_.columns_stated) {
      out += ',';
      append_explanation(answer, *options_.catalog, options_.equivalents, true, out);
      out += ",\n  \"tool_version\": ";
      append_json_string(out, tool_version);
      out += ",\n  \"data_version\": ";
      append_json_string(out, options_.catalog->data_version());
      out += ",\n  \"schema\": 1";
    }
    out += "\n}";
  }

  void failure(const Record& record, const Error& error, std::string& out) const override {
    out += "{";
    const std::string_view name = name_of_failed(record);
    if (!name.empty()) {
      out += "\n  \"name\": ";
      append_json_string(out, name);
      out += ',';
    }
    out += "\n  \"error\": ";
    append_json_string(out, message(error));
    out += "\n}";
  }

 private:
  WriterOptions options_;
};

}  // namespace

std::unique_ptr<RecordWriter> make_ndjson_writer(const WriterOptions& options, const SourceShape* source) {
  return std::make_unique<JsonWriter>(options, source, false);
}

std::unique_ptr<RecordWriter> make_json_writer(const WriterOptions& options, const SourceShape* source) {
  if (source == nullptr) return std::make_unique<OneOffJsonWriter>(options);
  return std::make_unique<JsonWriter>(options, source, true);
}

}  // namespace footpound
