// SPDX-License-Identifier: MIT
// Build step: data/TABLE.json -> a C++ file of constant arrays (no parsing and, but for a
// handful of pointers, no relocations at start).
//   embed_tables table DATA.json OUT.cpp
//   embed_tables stamp VERSION OUT.cpp DATA.json...     data version and hash
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "factors/table_json.hpp"
#include "factors/tables.hpp"

namespace {

using namespace footpound;

bool read_file(const char* path, std::string& text) {
  std::ifstream file(path, std::ios::binary);
  text.assign(std::istreambuf_iterator<char>(file), {});
  return static_cast<bool>(file);
}

bool write_file(const char* path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  return static_cast<bool>(file.flush());
}

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

int embed_table(const char* in, const char* out_path) {
  std::string json;
  if (!read_file(in, json)) return fmt::print(stderr, "{}: cannot be read\n", in), 1;
  const Result<std::vector<TableRows>> tables = parse_tables(json);
  if (!tables) return fmt::print(stderr, "{}: {}\n", in, message(tables.error())), 1;
  const TableRows& table = tables->front();
  const TableDef& def = table_def(table.table);

  TableBuilder builder(def);
  for (const std::vector<CellValue>& row : table.rows) {
    const std::string_view missing = builder.put(row, 0);
    if (!missing.empty())
      return fmt::print(stderr, "{}: {} {} lacks \"{}\"\n", in, def.name, row.front().texts.front(), missing),
             1;
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
  out += fmt::format(
      "}}\nconst TableImage built_in_{} = {{cells, text, names, name_slots, id_slots, nullptr, {}, {}, {}, "
      "{}}};\n}}\n",
      def.name, image.rows, image.name_count, image.name_slot_mask, image.id_slot_mask);
  return write_file(out_path, out) ? 0 : (fmt::print(stderr, "{}: cannot be written\n", out_path), 1);
}

int embed_stamp(const char* version_path, const char* out_path, const std::vector<const char*>& files) {
  std::string version;
  if (!read_file(version_path, version)) return fmt::print(stderr, "{}: cannot be read\n", version_path), 1;
  while (!version.empty() && version.back() == '\n') version.pop_back();
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a, 64 bit, over all files in the order given
  for (const char* path : files) {
    std::string text;
    if (!read_file(path, text)) return fmt::print(stderr, "{}: cannot be read\n", path), 1;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  const std::string out = fmt::format(
      "// Made by embed_tables. Do not edit.\n#include \"factors/built_in.hpp\"\n\nnamespace footpound {{\n"
      "const char* const built_in_data_version = \"{} ({:016x})\";\n}}\n",
      version, hash);
  return write_file(out_path, out) ? 0 : (fmt::print(stderr, "{}: cannot be written\n", out_path), 1);
}

int embed(const std::vector<const char*>& args) {
  if (args.size() == 3 && args[0] == std::string_view("table")) return embed_table(args[1], args[2]);
  if (args.size() > 3 && args[0] == std::string_view("stamp")) {
    return embed_stamp(args[1], args[2], {args.begin() + 3, args.end()});
  }
  fmt::print(stderr, "usage: embed_tables table DATA.json OUT.cpp | stamp VERSION OUT.cpp DATA.json...\n");
  return 2;
}

}  // namespace

int main(int argc, char** argv) try {
  return embed({argv + 1, argv + argc});
} catch (const std::exception& error) {
  std::fprintf(stderr, "embed_tables: %s\n", error.what());
  return 1;
}
