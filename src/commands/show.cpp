// SPDX-License-Identifier: MIT
// footpound show ID: all facts of a row, and its neighbours.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/run_error.hpp"
#include "base/utf8.hpp"
#include "commands/command_line.hpp"
#include "commands/options.hpp"
#include "commands/sheet_output.hpp"
#include "factors/nearest.hpp"
#include "factors/regions.hpp"
#include "factors/tables.hpp"
#include "sheet/table_sheet.hpp"

namespace footpound {

namespace {

class Neighbours {
 public:
  Neighbours(const Catalog& catalog, Row row) : catalog_(catalog), row_(row) {
    const std::string_view table = row.table().def().name;
    follow();
    if (table == "regions") of_place(row);
    if (table == "pue") fleet(row.text(find_column(row.table().def(), "provider")));
  }

  // By table, in the order of the tables, without the row itself.
  std::vector<Sheet> sheets() {
    std::vector<Sheet> found;
    for (std::size_t i = 0; i < table_count; ++i) {
      if (!rows_[i].empty()) found.push_back(sheet_of(catalog_.table(static_cast<TableId>(i)), rows_[i]));
    }
    return found;
  }

 private:
  void add(Row row) {
    if (!row || row == row_) return;
    for (std::size_t i = 0; i < table_count; ++i) {
      if (&catalog_.table(static_cast<TableId>(i)) != &row.table()) continue;
      if (std::find(rows_[i].begin(), rows_[i].end(), row) == rows_[i].end()) rows_[i].push_back(row);
    }
  }

  template <class Test>
  void add_if(TableId id, Test test) {
    const Table& table = catalog_.table(id);
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      if (test(table.row(i))) add(table.row(i));
    }
  }

  static bool names(Row row, int column, std::string_view id) {
    bool found = false;
    if (row.has(column))
      each_item(row.text(column), [&](std::string_view item) { found = found || item == id; });
    return found;
  }

  // What the row names, what names the row, and what names the same as the row.
  void follow() {
    for (std::size_t t = 0; t < table_count; ++t) {
      const auto table = static_cast<TableId>(t);
      for (std::size_t c = 0; c < table_def(table).columns.size(); ++c) {
        if (table_def(table).columns[c].beside != Beside::nothing) follow(table, static_cast<int>(c));
      }
    }
  }

  void follow(TableId table, int index) {
    const Column& column = table_def(table).columns[static_cast<std::size_t>(index)];
    const Table& from = catalog_.table(table);
    const Table& to = catalog_.table(*column.refers_to);
    if (&row_.table() == &from && row_.has(index)) {
      each_item(row_.text(index), [&](std::string_view id) { add(to.find(id)); });
      if (column.beside == Beside::series)
        add_if(table, [&](Row other) { return names(other, index, row_.text(index)); });
    }
    if (&row_.table() == &to) add_if(table, [&](Row other) { return names(other, index, row_.id()); });
  }

  // The figures a cloud region falls back on: its zone's and its country's, its operator's PUE.
  void of_place(Row region) {
    const Row zone = zone_of(catalog_, region);
    const Row country = country_of(catalog_, region);
    constexpr int of = column(TableId::grid, "region");
    for (const Row place : {zone, country}) {
      add(place);
      if (place && place != region)
        add_if(TableId::grid, [&](Row row) { return row.text(of) == place.id(); });
    }
    fleet(provider_of(region));
  }

  void fleet(std::string_view provider) {
    if (provider.empty()) return;
    constexpr int of = column(TableId::pue, "provider");
    constexpr int scope = column(TableId::pue, "scope");
    add_if(TableId::pue, [&](Row row) { return row.text(scope) == "fleet" && row.text(of) == provider; });
  }

  const Catalog& catalog_;
  Row row_;
  std::array<std::vector<Row>, table_count> rows_;
};

// Rows with the id; else those that bear the name.
std::vector<Row> find_rows(const Catalog& catalog, const std::string& wanted) {
  std::vector<Row> by_id;
  std::vector<Row> by_name;
  for (std::size_t i = 0; i < table_count; ++i) {
    const Table& table = catalog.table(static_cast<TableId>(i));
    if (const Row row = table.find(wanted)) by_id.push_back(row);
    // tables of readings bear the names of what they speak of: those are neighbours
    if (table.def().fold == Fold::exact) continue;
    table.each_named(wanted, [&](Row row, std::string_view) {
      if (std::find(by_name.begin(), by_name.end(), row) == by_name.end()) by_name.push_back(row);
    });
  }
  return by_id.empty() ? by_name : by_id;
}

RunError unknown_id(const Catalog& catalog, const std::string& wrong) {
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < table_count; ++i) {
    const Table& table = catalog.table(static_cast<TableId>(i));
    for (std::uint32_t r = 0; r < table.size(); ++r) known.push_back(table.row(r).id());
  }
  std::vector<std::string_view> near = nearest(wrong, known, 3);
  return usage("no row has the id or the name " + in_quotes(wrong) +
               (near.empty() ? "; `footpound list TABLE --match TEXT` searches"
                             : "; did you mean " + either(near) + "?"));
}

std::string facts(const Catalog& catalog, Row row) {
  std::string out = fmt::format("{} of table {}\n", printable(row.id()), row.table().def().name);
  const auto& columns = row.table().def().columns;
  for (std::size_t c = 1; c < columns.size(); ++c) {
    if (!row.has(static_cast<int>(c))) continue;
    out += fmt::format("  {:<28} {}\n", columns[c].key, cell_text(cell_of(row, static_cast<int>(c))));
  }
  const std::string_view file = catalog.file_of(row);
  if (!file.empty()) out += "  stated or changed by " + printable(file) + "\n";
  return out;
}

constexpr std::size_t most_neighbours = 24;  // of one table, in text

void append_text(const Catalog& catalog, Row row, std::string& out) {
  out += facts(catalog, row);
  for (Sheet& sheet : Neighbours(catalog, row).sheets()) {
    out += fmt::format("\nbeside it in {}\n", sheet.name);
    const std::size_t all = sheet.rows.size();
    // tables are sorted by id, and ids end in the year: the newest stand last
    if (all > most_neighbours)
      sheet.rows.erase(sheet.rows.begin(), sheet.rows.end() - static_cast<std::ptrdiff_t>(most_neighbours));
    write_text_sheets({&sheet, 1}, out, [](std::string&) {});
    if (all > most_neighbours) out += fmt::format("({} more; -f json has all)\n", all - most_neighbours);
  }
}

}  // namespace

int run_show(CommandLine line) {
  std::string id;
  CatalogOptions tables;
  SheetOptions output(SheetsOf::tables);
  CLI::App app(
      "All facts of a row and its neighbours: other years and methods, other regions of its zone, PUE, "
      "embodied\n"
      "emissions, measured power, instances that have it.",
      "footpound show");
  app.add_option("ID", id, "id or name of a row of any table")->required();
  output.add(app);
  tables.add(app);
  if (const std::optional<int> done = parse_command_line(app, line)) return *done;
  const OutputFormat& format = output.chosen_format();

  Catalog catalog;
  tables.load(catalog);
  const std::vector<Row> rows = find_rows(catalog, id);
  if (rows.empty()) throw unknown_id(catalog, id);
  if (format.for_people) {
    std::string out;
    for (const Row row : rows) {
      if (!out.empty()) out += '\n';
      append_text(catalog, row, out);
    }
    output.print_text(out);
    return 0;
  }
  std::vector<Sheet> sheets;
  for (const Row row : rows) {
    sheets.push_back(sheet_of(row.table(), {row}));
    if (!format.several_sheets) continue;  // room for the row alone
    for (Sheet& sheet : Neighbours(catalog, row).sheets()) sheets.push_back(std::move(sheet));
  }
  output.print(sheets);
  return 0;
}

}  // namespace footpound
