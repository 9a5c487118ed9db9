// SPDX-License-Identifier: MIT
#include "specs/shapes.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "io/json_text.hpp"

namespace footpound {

namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Characters that no backslash stands before.
std::size_t unescaped(std::string_view text, char c) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == c) {
      ++count;
    }
  }
  return count;
}

std::string unbalanced_braces(std::string_view text) {
  long depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '{') {
      ++depth;
    } else if (text[i] == '}' && --depth < 0) {
      return "a brace is closed that none opened";
    }
  }
  return depth == 0 ? std::string() : "a brace is left open";
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

// JSON by its grammar, of which nlohmann's parser refuses numbers beyond a double: an own field may be one.
bool holds_only_large_numbers(std::string_view text) {
  const std::string_view all = text.substr(0, text.find_last_not_of("\r\n") + 1);
  return json_value_length(all) == all.size();
}

std::string delimited(const std::string& text, char delimiter) {
  const auto rows = cells_of(text, delimiter);
  if (!rows) return "its quotes do not match";
  if (rows->empty()) return "it has no header";
  for (const std::vector<std::string>& row : *rows) {
    if (row.size() != rows->front().size())
      return "a row has " + std::to_string(row.size()) + " cells, the header " +
             std::to_string(rows->front().size());
  }
  return {};
}

std::string ndjson(const std::string& text) {
  for (const std::string_view line : lines_of(text)) {
    // own fields pass as they came, which may be no UTF-8
    if (is_utf8(line) && !nlohmann::json::parse(line, nullptr, false).is_object() &&
        !holds_only_large_numbers(line))
      return "a line is no JSON object: " + std::string(line);
  }
  return {};
}

std::string json(const std::string& text, bool rows) {
  if (!is_utf8(text)) return rows ? std::string() : "it is no UTF-8";
  const auto parsed = nlohmann::json::parse(text, nullptr, false);
  if (parsed.is_discarded()) return rows && holds_only_large_numbers(text) ? "" : "it is no JSON";
  return parsed.is_array() == rows ? std::string() : "it is no " + std::string(rows ? "array" : "object");
}

// Every run of lines that are a table has as many cells in each.
std::string markdown(const std::string& text) {
  std::size_t width = 0;
  bool any = false;
  for (const std::string_view line : lines_of(text)) {
    if (line.empty() || line.front() != '|') {
      width = 0;
      continue;
    }
    any = true;
    const std::size_t cells = unescaped(line, '|');
    if (line.back() != '|' || (width != 0 && cells != width))
      return "a row of a table has other cells: " + std::string(line);
    width = cells;
  }
  return any ? std::string() : "it has no table";
}

std::string latex(const std::string& text, bool rows) {
  std::string set;  // without its comments, which say what failed
  for (const std::string_view line : lines_of(text)) {
    if (line.substr(0, 1) != "%") set += std::string(line) + "\n";
  }
  if (std::string wrong = unbalanced_braces(set); !wrong.empty()) return wrong;
  bool inside = false;
  std::size_t tables = 0;
  for (const std::string_view line : lines_of(text)) {
    if (line.substr(0, 15) == "\\begin{tabular}") {
      if (inside) return "a table begins inside another";
      inside = true;
      ++tables;
    } else if (line == "\\end{tabular}") {
      if (!inside) return "a table ends that did not begin";
      inside = false;
    } else if (inside && line != "\\hline" && line.substr(0, 12) != "\\multicolumn" &&
               (unescaped(line, '&') != 1 ||
                   line.substr(std::max<std::size_t>(line.size(), 2) - 2) != "\\\\")) {
      return "a row of a table has no two cells: " + std::string(line);
    }
  }
  if (inside) return "a table does not end";
  return tables > 0 || rows ? std::string() : "it has no table";
}

// The Hub's five keys, in their order, each a scalar of one line.
std::string model_card(const std::string& text) {
  static constexpr std::array<std::string_view, 5> keys = {
      "emissions", "source", "training_type", "geographical_location", "hardware_used"};
  const std::vector<std::string_view> lines = lines_of(text);
  if (lines.size() != keys.size() + 3 || lines.front() != "---" || lines[1] != "co2_eq_emissions:" ||
      lines.back() != "---")
    return "it is no front matter of five keys";
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string start = "  " + std::string(keys[i]) + ": ";
    const std::string_view line = lines[i + 2];
    if (line.substr(0, start.size()) != start) return "key " + std::string(keys[i]) + " is not at its place";
    const std::string_view value = line.substr(start.size());
    if (i == 0 && (value.empty() || value.find_first_not_of("0123456789.") != std::string_view::npos))
      return "emissions are no plain number: " + std::string(value);
    if (i > 0 && !nlohmann::json::parse(value, nullptr, false).is_string())
      return std::string(keys[i]) + " is no quoted text";
  }
  return {};
}

std::string model_card_section(const std::string& text) {
  const std::vector<std::string_view> lines = lines_of(text);
  if (lines.empty() || lines.front() != "## Environmental Impact") return "it has not the template's heading";
  const auto bullets = std::count_if(
      lines.begin(), lines.end(), [](std::string_view line) { return line.substr(0, 4) == "- **"; });
  return bullets == 5 ? std::string() : "it has " + std::to_string(bullets) + " bullets, the template five";
}

std::string bibtex(const std::string& text) {
  if (text.empty() || text.front() != '@') return "it does not begin with an entry";
  return unbalanced_braces(text);
}

std::string for_people(const std::string& text) {
  if (text.empty() || text.back() != '\n') return "its last line does not end";
  return text.find("kWh") != std::string::npos || text.find("no answer") != std::string::npos
             ? std::string()
             : "it names no energy";
}

}  // namespace

std::string wrong_shape(std::string_view format, const std::string& text, bool rows) {
  if (format == "csv") return delimited(text, ',');
  if (format == "tsv") return delimited(text, '\t');
  if (format == "ndjson") return ndjson(text);
  if (format == "json") return json(text, rows);
  if (std::string wrong = wrong_bytes(text); !wrong.empty()) return wrong;
  if (format == "markdown") return markdown(text);
  if (format == "latex") return latex(text, rows);
  if (format == "model-card") return model_card(text);
  if (format == "model-card-section") return model_card_section(text);
  if (format == "bibtex") return bibtex(text);
  if (format == "text") return for_people(text);
  return "nobody has said what its shape is (tests/specs/shapes.cpp)";
}

std::optional<std::vector<std::vector<std::string>>> cells_of(std::string_view text, char delimiter) {
  std::vector<std::vector<std::string>> rows;
  std::size_t at = 0;
  while (at < text.size()) {
    std::vector<std::string>& row = rows.emplace_back();
    while (true) {
      std::string& cell = row.emplace_back();
      if (at < text.size() && text[at] == '"') {
        for (++at;; cell += text[at++]) {
          const std::size_t quote = text.find('"', at);
          if (quote == std::string_view::npos) return std::nullopt;
          cell += text.substr(at, quote - at);
          at = quote + 1;
          if (at >= text.size() || text[at] != '"') break;
        }
        if (at < text.size() && text[at] != delimiter && text[at] != '\n') return std::nullopt;
      } else {
        while (at < text.size() && text[at] != delimiter && text[at] != '\n') cell += text[at++];
      }
      if (at >= text.size() || text[at++] != delimiter) break;
    }
  }
  return rows;
}

std::string wrong_bytes(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return "it is no UTF-8";
    const std::string_view character = text.substr(0, length);
    if (is_control(character) && character != "\n") return "it holds a control character";
    text.remove_prefix(length);
  }
  return {};
}

}  // namespace footpound
