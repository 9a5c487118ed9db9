// SPDX-License-Identifier: MIT
// footpound published: published training runs recomputed, ours beside theirs.
#include <array>

#include <fmt/format.h>

#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "commands/options.hpp"
#include "commands/row_filter.hpp"
#include "commands/sheet_output.hpp"
#include "factors/nearest.hpp"
#include "factors/tables.hpp"
#include "published/comparison.hpp"
#include "published/paper.hpp"
#include "published/score.hpp"

namespace footpound {

namespace {

struct PaperRow {
  std::string_view name;
  Sheet (*reproduce)(const Catalog& catalog);
};
constexpr std::array papers = {PaperRow{"strubell2019", reproduce_strubell2019}};

Cell optional_cell(const std::string& text) { return text.empty() ? Cell() : Cell(text); }

Sheet compare_runs(const Catalog& catalog, const std::string& match) {
  Sheet sheet;
  sheet.name = "published";
  sheet.columns = {{"run"}, {"model"}, {"measure"}, {"from"}, {"published", true, 4}, {"ours", true, 4},
      {"low", true, 3}, {"high", true, 3}, {"deviation_percent", true, 2}, {"inside"}, {"doubts"},
      {"source", false}};
  Recomputer recomputer(catalog);
  const Table& runs = catalog.table(TableId::runs);
  std::size_t without = 0;
  for (std::uint32_t i = 0; i < runs.size(); ++i) {
    const Row run = runs.row(i);
    if (!matches(run, match)) continue;
    const std::vector<Comparison> comparisons = recomputer.compare(run);
    if (comparisons.empty()) ++without;
    std::vector<std::string> sources;
    each_item(run.sources(), [&](std::string_view id) { sources.emplace_back(id); });
    for (const Comparison& each : comparisons) {
      const bool guessed = each.guessed();
      const Cell deviation =
          each.published > 0 ? Cell(100 * each.deviation()) : Cell();  // of nothing there is no share
      const auto if_guessed = [&](double value) { return guessed ? Cell(value) : Cell(); };
      sheet.rows.push_back({std::string(run.id()), std::string(run_text(run, "model")),
          std::string(name(each.measure)), std::string(name(each.basis)), each.published, each.ours.value,
          if_guessed(each.ours.low), if_guessed(each.ours.high), deviation,
          guessed ? Cell(each.inside()) : Cell(), optional_cell(doubts(run)), sources});
    }
  }
  sheet.notes = {
      "low, high: 90 % interval, where something was guessed; inside: whether it holds the published figure. "
      "Spreads and priors were fitted on many of these runs (`list spreads`)."};
  if (without > 0)
    sheet.notes.push_back(
        fmt::format("{} runs state too little to be recomputed (`footpound list runs` has them).", without));
  return sheet;
}

Sheet scores(const Catalog& catalog) {
  Sheet sheet;
  sheet.name = "score";
  sheet.columns = {{"measure"}, {"kind"}, {"method"}, {"n"}, {"median_error_percent", true, 3},
      {"mean_error_percent", true, 3}, {"rms_factor", true, 3}, {"coverage_percent", true, 3},
      {"mean_log_width", true, 3}};
  for (const ScoreRow& row : score_runs(catalog)) {
    const Score& score = row.score;
    sheet.rows.push_back(
        {row.measure, row.kind, row.method, static_cast<double>(score.n), 100 * score.median_error,
            100 * score.mean_error, score.rms_factor, score.coverage ? Cell(100 * *score.coverage) : Cell(),
            score.mean_log_width ? Cell(*score.mean_log_width) : Cell()});
  }
  sheet.notes = {
      "In-sample: footpound's priors and spreads were fitted on these runs (not those of P). "
      "docs/accuracy.md has the same with each run's family left out.",
      "Errors are of |ours / published - 1|; coverage and width are of the 90 % interval. GPU logs and "
      "traces are compared with the boards alone, systems and nodes with their hosts.",
      "Baselines: rated power x hours; Green Algorithms' formula, rated power at full use and 0.3725 W/GB of "
      "memory (boards alone have none), both times the PUE where the figure holds one.",
      "From FLOPs: one MFU for all chips, the common one of the published runs, and for energy rated power x "
      "those hours."};
  return sheet;
}

Sheet paper(const Catalog& catalog, const std::string& name) {
  std::vector<std::string_view> known;
  for (const PaperRow& each : papers) {
    if (each.name == name) return each.reproduce(catalog);
    known.push_back(each.name);
  }
  throw usage("--paper: unknown " + in_quotes(name) + "; it is " + either(known));
}

}  // namespace

int run_published(CommandLine line) {
  std::string match;
  std::string paper_name;
  bool score = false;
  CatalogOptions tables;
  SheetOptions output(SheetsOf::tables);
  CLI::App app("Published training runs recomputed from what their sources state, ours beside theirs.",
      "footpound published");
  CLI::Option* of_match =
      app.add_option("--match", match, "runs with this in one of their texts, case ignored")
          ->type_name("TEXT");
  CLI::Option* of_paper =
      app.add_option("--paper", paper_name, "a paper's own tables, cell by cell: strubell2019")
          ->type_name("NAME");
  app.add_flag("--score", score, "how good the guesses are, beside baselines")
      ->excludes(of_paper)
      ->excludes(of_match);
  of_paper->excludes(of_match);
  output.add(app);
  tables.add(app);
  if (const std::optional<int> done = parse_command_line(app, line)) return *done;
  output.chosen_format();

  Catalog catalog;
  tables.load(catalog);
  output.print(score                 ? scores(catalog)
               : !paper_name.empty() ? paper(catalog, paper_name)
                                     : compare_runs(catalog, match));
  return 0;
}

}  // namespace footpound
