// SPDX-License-Identifier: MIT
#include "specs/answered.hpp"

#include <algorithm>
#include <cstdlib>

#include "contract/shapes.hpp"
#include "record/outputs.hpp"
#include "text/json_text.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

std::size_t column_of(std::string_view name) {
  for (std::size_t i = 0; i < output_fields().size(); ++i) {
    if (output_fields()[i].name == name) return i;
  }
  std::abort();
}

}  // namespace

const std::string& at(const Answered& answer, std::string_view name) { return answer[column_of(name)]; }

bool is_answer(const Answered& answer) { return at(answer, "error").empty(); }
bool is_failure(const Answered& answer) {
  return !is_answer(answer) && at(answer, "error").substr(0, 8) != "skipped:";
}

std::optional<double> number_of(const std::string& text) {
  double value = 0;
  return parse_number(text, value) ? std::optional(value) : std::nullopt;
}

std::optional<Answered> answer_of_json(std::string_view object) {
  Answered answer(output_fields().size());
  std::size_t found = 0;
  JsonObject members(object);
  const char* wrong = members.each([&](std::string_view key, std::string_view value) {
    for (std::size_t i = 0; i < answer.size(); ++i) {
      if (output_fields()[i].name != key) continue;
      ++found;
      std::string scratch;
      answer[i] = value == "null" ? std::string()
                  : value.front() == '"'
                      ? std::string(json_meaning(value.substr(1, value.size() - 2), scratch).value_or("?"))
                      : std::string(value);
    }
    return true;
  });
  return wrong == nullptr && found == answer.size() ? std::optional(answer) : std::nullopt;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<Answered> answers_of_ndjson(std::string_view text) {
  std::vector<Answered> answers;
  for (const std::string_view line : lines_of(text)) {
    if (std::optional<Answered> answer = answer_of_json(line)) answers.push_back(std::move(*answer));
  }
  return answers;
}

std::vector<Answered> answers_of_delimited(std::string_view text, char delimiter) {
  std::vector<Answered> answers;
  const auto rows = contract::cells_of(text, delimiter);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::vector<std::string>& row = rows[i];
    if (row.size() < output_fields().size()) return {};
    answers.emplace_back(row.end() - static_cast<std::ptrdiff_t>(output_fields().size()), row.end());
  }
  return answers;
}

}  // namespace footpound
