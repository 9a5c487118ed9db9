// SPDX-License-Identifier: MIT
// Options of the commands that print sheets: format and file.
#pragma once

#include <span>
#include <string>

#include <CLI/CLI.hpp>

#include "sheet/sheet.hpp"
#include "write/output_formats.hpp"

namespace footpound {

// So much text is written at once, and no more of it is in memory.
inline constexpr std::size_t much_text = std::size_t{1} << 16;

// Some formats hold totals alone.
enum class SheetsOf : unsigned char { tables, totals };

struct SheetOptions {
  explicit SheetOptions(SheetsOf what) : of(what) {}

  SheetsOf of;
  std::string format{default_output_format};
  std::string file;

  void add(CLI::App& app);
  // Throws RunError (usage) before any work where the format is unknown.
  const OutputFormat& chosen_format() const;
  // Refuses several sheets where the format has room for one only.
  void print(std::span<const Sheet> sheets) const;
  void print(const Sheet& sheet) const { print(std::span(&sheet, 1)); }
  void print_text(const std::string& text) const;
};

}  // namespace footpound
