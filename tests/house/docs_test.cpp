// SPDX-License-Identifier: MIT
// What the program can be asked for is named where people look for it.
#include <filesystem>

#include "commands/command.hpp"
#include "factors/tables.hpp"
#include "read/reader.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/scratch.hpp"
#include "write/output_formats.hpp"

namespace fs = std::filesystem;

using namespace footpound;

namespace {

std::string all_pages() {
  std::string text = Scratch::read_file(root_path("/README.md"));
  for (const auto& entry : fs::directory_iterator(root_path("/docs"))) {
    if (entry.path().extension() == ".md") text += Scratch::read_file(entry.path());
  }
  return text;
}

// As code: `name`, `-f name`, `footpound name ...`.
bool names(const std::string& pages, std::string_view name) {
  for (std::size_t at = pages.find(name); at != std::string::npos; at = pages.find(name, at + 1)) {
    const char before = at == 0 ? ' ' : pages[at - 1];
    const std::size_t end = at + name.size();
    const char behind = end < pages.size() ? pages[end] : ' ';
    if ((before == '`' || before == ' ') && (behind == '`' || behind == ' ' || behind == '\n')) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("docs: every command, format and table has its place") {
  const std::string pages = all_pages();
  for (const Command& command : commands()) {
    INFO(command.name);
    CHECK(pages.find("footpound " + std::string(command.name)) != std::string::npos);
  }
  for (const InputFormat& format : input_formats()) {
    INFO("--in " << format.name);
    CHECK(names(pages, format.name));
  }
  for (const OutputFormat& format : output_formats()) {
    INFO("-f " << format.name);
    CHECK(names(pages, format.name));
  }
  for (const TableDef& table : table_defs()) {
    INFO("table " << table.name);
    CHECK(names(pages, table.name));
  }
  CHECK_FALSE(names("a prefixed name `csvish`", "csv"));
}
