// SPDX-License-Identifier: MIT
// Options of the commands that print sheets: format, file, tables.
#pragma once

#include <span>
#include <string>

#include <CLI/CLI.hpp>

#include "commands/options.hpp"
#include "io/sheet.hpp"

namespace footpound {

// So much text is written at once, and no more of it is in memory.
inline constexpr std::size_t much_text = std::size_t{1} << 16;

struct SheetOptions {
  CatalogOptions catalog;
  std::string format = "text";
  std::string file;

  void add(CLI::App& app);
  // Throws RunError (usage) before any work where the format is unknown.
  const SheetFormat& chosen_format() const;
  // Several sheets: blank lines and titles between them in text and Markdown, one array in JSON;
  // a format of bare rows takes one sheet only and refuses more.
  void print(std::span<const Sheet> sheets) const;
  void print(const Sheet& sheet) const { print(std::span(&sheet, 1)); }
  void print_text(const std::string& text) const;
};

}  // namespace footpound
