// SPDX-License-Identifier: MIT
// Totals as Prometheus reads them: the text format of node_exporter's textfile collector, a gauge for each
// number, a label for each key. Names end in base units, as Prometheus asks for
// (https://prometheus.io/docs/practices/naming/): joules, grams, seconds. An unknown total has no sample.
#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "footpound/base/error.hpp"
#include "footpound/units/quantity.hpp"
#include "units/number_text.hpp"
#include "write/sheet_writers.hpp"

namespace footpound {

namespace {

// What a column's number is in the base unit.
struct BaseUnit {
  std::string_view column_end;
  std::string_view metric_end;
  double factor;
};
constexpr std::array base_units = {
    BaseUnit{"_kwh", "_joules", joules_per_kwh},
    BaseUnit{"_kg", "_grams", 1000},
    BaseUnit{"_hours", "_seconds", seconds_per_hour},
};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

struct Metric {
  std::size_t column;
  std::string name;
  double factor = 1;
};

Metric metric_of(std::size_t at, std::string_view column) {
  for (const BaseUnit& unit : base_units) {
    if (!ends_with(column, unit.column_end)) continue;
    column.remove_suffix(unit.column_end.size());
    return {at, fmt::format("footpound_{}{}", column, unit.metric_end), unit.factor};
  }
  return {at, fmt::format("footpound_{}", column), 1};
}

// [a-zA-Z_][a-zA-Z0-9_]*, and none that begins with two underscores, which are Prometheus's own.
std::string label_name(std::string_view key, const std::vector<std::string>& taken) {
  std::string name;
  for (const char c : key) {
    const bool fits = std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 128;
    name += fits ? c : '_';
  }
  name.erase(0, std::min(name.find_first_not_of('_'), name.size()));
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front())) != 0) name.insert(0, "key_");
  while (std::find(taken.begin(), taken.end(), name) != taken.end()) name += '_';
  return name;
}

std::string label_value(const std::string& text) {
  std::string value;
  for (const char c : printable(text)) {  // valid UTF-8 without line ends
    if (c == '\\' || c == '"') value += '\\';
    value += c;
  }
  return value;
}

}  // namespace

void write_prometheus_sheets(std::span<const Sheet> sheets, std::string& out, const FlushText& flush) {
  const Sheet& sheet = sheets.front();
  // a column of texts is a key
  std::vector<bool> is_key(sheet.columns.size());
  sheet.each_row([&](const std::vector<Cell>& row) {
    for (std::size_t c = 0; c < row.size(); ++c)
      is_key[c] = is_key[c] || std::holds_alternative<std::string>(row[c]);
  });
  std::vector<std::string> labels(sheet.columns.size());
  std::vector<Metric> metrics;
  for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
    const std::string& key = sheet.columns[c].key;
    if (is_key[c]) {
      labels[c] = label_name(key, labels);
    } else if (!ends_with(key, "_lb")) {  // the same as in kg
      metrics.push_back(metric_of(c, key));
    }
  }
  for (const Metric& metric : metrics) {
    bool is_first = true;
    sheet.each_row([&](const std::vector<Cell>& row) {
      const auto* number = std::get_if<double>(&row[metric.column]);
      if (number == nullptr) return;
      if (is_first) {
        out += fmt::format("# HELP {0} {1} of footpound summarize{2}\n# TYPE {0} gauge\n", metric.name,
            sheet.columns[metric.column].key, metric.factor == 1 ? "" : ", in base units");
        is_first = false;
      }
      out += metric.name;
      std::string text;
      for (std::size_t c = 0; c < row.size(); ++c) {
        const auto* value = std::get_if<std::string>(&row[c]);
        if (value == nullptr) continue;
        text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", labels[c], label_value(*value));
      }
      if (!text.empty()) out += "{" + text + "}";
      out += " " + number_text(*number * metric.factor) + "\n";
      flush(out);
    });
  }
}

}  // namespace footpound
