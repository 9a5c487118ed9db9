// SPDX-License-Identifier: MIT
// Build step: what data/schema/tables.json (DECLARATION) declares -> a header; data/TABLE.json -> a C++ file
// of constant arrays (no parsing and, but for a handful of pointers, no relocations at start).
//   embed_tables header DECLARATION OUT.hpp
//   embed_tables table DECLARATION DATA.json OUT.cpp
//   embed_tables index DECLARATION VERSION OUT.cpp DATA.json...     all of them; data version and hash
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "declaration.hpp"
#include "factors/table_json.hpp"

namespace {

using namespace footpound;

template <class Items>
void append_array(std::string& out, const char* type, const char* name, const Items& items) {
  out += fmt::format("const {} {}[] = {{", type, name);
  std::size_t column = 0;
  for (const auto& item : items) {
    if (column++ % 8 == 0) out += "\n";
    out += fmt::format("{}u{},", item, sizeof item == 8 ? "ll" : "");
  }
  out += "0};\n";  // never empty
}

void append_text(std::string& out, const std::string& text) {
  out += "const char text[] =";
  for (std::size_t i = 0; i < text.size(); i += 96) {
    out += "\n\"";
    for (const char c : text.substr(i, 96)) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
      } else if (byte < 0x20 || byte >= 0x7F || c == '?') {
        out += fmt::format("\\{:03o}", byte);
      } else {
        out += c;
      }
    }
    out += '"';
  }
  out += text.empty() ? "\"\";\n" : ";\n";
}

// What went wrong, for the person who builds.
struct Problem : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file) throw Problem(fmt::format("{}: cannot be read", path));
  return text;
}

void write(const char* path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw Problem(fmt::format("{}: cannot be written", path));
}

Declaration read_declaration(const char* path) {
  Result<Declaration> declaration = Declaration::read(read(path));
  if (!declaration) throw Problem(fmt::format("{}: {}", path, message(declaration.error())));
  return std::move(*declaration);
}

std::string table_text(const Declaration& declaration, const char* path) {
  const Result<std::vector<TableRows>> tables = parse_tables(read(path), declaration.tables());
  if (!tables) throw Problem(fmt::format("{}: {}", path, message(tables.error())));
  const TableRows& table = tables->front();
  const TableDef& def = declaration.tables()[static_cast<std::size_t>(table.table)];

  TableBuilder builder(def);
  for (const std::vector<CellValue>& row : table.rows) {
    const std::string_view missing = builder.put(row, 0);
    if (!missing.empty())
      throw Problem(
          fmt::format("{}: {} {} lacks \"{}\"", path, def.name, row.front().texts.front(), missing));
  }
  const TableImage image = builder.finish();

  std::string out = fmt::format("// Made by embed_tables from {}.json. Do not edit.\n", def.name);
  out += "#include \"factors/built_in.hpp\"\n\nnamespace footpound {\nnamespace {\n";
  append_array(out, "std::uint64_t", "cells", builder.cells());
  append_array(out, "std::uint32_t", "name_slots", builder.name_slots());
  append_array(out, "std::uint32_t", "id_slots", builder.id_slots());
  out += "const TableImage::Name names[] = {";
  for (const TableImage::Name& name : builder.names())
    out += fmt::format("\n{{{},{},{},{}u}},", name.offset, name.size, name.row, name.hash);
  out += "{}};\n";
  append_text(out, builder.text());
  return out +
         fmt::format(
             "}}\nextern const TableImage built_in_{0};\n"
             "const TableImage built_in_{0} = {{cells, text, names, name_slots, id_slots, nullptr, {1}, {2}, "
             "{3}, {4}}};\n}}\n",
             def.name, image.rows, image.name_count, image.name_slot_mask, image.id_slot_mask);
}

std::string index_text(
    const Declaration& declaration, const char* version_path, const std::vector<const char*>& files) {
  std::string version = read(version_path);
  while (!version.empty() && version.back() == '\n') version.pop_back();
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a, 64 bit, over all files in the order given
  for (const char* path : files) {
    for (const char c : read(path)) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  std::string out =
      "// Made by embed_tables. Do not edit.\n#include \"factors/built_in.hpp\"\n\nnamespace footpound {\n";
  for (const TableDef& table : declaration.tables())
    out += fmt::format("extern const TableImage built_in_{};\n", table.name);
  out += "const TableImage* const built_in_tables[table_count] = {\n";
  for (const TableDef& table : declaration.tables()) out += fmt::format("    &built_in_{},\n", table.name);
  return out +
         fmt::format("}};\nconst char* const built_in_data_version = \"{} ({:016x})\";\n}}\n", version, hash);
}

void embed(const std::vector<const char*>& args) {
  const std::string_view what = args.empty() ? "" : args[0];
  if (what == "header" && args.size() == 3) {
    write(args[2], read_declaration(args[1]).header());
  } else if (what == "table" && args.size() == 4) {
    write(args[3], table_text(read_declaration(args[1]), args[2]));
  } else if (what == "index" && args.size() > 4) {
    write(args[3], index_text(read_declaration(args[1]), args[2], {args.begin() + 4, args.end()}));
  } else {
    throw Problem("usage: see the head of tools/embed_tables.cpp");
  }
}

}  // namespace

int main(int argc, char** argv) try {
  embed({argv + 1, argv + argc});
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "embed_tables: %s\n", error.what());
  return 1;
}
