// SPDX-License-Identifier: MIT
// footpound list TABLE: what the tables hold, with sources.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "base/letters.hpp"
#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "commands/options.hpp"
#include "commands/row_filter.hpp"
#include "commands/sheet_output.hpp"
#include "factors/nearest.hpp"
#include "factors/tables.hpp"
#include "measure/logs/log_format.hpp"
#include "measure/meter.hpp"
#include "read/reader.hpp"
#include "sheet/table_sheet.hpp"
#include "write/bibtex.hpp"
#include "write/output_formats.hpp"

namespace footpound {

namespace {

// What can be listed besides the tables of factors. A new listing is one function and one row.
struct Listing {
  std::string_view name;
  std::string_view help;
  Sheet (*make)(const Catalog& catalog);  // all its rows; --match picks among them
};

Sheet list_tables(const Catalog& catalog) {
  Sheet sheet;
  sheet.name = "tables";
  sheet.columns = {{"table"}, {"rows"}, {"newest_year"}, {"age_years"}, {"sources"}, {"holds"}};
  for (std::size_t i = 0; i < table_count; ++i) {
    const Table& table = catalog.table(static_cast<TableId>(i));
    std::optional<int> newest;
    std::set<std::string_view> sources;
    for (std::uint32_t r = 0; r < table.size(); ++r) {
      newest = std::max(newest, table.row(r).year());
      each_item(table.row(r).sources(), [&](std::string_view id) { sources.insert(id); });
    }
    const bool cites = find_column(table.def(), "source") >= 0;
    sheet.rows.push_back({std::string(table.def().name), static_cast<double>(table.size()),
        newest ? Cell(static_cast<double>(*newest)) : Cell(),
        newest ? Cell(static_cast<double>(catalog.data_year() - *newest)) : Cell(),
        cites ? Cell(static_cast<double>(sources.size())) : Cell(), std::string(table.def().help)});
  }
  sheet.notes = {fmt::format(
      "data {}; age_years: the data set's year, {}, less the newest year of a row's figure or source",
      catalog.data_version(), catalog.data_year())};
  return sheet;
}

Sheet list_meters(const Catalog&) {
  Sheet sheet;
  sheet.name = "meters";
  sheet.columns = {{"meter"}, {"available"}, {"here"}, {"reads"}};
  for (const measure::MeterStatus& status : measure::meter_statuses(measure::this_machine())) {
    sheet.rows.push_back({status.name, status.available, status.what, status.help});
  }
  return sheet;
}

Sheet list_formats(const Catalog&) {
  Sheet sheet;
  sheet.name = "formats";
  sheet.columns = {{"format"}, {"flag"}, {"holds"}, {"is"}};
  for (const InputFormat& format : input_formats())
    sheet.rows.push_back({std::string(format.name), "--in", "runs", std::string(format.help)});
  for (const OutputFormat& format : output_formats()) {
    std::vector<std::string> holds;
    if (format.answers != nullptr) holds.emplace_back(format.one_run ? "one run" : "runs");
    if (format.sheets != nullptr) holds.emplace_back(format.totals_only ? "totals" : "tables and totals");
    sheet.rows.push_back({std::string(format.name), "-f", std::move(holds), std::string(format.help)});
  }
  return sheet;
}

Sheet list_log_formats(const Catalog&) {
  Sheet sheet;
  sheet.name = "log-formats";
  sheet.columns = {{"format"}, {"made_by"}};
  for (const measure::LogFormat* format : measure::log_formats())
    sheet.rows.push_back({std::string(format->name), std::string(format->help)});
  return sheet;
}

// The sites among the regions, with their newest PUE.
Sheet list_sites(const Catalog& catalog) {
  Sheet sheet;
  sheet.name = "sites";
  sheet.columns = {
      {"id"}, {"name"}, {"operator"}, {"city"}, {"country"}, {"zone"}, {"pue"}, {"pue_year"}, {"source"}};
  const Table& regions = catalog.table(TableId::regions);
  for (std::uint32_t i = 0; i < regions.size(); ++i) {
    const Row row = regions.row(i);
    if (row.text(column(TableId::regions, "kind")) != "site") continue;
    Row newest;
    catalog.table(TableId::pue).each_named(row.id(), [&](Row pue, std::string_view) {
      if (!newest || *pue.year() > *newest.year()) newest = pue;
    });
    std::vector<Cell> cells = {std::string(row.id())};
    for (const std::string_view key : {"name", "operator", "city", "country", "zone"})
      cells.push_back(cell_of(row, find_column(regions.def(), key)));
    cells.push_back(newest ? cell_of(newest, column(TableId::pue, "pue")) : Cell());
    cells.push_back(newest ? cell_of(newest, column(TableId::pue, "year")) : Cell());
    cells.push_back(
        cell_of(newest ? newest : row, find_column((newest ? newest : row).table().def(), "source")));
    sheet.rows.push_back(std::move(cells));
  }
  return sheet;
}

constexpr std::array listings = {
    Listing{"formats", "what --in reads and -f writes", list_formats},
    Listing{"log-formats", "the power logs that measure --log reads, and what makes them", list_log_formats},
    Listing{"sites", "supercomputers and halls that --region knows by name, with their PUE where published",
        list_sites},
    Listing{"tables", "the tables themselves: rows, newest year, age, sources", list_tables},
    Listing{"meters", "what this machine has to measure power with, or why not", list_meters},
};

std::string all_names() {
  std::string text;
  for (const Listing& listing : listings) text += fmt::format("  {:<20} {}\n", listing.name, listing.help);
  for (const TableDef& def : table_defs()) text += fmt::format("  {:<20} {}\n", def.name, def.help);
  return text;
}

RunError unknown_table(const std::string& wrong) {
  std::vector<std::string_view> known;
  for (const Listing& listing : listings) known.push_back(listing.name);
  for (const TableDef& def : table_defs()) known.push_back(def.name);
  const std::vector<std::string_view> near = nearest(wrong, known, 2);
  return usage(
      "unknown table " + in_quotes(wrong) +
      (near.empty() ? "; `footpound list tables` lists them" : "; did you mean " + either(near) + "?"));
}

const Listing* find_listing(std::string_view name) {
  const auto found = std::find_if(
      listings.begin(), listings.end(), [&](const Listing& listing) { return listing.name == name; });
  return found == listings.end() ? nullptr : &*found;
}

const Table* find_table(const Catalog& catalog, std::string_view name) {
  for (std::size_t i = 0; i < table_count; ++i) {
    const Table& table = catalog.table(static_cast<TableId>(i));
    if (table.def().name == name) return &table;
  }
  return nullptr;
}

void keep_matching(Sheet& sheet, const std::string& part) {
  const auto lacks = [&](const std::vector<Cell>& row) {
    return std::none_of(row.begin(), row.end(),
        [&](const Cell& cell) { return contains_without_case(cell_text(cell), part); });
  };
  sheet.rows.erase(std::remove_if(sheet.rows.begin(), sheet.rows.end(), lacks), sheet.rows.end());
}

std::string bibtex_of(const Table& table, const std::vector<Row>& rows) {
  if (table.def().name != "sources")
    throw usage("--bibtex: only sources have it; write `footpound list sources --bibtex`");
  std::string out;
  for (const Row row : rows) append_bibtex(row, out);
  return out;
}

}  // namespace

int run_list(CommandLine line) {
  std::string name;
  RowFilter filter;
  CatalogOptions tables;
  SheetOptions output(SheetsOf::tables);
  bool bibtex = false;
  CLI::App app("What the tables hold, with sources.\n\n" + all_names(), "footpound list");
  app.add_option("TABLE", name, "one of the above")->required();
  filter.add(app);
  output.add(app);
  tables.add(app);
  app.add_flag("--bibtex", bibtex, "sources as BibTeX")->group("Output");
  if (const std::optional<int> done = parse_command_line(app, line)) return *done;
  output.chosen_format();

  Catalog catalog;
  tables.load(catalog);
  if (const Listing* listing = find_listing(name)) {
    if (bibtex || filter.any_place_or_year()) throw usage("list " + name + ": takes --match only");
    Sheet sheet = listing->make(catalog);
    keep_matching(sheet, filter.match);
    output.print(sheet);
    return 0;
  }
  const Table* table = find_table(catalog, name);
  if (table == nullptr) throw unknown_table(name);
  const std::vector<Row> rows = filter.rows(catalog, *table);
  if (bibtex) {
    output.print_text(bibtex_of(*table, rows));
  } else {
    output.print(sheet_of(*table, rows));
  }
  return 0;
}

}  // namespace footpound
