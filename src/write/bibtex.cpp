// SPDX-License-Identifier: MIT
#include "write/bibtex.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "factors/tables.hpp"
#include "text/latex_text.hpp"

namespace footpound {

namespace {

void append_field(std::string_view key, const std::string& value, std::string& out) {
  if (!value.empty()) out += fmt::format("  {:<9} = {{{}}},\n", key, value);
}

// BibTeX hands an address to \url verbatim; only braces must balance, and URLs have none.
std::string bare(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '{' && c != '}' && c > ' ') out += c;
  }
  return out;
}

// "A; B" lists authors as the table does; BibTeX joins them by "and". The braces keep names of
// institutions whole.
std::string authors(std::string_view publisher) {
  std::string out;
  while (!publisher.empty()) {
    const std::size_t end = publisher.find("; ");
    out += fmt::format("{}{{{}}}", out.empty() ? "" : " and ", latex_text(publisher.substr(0, end)));
    if (end == std::string_view::npos) break;
    publisher.remove_prefix(end + 2);
  }
  return out;
}

}  // namespace

std::string bibtex_key(Row source) { return bare(source.id()); }

void append_bibtex(Row source, std::string& out) {
  const auto text = [&](int at) { return source.text(at); };
  out += fmt::format("@misc{{{},\n", bibtex_key(source));
  append_field("title", "{" + latex_text(text(column(TableId::sources, "title"))) + "}", out);
  append_field("author", authors(text(column(TableId::sources, "publisher"))), out);
  if (const auto year = source.year()) append_field("year", std::to_string(*year), out);
  append_field("doi", bare(text(column(TableId::sources, "doi"))), out);
  append_field("url", bare(text(column(TableId::sources, "url"))), out);
  append_field("note", latex_text(text(column(TableId::sources, "note"))), out);
  out += "}\n";
}

std::vector<Row> sources_of(const Answer& answer, const Catalog& catalog) {
  std::vector<Row> rows;
  const auto add = [&](Row factor_row) {
    if (!factor_row) return;
    each_item(factor_row.sources(), [&](std::string_view id) {
      const Row row = catalog.table(TableId::sources).find(id);
      if (row && std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
    });
  };
  // the method, the car and the flight
  if (const Row paper = catalog.table(TableId::sources).find("strubell-2019")) rows.push_back(paper);
  each_factor(answer.inputs(), [&](const Factor& factor) {
    add(factor.row);
    add(factor.note_row);
  });
  std::sort(rows.begin(), rows.end(), [](Row a, Row b) { return a.id() < b.id(); });
  return rows;
}

}  // namespace footpound
