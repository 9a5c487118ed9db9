// SPDX-License-Identifier: MIT
// What came out of a record, read back: all columns, as texts that are the same in every encoding.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace footpound {

// In the order of output_fields(); "" where there is none.
using Answered = std::vector<std::string>;

const std::string& at(const Answered& answer, std::string_view column);
bool is_answer(const Answered& answer);
bool is_failure(const Answered& answer);  // neither answered nor skipped
std::optional<double> number_of(const std::string& text);

// What the object says of our columns; nullopt where it lacks one.
std::optional<Answered> answer_of_json(std::string_view object);
// Of a line each, those that hold all columns.
std::vector<Answered> answers_of_ndjson(std::string_view text);
// Ours are the last ones.
std::vector<Answered> answers_of_delimited(std::string_view text, char delimiter);

std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace footpound
