// SPDX-License-Identifier: MIT
#include "commands/sheet_output.hpp"

#include <algorithm>
#include <vector>

#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "factors/nearest.hpp"
#include "stream/source.hpp"

namespace footpound {

namespace {

std::vector<std::string_view> names_of_formats(SheetsOf of) {
  return output_format_names([of](const OutputFormat& format) {
    return format.sheets != nullptr && (of == SheetsOf::totals || !format.totals_only);
  });
}

}  // namespace

void SheetOptions::add(CLI::App& app) {
  std::string names;
  for (const std::string_view name : names_of_formats(of))
    names += (names.empty() ? "" : ", ") + std::string(name);
  app.add_option("-f,--format", format, names)->type_name("FORMAT")->group("Output");
  app.add_option(
         "-o,--output", file, "write to a file, which appears only when it is whole; - is standard output")
      ->type_name("FILE")
      ->group("Output");
}

const OutputFormat& SheetOptions::chosen_format() const {
  const std::vector<std::string_view> known = names_of_formats(of);
  if (std::find(known.begin(), known.end(), format) != known.end()) return *find_output_format(format);
  throw usage("--format: unknown " + in_quotes(format) + "; it is " + either(known));
}

void SheetOptions::print(std::span<const Sheet> sheets) const {
  const OutputFormat& chosen = chosen_format();
  if (sheets.size() > 1 && !chosen.several_sheets) {
    throw usage("--format: " + std::string(chosen.name) + " has room for one table only; write " +
                either(output_format_names([](const OutputFormat& each) { return each.several_sheets; })));
  }
  Target target(file);
  std::string out;
  chosen.sheets(sheets, out, [&](std::string& text) {
    if (text.size() < much_text) return;
    target.write(text);
    text.clear();
  });
  target.write(out);
  target.finish();
}

void SheetOptions::print_text(const std::string& text) const {
  Target target(file);
  target.write(text);
  target.finish();
}

}  // namespace footpound
