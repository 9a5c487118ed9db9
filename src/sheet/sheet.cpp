// SPDX-License-Identifier: MIT
#include "sheet/sheet.hpp"

#include "footpound/base/error.hpp"
#include "units/number_text.hpp"

namespace footpound {

namespace {

std::string joined(const std::vector<std::string>& items, std::string_view between) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += between;
    text += item;
  }
  return text;
}

}  // namespace

bool is_empty(const Cell& cell) { return std::holds_alternative<std::monostate>(cell); }

std::string raw_text(const Cell& cell, int digits) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<double>(&cell))
    return digits > 0 ? human_number(*number, digits) : number_text(*number);
  if (const auto* flag = std::get_if<bool>(&cell)) return *flag ? "true" : "false";
  if (const auto* items = std::get_if<std::vector<std::string>>(&cell)) return joined(*items, "; ");
  return {};
}

std::string cell_text(const Cell& cell, int digits) { return printable(raw_text(cell, digits)); }

}  // namespace footpound
