// SPDX-License-Identifier: MIT
#include "commands/answer_output.hpp"

#include <algorithm>
#include <utility>

#include "commands/command_line.hpp"
#include "factors/nearest.hpp"
#include "words/explain.hpp"

namespace footpound {

namespace {

std::string names_with(bool OutputFormat::*trait) {
  const std::vector<std::string_view> names = output_format_names(
      [trait](const OutputFormat& format) { return format.answers != nullptr && format.*trait; });
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += i == 0 ? "" : i + 1 < names.size() ? ", " : " or ";
    text += names[i];
  }
  return text;
}

}  // namespace

AnswerOutput::AnswerOutput(const OutputFlags& flags, const Catalog& catalog, bool header) : flags_(flags) {
  options_.catalog = &catalog;
  options_.explain = flags.explain;
  options_.fence = !flags.no_fence;
  options_.header = flags.header(header);
  options_.colour = flags.colour_on_stdout();
  options_.equivalents_stated = !flags.equivalents.empty();
  if (options_.equivalents_stated) options_.equivalents = flags.equivalents;
  const std::vector<std::string_view> sets = equivalent_sets(catalog);
  if (std::find(sets.begin(), sets.end(), options_.equivalents) == sets.end())
    throw usage("--equivalents: unknown " + in_quotes(flags.equivalents) + "; known are " + either(sets));
  if (!flags.columns.empty()) {
    Result<std::vector<const OutputField*>> columns = parse_columns(flags.columns);
    if (!columns) throw usage(message(columns.error()));
    options_.columns = std::move(*columns);
    options_.columns_stated = true;
  }
  if (flags.bibtex && !flags.format.empty())
    throw usage("--bibtex: is a format of its own; leave out --format");
  if (!asked().empty()) format({});
}

const OutputFormat& AnswerOutput::format(std::string_view natural) const {
  const std::string_view name = asked().empty() ? natural : asked();
  const OutputFormat* format = find_output_format(name);
  if (format == nullptr || format->answers == nullptr) {
    throw usage("--format: unknown " + in_quotes(name) + "; it is " +
                either(output_format_names([](const OutputFormat& f) { return f.answers != nullptr; })));
  }
  if (flags_.explain && !format->explains) {
    throw usage("--explain: " + std::string(name) + " has no room for it; write -f " +
                names_with(&OutputFormat::explains));
  }
  if (flags_.no_fence && !format->has_fence) {
    throw usage("--no-fence: " + std::string(name) + " has no fence; write -f " +
                names_with(&OutputFormat::has_fence));
  }
  if (options_.columns_stated && !format->takes_columns) {
    throw usage("--columns: " + std::string(name) + " has no columns; write -f " +
                names_with(&OutputFormat::takes_columns));
  }
  return *format;
}

std::unique_ptr<RecordWriter> AnswerOutput::writer_of_runs(bool several) const {
  const OutputFormat& chosen = format(default_output_format);
  if (several && chosen.one_run) {
    throw usage("--format: " + std::string(chosen.name) +
                " speaks of one run; estimate the specs one by one, or write -f markdown or csv");
  }
  WriterOptions options = options_;
  options.several = several;
  if (!options.columns_stated) options.columns = chosen.one_document ? all_columns() : default_columns();
  return chosen.answers(options, nullptr);
}

std::unique_ptr<RecordWriter> AnswerOutput::writer_of_stream(
    std::string_view natural, const SourceShape& source) const {
  const OutputFormat& chosen = format(natural);
  if (chosen.one_run) {
    throw usage("--format: " + std::string(chosen.name) +
                " speaks of one run; state the run by flags or in a spec, or write -f markdown or csv");
  }
  WriterOptions options = options_;
  if (!options.columns_stated) options.columns = default_columns();
  return chosen.answers(options, &source);
}

std::unique_ptr<RecordWriter> AnswerOutput::writer_of_nothing() const {
  if (asked().empty() || !format({}).one_document) return nullptr;
  return writer_of_runs(true);
}

}  // namespace footpound
