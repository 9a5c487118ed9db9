// SPDX-License-Identifier: MIT
#include "read/column_meaning.hpp"

#include <algorithm>

#include "base/letters.hpp"

namespace footpound {

ColumnMeaning meaning_of(std::string_view name) { return {find_field(name), find_output(name)}; }

bool keeps(const ReaderOptions& options, std::string_view name) {
  const std::vector<std::string>& wanted = options.own_fields_wanted;
  const auto is_it = [&](std::string_view word) { return same_without_case(word, name); };
  return options.keep_own_fields && (wanted.empty() || std::any_of(wanted.begin(), wanted.end(), is_it));
}

std::string near_miss(std::string_view name) {
  if (find_field(name) != nullptr || find_output(name) != nullptr) return {};
  if (const std::optional<Error> refused = refused_field(name)) return message(*refused);
  if (name.size() <= 3) return {};
  // a note for every foreign column ("note", "notes") would drown the ones that matter
  const std::string_view near = near_field(name, name.size() < 6 ? 1 : 2);
  return near.empty()
             ? std::string()
             : "column " + in_quotes(name) + " is passed through; did you mean " + in_quotes(near) + "?";
}

void NameNotes::add(std::string note) {
  if (note.empty()) return;
  if (first_.size() < most) {
    first_.push_back(std::move(note));
  } else {
    ++more_;
  }
}

std::vector<std::string> NameNotes::notes() const {
  std::vector<std::string> notes = first_;
  if (more_ > 0)
    notes.push_back("so are " + std::to_string(more_) + " more columns whose names nearly are a field's");
  return notes;
}

std::optional<Error> KnownColumns::add(std::string_view name, const ColumnMeaning& meaning) {
  if (meaning.field == nullptr && meaning.output == nullptr) return std::nullopt;
  for (const auto& [known, other] : known_) {
    if (known.field == meaning.field && known.output == meaning.output) {
      return Error{ErrorKind::malformed, std::string(name), "means the same as column " + in_quotes(other),
          "leave one of them out"};
    }
  }
  known_.emplace_back(meaning, name);
  return std::nullopt;
}

}  // namespace footpound
