// SPDX-License-Identifier: MIT
#include "contract/shapes.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <regex>

#include <nlohmann/json.hpp>

#include "footpound/base/error.hpp"

namespace footpound::contract {

namespace {

using Json = nlohmann::json;
using Row = std::map<std::string, std::string>;  // numbers as texts; "" is none

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool begins(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

bool has_word(std::string_view text, std::string_view word) {
  const auto is_letter = [&](std::size_t at) {
    return at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0;
  };
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + word.size())) return true;
  }
  return false;
}

std::string has_controls(std::string_view text) {
  return printable(text) == text ? std::string() : "a control character or bad UTF-8 in: " + printable(text);
}

std::string said(Became became) {
  return became == Became::answered ? "answered" : became == Became::failed ? "failed" : "skipped";
}

std::string compare(const Records& found, const Records& expected) {
  if (found == expected) return {};
  std::string text = "records:";
  for (const Became each : found) text += " " + said(each);
  text += "; expected:";
  for (const Became each : expected) text += " " + said(each);
  return text;
}

// Of a row that has our columns: figures where there is an answer, an error where there is none.
std::string wrong_with_row(const Row& row, Became expected) {
  const auto at = [&](const std::string& name) {
    const auto found = row.find(name);
    return found == row.end() ? std::string() : found->second;
  };
  if (row.find("error") == row.end()) return "no column error";
  const std::string error = at("error");
  const bool skipped = begins(error, "skipped: ");
  const Became found = error.empty() ? Became::answered : skipped ? Became::skipped : Became::failed;
  if (found != expected) return "is " + said(found) + ", not " + said(expected) + ": " + error;
  for (const std::string quantity : {"energy", "co2e"}) {
    const std::string unit = quantity == "energy" ? "_kwh" : "_kg";
    std::array<double, 3> values{};
    std::size_t i = 0;
    for (const std::string end : {"_low", "", "_high"}) {
      const std::string text = at(quantity + end + unit);
      if (expected != Became::answered) {
        if (!text.empty()) return quantity + end + unit + " of no answer is " + text;
        continue;
      }
      char* behind = nullptr;
      values[i] = std::strtod(text.c_str(), &behind);
      if (text.empty() || *behind != '\0' || !std::isfinite(values[i]) || values[i] < 0)
        return quantity + end + unit + " is \"" + text + "\"";
      ++i;
    }
    if (values[0] > values[1] || values[1] > values[2]) return quantity + "'s interval does not hold it";
  }
  return {};
}

std::string wrong_with_rows(const std::vector<Row>& rows, const Records& expected) {
  if (rows.size() != expected.size())
    return std::to_string(rows.size()) + " rows for " + std::to_string(expected.size()) + " records";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string wrong = wrong_with_row(rows[i], expected[i]);
    if (!wrong.empty()) return "row " + std::to_string(i + 1) + ": " + wrong;
  }
  return {};
}

Row row_of(const Json& object) {
  Row row;
  for (const auto& [key, value] : object.items())
    row[key] = value.is_null() ? "" : value.is_string() ? value.get<std::string>() : value.dump();
  return row;
}

std::string json(const std::string& text, const Expected& expected) {
  const Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) return "is no JSON";
  if (expected.whole) {
    if (!document.is_object()) return "is no object";
    for (const char* key : {"factors", "equivalents", "tool_version", "data_version", "schema"}) {
      if (!document.contains(key)) return "lacks " + std::string(key);
    }
    return wrong_with_rows({row_of(document)}, expected.records);
  }
  if (!document.is_array()) return "is no array";
  std::vector<Row> rows;
  for (const Json& object : document) {
    if (!object.is_object()) return "holds what is no object";
    rows.push_back(row_of(object));
  }
  return wrong_with_rows(rows, expected.records);
}

std::string ndjson(const std::string& text, const Expected& expected) {
  if (!text.empty() && text.back() != '\n') return "its last line has no end";
  std::vector<Row> rows;
  for (const std::string& line : lines_of(text)) {
    const Json object = Json::parse(line, nullptr, false);
    if (!object.is_object()) return "a line is no JSON object: " + line;
    rows.push_back(row_of(object));
  }
  return wrong_with_rows(rows, expected.records);
}

std::string wrong_with_widths(const std::vector<std::vector<std::string>>& cells) {
  for (const auto& row : cells) {
    if (row.size() != cells.front().size())
      return "a row of " + std::to_string(row.size()) + " cells under a header of " +
             std::to_string(cells.front().size());
  }
  return {};
}

std::string rows_under_header(const std::vector<std::vector<std::string>>& cells, const Expected& expected) {
  if (cells.empty()) return expected.records.empty() ? "" : "is empty";
  if (std::string wrong = wrong_with_widths(cells); !wrong.empty()) return wrong;
  std::vector<Row> rows;
  for (std::size_t r = 1; r < cells.size(); ++r) {
    Row& row = rows.emplace_back();
    for (std::size_t c = 0; c < cells[r].size(); ++c) row[cells[0][c]] = cells[r][c];
  }
  return wrong_with_rows(rows, expected.records);
}

std::string delimited(const std::string& text, const Expected& expected, char delimiter) {
  if (!text.empty() && text.back() != '\n') return "its last line has no end";
  return rows_under_header(cells_of(text, delimiter), expected);
}

std::string for_people(const std::string& text, const Expected& expected) {
  Records found;
  for (const std::string& line : lines_of(text)) {
    if (std::string wrong = has_controls(line); !wrong.empty()) return wrong;
    if (begins(line, "no answer: skipped: ")) {
      found.push_back(Became::skipped);
    } else if (begins(line, "no answer: ")) {
      found.push_back(Became::failed);
    } else if (line == "where the energy goes") {
      found.push_back(Became::answered);
    }
  }
  for (const char* nonsense : {"inf", "nan"}) {
    if (has_word(text, nonsense)) return "says " + std::string(nonsense);
  }
  return compare(found, expected.records);
}

// The cells of a Markdown table's lines; `wrong` where a line is none.
std::vector<std::vector<std::string>> markdown_cells(
    const std::vector<std::string>& lines, std::string& wrong) {
  std::vector<std::vector<std::string>> cells;
  for (const std::string& line : lines) {
    if (line.size() < 4 || !begins(line, "| ") || line.substr(line.size() - 2) != " |") {
      wrong = "is no line of a table: " + line;
      return cells;
    }
    std::vector<std::string>& row = cells.emplace_back(1);
    for (std::size_t i = 1; i < line.size(); ++i) {
      if (line[i] == '\\' && i + 1 < line.size()) {
        row.back() += line[++i];
      } else if (line[i] == '|') {
        row.emplace_back();
      } else {
        row.back() += line[i];
      }
    }
    row.pop_back();
    for (std::string& cell : row) {
      cell.erase(0, cell.find_first_not_of(' '));
      cell.erase(cell.find_last_not_of(' ') + 1);
    }
  }
  wrong = cells.size() < 2 ? "has no header with a rule" : wrong_with_widths(cells);
  return cells;
}

std::string markdown(const std::string& text, const Expected& expected) {
  std::vector<std::string> lines = lines_of(text);
  for (const std::string& line : lines) {
    if (std::string wrong = has_controls(line); !wrong.empty()) return wrong;
  }
  if (lines.empty()) return expected.records.empty() ? "" : "is empty";
  std::string wrong;
  if (expected.whole) {
    // a title, the table, how it was made
    lines.erase(lines.begin(), std::find(lines.begin(), lines.end(), "| | |"));
    if (lines.empty()) return "has no table";
    lines.front() = "|  |  |";
    const auto end = std::find(lines.begin(), lines.end(), "");
    if (end == lines.end() || end + 1 == lines.end() ||
        (end + 1)->find(" with footpound ") == (end + 1)->npos)
      return "does not say how it was made";
    lines.erase(end, lines.end());
    markdown_cells(lines, wrong);
    return wrong;
  }
  std::vector<std::vector<std::string>> cells = markdown_cells(lines, wrong);
  if (!wrong.empty()) return wrong;
  cells.erase(cells.begin() + 1);  // the rule
  const auto without_thousands = [](std::string& cell) {
    if (cell.find_first_not_of("0123456789,.e+-") == cell.npos) std::erase(cell, ',');
  };
  for (auto& row : cells) std::for_each(row.begin(), row.end(), without_thousands);
  return rows_under_header(cells, expected);
}

// Braces match, but for those behind a backslash.
bool braces_match(std::string_view text) {
  int open = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '{') {
      ++open;
    } else if (text[i] == '}' && --open < 0) {
      return false;
    }
  }
  return open == 0;
}

std::string latex(const std::string& text, const Expected& expected) {
  Records found;
  for (const std::string& line : lines_of(text)) {
    if (std::string wrong = has_controls(line); !wrong.empty()) return wrong;
    if (begins(line, "% skipped: ")) {
      found.push_back(Became::skipped);
    } else if (begins(line, "% ")) {
      found.push_back(Became::failed);
    } else if (begins(line, "\\begin{tabular}")) {
      found.push_back(Became::answered);
    } else if (!braces_match(line)) {
      return "braces do not match: " + line;
    }
  }
  if (count_of(text, "\\begin{tabular}") != count_of(text, "\\end{tabular}")) return "a table does not end";
  if (count_of(text, "\\begin{tabular}") != count_of(text, "Training ")) return "a table has no sentence";
  return compare(found, expected.records);
}

std::string model_card(const std::string& text, const Expected&) {
  const std::vector<std::string> lines = lines_of(text);
  static constexpr std::array<std::string_view, 8> wanted = {"---",
      "co2_eq_emissions:", "  emissions: ", "  source: \"", "  training_type: \"",
      "  geographical_location: \"", "  hardware_used: \"", "---"};
  if (lines.size() != wanted.size()) return "has " + std::to_string(lines.size()) + " lines";
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!begins(lines[i], wanted[i])) return "lacks " + std::string(wanted[i]);
    if (std::string wrong = has_controls(lines[i]); !wrong.empty()) return wrong;
  }
  const std::string emissions = lines[2].substr(wanted[2].size());
  const bool plain = !emissions.empty() && emissions.find_first_not_of("0123456789.") == emissions.npos;
  return plain ? "" : "emissions are " + emissions;
}

std::string model_card_section(const std::string& text, const Expected&) {
  if (!begins(text, "## Environmental Impact\n\n")) return "has no heading";
  for (const char* bullet :
      {"Hardware Type", "Hours used", "Cloud Provider", "Compute Region", "Carbon Emitted"}) {
    if (count_of(text, "\n- **" + std::string(bullet) + ":** ") != 1) return "lacks " + std::string(bullet);
  }
  for (const std::string& line : lines_of(text)) {
    if (std::string wrong = has_controls(line); !wrong.empty()) return wrong;
  }
  return {};
}

std::string bibtex(const std::string& text, const Expected&) {
  if (text.empty()) return {};  // an answer from stated figures alone
  if (!begins(text, "@")) return "does not begin with an entry";
  return braces_match(text) ? "" : "braces do not match";
}

struct OutputShape {
  std::string_view format;
  bool is_for_one_run;
  std::string (*wrong)(const std::string& text, const Expected& expected);
};

constexpr std::array output_shapes = {
    OutputShape{"text", false, for_people},
    OutputShape{"json", false, json},
    OutputShape{"ndjson", false, ndjson},
    OutputShape{"csv", false, [](const std::string& t, const Expected& e) { return delimited(t, e, ','); }},
    OutputShape{"tsv", false, [](const std::string& t, const Expected& e) { return delimited(t, e, '\t'); }},
    OutputShape{"markdown", false, markdown},
    OutputShape{"latex", false, latex},
    OutputShape{"model-card", true, model_card},
    OutputShape{"model-card-section", true, model_card_section},
    OutputShape{"bibtex", true, bibtex},
};

const OutputShape* find_output_shape(std::string_view format) {
  const auto found = std::find_if(output_shapes.begin(), output_shapes.end(),
      [&](const OutputShape& shape) { return shape.format == format; });
  return found == output_shapes.end() ? nullptr : &*found;
}

// ---- sheets ----

std::string sheet_for_people(const std::string& text, bool) {
  for (const std::string& line : lines_of(text)) {
    if (std::string wrong = has_controls(line); !wrong.empty()) return wrong;
    if (!line.empty() && line.back() == ' ') return "a line ends in blanks: " + line;
  }
  return text.empty() || text.back() == '\n' ? "" : "its last line has no end";
}

std::string wrong_with_json_sheet(const Json& sheet) {
  if (!sheet.is_object() || !sheet.contains("table") || sheet.value("schema", 0) != 1) return "is no sheet";
  if (!sheet.contains("rows") || !sheet["rows"].is_array()) return "has no rows";
  for (const Json& row : sheet["rows"]) {
    if (!row.is_object()) return "a row is no object";
    for (const Json& cell : row) {
      if (cell.is_null()) return "an empty cell has a key";
    }
  }
  return {};
}

std::string json_sheet(const std::string& text, bool several) {
  const Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) return "is no JSON";
  if (!several) return wrong_with_json_sheet(document);
  if (document.is_object()) return wrong_with_json_sheet(document);  // of them there is but one
  for (const Json& sheet : document) {
    if (std::string wrong = wrong_with_json_sheet(sheet); !wrong.empty()) return wrong;
  }
  return {};
}

std::string ndjson_sheet(const std::string& text, bool) {
  if (!text.empty() && text.back() != '\n') return "its last line has no end";
  for (const std::string& line : lines_of(text)) {
    if (!Json::parse(line, nullptr, false).is_object()) return "a line is no JSON object: " + line;
  }
  return {};
}

std::string delimited_sheet(const std::string& text, char delimiter) {
  if (text.empty() || text.back() != '\n') return "its last line has no end";
  return wrong_with_widths(cells_of(text, delimiter));
}

std::string markdown_sheet(const std::string& text, bool) {
  std::vector<std::string> lines = lines_of(text);
  std::vector<std::string> table;
  lines.emplace_back();  // the end of the last table
  for (const std::string& line : lines) {
    if (std::string wrong = has_controls(line); !wrong.empty()) return wrong;
    if (begins(line, "|")) {
      table.push_back(line);
    } else if (!table.empty()) {
      std::string wrong;
      markdown_cells(table, wrong);
      if (!wrong.empty()) return wrong;
      table.clear();
    }
  }
  return {};
}

// The text format of metrics: https://prometheus.io/docs/instrumenting/exposition_formats/
std::string prometheus_sheet(const std::string& text, bool) {
  static const std::regex comment("# (HELP [a-z0-9_]+ .+|TYPE [a-z0-9_]+ gauge)");
  static const std::regex sample(
      R"re([a-z0-9_]+(\{[a-zA-Z_]\w*="([^"\\]|\\.)*"(,[a-zA-Z_]\w*="([^"\\]|\\.)*")*\})? -?[0-9.e+-]+)re");
  if (!text.empty() && text.back() != '\n') return "its last line has no end";
  for (const std::string& line : lines_of(text)) {
    if (!std::regex_match(line, line.front() == '#' ? comment : sample)) return "is no metric: " + line;
  }
  return {};
}

struct SheetShape {
  std::string_view format;
  std::string (*wrong)(const std::string& text, bool several);
};

constexpr std::array sheet_shapes = {
    SheetShape{"text", sheet_for_people},
    SheetShape{"json", json_sheet},
    SheetShape{"ndjson", ndjson_sheet},
    SheetShape{"csv", [](const std::string& text, bool) { return delimited_sheet(text, ','); }},
    SheetShape{"tsv", [](const std::string& text, bool) { return delimited_sheet(text, '\t'); }},
    SheetShape{"markdown", markdown_sheet},
    SheetShape{"prometheus", prometheus_sheet},
};

}  // namespace

bool is_for_one_run(std::string_view format) {
  const OutputShape* shape = find_output_shape(format);
  return shape != nullptr && shape->is_for_one_run;
}

std::string wrong_with_output(std::string_view format, const std::string& text, const Expected& expected) {
  const OutputShape* shape = find_output_shape(format);
  if (shape == nullptr) return "no checker in tests/contract/shapes.cpp for " + std::string(format);
  return shape->wrong(text, expected);
}

std::string wrong_with_sheet(std::string_view format, const std::string& text, bool several) {
  for (const SheetShape& shape : sheet_shapes) {
    if (shape.format == format) return shape.wrong(text, several);
  }
  return "no checker in tests/contract/shapes.cpp for " + std::string(format);
}

std::string wrong_with_words(const std::string& text) {
  if (text.empty()) return "is empty";
  if (text.back() != '\n') return "its last line has no end";
  for (const std::string& line : lines_of(text)) {
    if (!begins(line, "footpound: ")) return "a line that is not ours: " + line;
    if (std::string wrong = has_controls(line); !wrong.empty()) return wrong;
  }
  return {};
}

std::vector<std::vector<std::string>> cells_of(std::string_view text, char delimiter) {
  std::vector<std::vector<std::string>> rows;
  bool quoted = false;
  bool begun = false;  // a record
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!begun) {
      rows.emplace_back(1);
      begun = true;
    }
    std::string& cell = rows.back().back();
    if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"') {
      cell += text[++i];
    } else if (c == '"' && (quoted || cell.empty())) {
      quoted = !quoted;
    } else if (quoted) {
      cell += c;
    } else if (c == delimiter) {
      rows.back().emplace_back();
    } else if (c == '\n') {
      begun = false;
    } else if (c != '\r') {
      cell += c;
    }
  }
  return rows;
}

}  // namespace footpound::contract
