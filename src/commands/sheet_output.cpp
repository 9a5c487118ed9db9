// SPDX-License-Identifier: MIT
#include "commands/sheet_output.hpp"

#include "base/run_error.hpp"
#include "commands/command_line.hpp"
#include "factors/nearest.hpp"
#include "stream/source.hpp"

namespace footpound {

void SheetOptions::add(CLI::App& app) {
  std::string names;
  for (const SheetFormat& each : sheet_formats())
    names += (names.empty() ? "" : ", ") + std::string(each.name);
  app.add_option("-f,--format", format, names)->type_name("FORMAT")->group("Output");
  app.add_option(
         "-o,--output", file, "write to a file, which appears only when it is whole; - is standard output")
      ->type_name("FILE")
      ->group("Output");
  catalog.add(app);
}

const SheetFormat& SheetOptions::chosen_format() const {
  if (const SheetFormat* found = find_sheet_format(format)) return *found;
  std::vector<std::string_view> known;
  for (const SheetFormat& each : sheet_formats()) known.push_back(each.name);
  throw usage("--format: unknown " + in_quotes(format) + "; it is " + either(known));
}

void SheetOptions::print(std::span<const Sheet> sheets) const {
  const SheetFormat& chosen = chosen_format();
  const bool prose = chosen.name == "text" || chosen.name == "markdown";
  const bool array = chosen.name == "json" && sheets.size() != 1;
  if (!prose && !array && sheets.size() > 1) {
    throw usage("--format: " + std::string(chosen.name) +
                " has room for one table only; write text, markdown or json");
  }
  Target target(file);
  std::string out;
  const auto flush = [&](std::string& text) {
    if (text.size() < much_text) return;
    target.write(text);
    text.clear();
  };
  if (array) out += "[\n";
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    if (i > 0) out += prose ? "\n" : array ? ",\n" : "";
    if (prose && sheets.size() > 1)
      out += chosen.name == "markdown" ? "### " + sheets[i].name + "\n\n" : sheets[i].name + "\n";
    chosen.write(sheets[i], out, flush);
    if (array) out.pop_back();  // its line end
  }
  if (array) out += "\n]\n";
  target.write(out);
  target.finish();
}

void SheetOptions::print_text(const std::string& text) const {
  Target target(file);
  target.write(text);
  target.finish();
}

}  // namespace footpound
