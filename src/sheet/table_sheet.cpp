// SPDX-License-Identifier: MIT
#include "sheet/table_sheet.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace footpound {

namespace {

// What a line of text has room for, where all columns are too many.
struct TextColumns {
  std::string_view table;
  std::string_view keys;  // between blanks
};
constexpr std::array text_columns = {
    TextColumns{"accelerators",
        " id kind form launched memory_gb rated_power_w devices_per_board peak_16bit_tflops "},
    TextColumns{"cities", " id kind region aliases "},
    TextColumns{"cpus", " id class cores rated_power_w launched name "},
    TextColumns{
        "embodied", " id component kgco2e low_kgco2e high_kgco2e unit lifetime_years preferred year "},
    TextColumns{"equivalents", " id set kg_per_unit lb_per_unit text "},
    TextColumns{"grid", " region year method intensity_g_per_kwh basis carbon_free_percent source "},
    TextColumns{"instances", " id accelerator accelerator_count vcpus memory_gb "},
    TextColumns{"measured_power", " id accelerator scope watts statistic workload year "},
    TextColumns{"paper_strubell2019", " table row field printed unit check "},
    TextColumns{"prices", " id accelerator unit usd_per_hour_on_demand usd_per_hour_spot usd_per_kwh date "},
    TextColumns{"providers", " id kind name runs_on aliases "},
    TextColumns{"pue", " id scope region provider pue year source "},
    TextColumns{"regions", " id kind name zone country "},
    TextColumns{
        "runs", " id model accelerator accelerator_count hours accelerator_hours energy_kwh co2e_kg year "},
    TextColumns{"sources", " id year publisher title licence "},
    TextColumns{"spreads", " id value unit log_sd n how "},
};

bool for_people(std::string_view table, std::string_view key) {
  for (const TextColumns& each : text_columns) {
    if (each.table == table) return each.keys.find(' ' + std::string(key) + ' ') != std::string_view::npos;
  }
  return key != "note" && key != "method";
}

}  // namespace

Cell cell_of(Row row, int column) {
  if (!row.has(column)) return {};
  switch (row.table().def().columns[static_cast<std::size_t>(column)].type) {
    case CellType::text: return std::string(row.text(column));
    case CellType::flag: return row.flag(column);
    case CellType::number:
    case CellType::integer: return *row.number(column);
    case CellType::texts: break;
  }
  std::vector<std::string> items;
  each_item(row.text(column), [&](std::string_view item) { items.emplace_back(item); });
  return items;
}

Sheet sheet_of(const Table& table, const std::vector<Row>& rows) {
  Sheet sheet;
  sheet.name = table.def().name;
  for (const Column& column : table.def().columns)
    sheet.columns.push_back({std::string(column.key), for_people(table.def().name, column.key), 0});
  for (const Row row : rows) {
    std::vector<Cell>& cells = sheet.rows.emplace_back();
    for (int c = 0; c < static_cast<int>(sheet.columns.size()); ++c) cells.push_back(cell_of(row, c));
  }
  return sheet;
}

}  // namespace footpound
