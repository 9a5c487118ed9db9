// SPDX-License-Identifier: MIT
#include "footpound/answer.hpp"

#include <memory>
#include <utility>

#include "base/late_words.hpp"
#include "factors/prices.hpp"
#include "factors/tables.hpp"
#include "library/record_of.hpp"
#include "memory/answerer.hpp"
#include "words/explain.hpp"
#include "write/writers.hpp"

namespace footpound {

namespace {

template <class T>
Interval<T> ends_of(const Doubtful<T>& value) {
  return {value.low(), value.value, value.high()};
}

std::vector<Source> sources_of(Row row, const Catalog& catalog) {
  std::vector<Source> sources;
  if (!row) return sources;
  each_item(row.sources(), [&](std::string_view id) {
    Source& source = sources.emplace_back();
    source.id = id;
    const Row known = catalog.table(TableId::sources).find(id);
    if (!known) return;  // an overlay may name one of its own
    source.title = known.text(column(TableId::sources, "title"));
    source.url = known.text(column(TableId::sources, "url"));
  });
  return sources;
}

RunFactor told(const Factor& factor, const Inputs& inputs, const Catalog& catalog) {
  RunFactor told;
  told.name = kind(factor.id).name;
  told.unit = kind(factor.id).unit;
  told.value = interval(factor);
  told.origin = factor.origin;
  told.note = note_text(factor, inputs);
  if (!factor.row) return told;
  told.row = factor.row.id();
  told.sources = sources_of(factor.row, catalog);
  told.year = factor.row.year();
  return told;
}

RunAnswer told(const Answer& answer, const Catalog& catalog) {
  const Estimate& estimate = answer.estimate();
  RunAnswer told;
  told.name = answer.name();
  told.energy = ends_of(estimate.energy);
  told.co2e = ends_of(estimate.co2e);
  told.it_energy = ends_of(estimate.it_energy);
  told.boundary = answer.figures().boundary;
  told.market_co2e = estimate.market_co2e;
  told.embodied_co2e = estimate.embodied_co2e;
  told.cost_usd = estimate.cost_usd;
  each_factor(answer.inputs(), [&](const Factor& factor) {
    told.factors.push_back(footpound::told(factor, answer.inputs(), catalog));
  });
  return told;
}

// Calls `use(record, answer)`.
template <class Use>
auto answered(const Catalog& catalog, const RunSpec& spec, const AnswerRules& rules, Use use)
    -> Result<decltype(use(std::declval<const Record&>(), std::declval<const Answer&>()))> {
  if (!rules.prices.empty()) {
    if (Result<void> known = check_price_set(catalog, rules.prices); !known) {
      known.error().field = "prices";
      return std::move(known.error());
    }
  }
  AnswerOptions options;
  options.resolve = {rules.boundary, rules.strict, rules.prices};
  options.plain = true;
  const Record record = record_of(spec);
  Answerer answerer(catalog, options, true);
  const Answer* const answer = answerer.answer(record);
  if (answer == nullptr) return with_its_words(as_failure(*answerer.error()));
  return use(record, *answer);
}

}  // namespace

Result<RunAnswer> answer(const Catalog& catalog, const RunSpec& spec, const AnswerRules& rules) {
  return answered(
      catalog, spec, rules, [&](const Record&, const Answer& answer) { return told(answer, catalog); });
}

Result<std::string> answer_json(const Catalog& catalog, const RunSpec& spec, const AnswerRules& rules) {
  WriterOptions options;
  options.catalog = &catalog;
  options.columns = all_columns();
  const std::unique_ptr<RecordWriter> writer = make_json_writer(options, nullptr);
  return answered(catalog, spec, rules, [&](const Record& record, const Answer& answer) {
    std::string text;
    writer->begin(text);
    writer->record(record, answer, text);
    writer->end(text);
    return text;
  });
}

}  // namespace footpound
