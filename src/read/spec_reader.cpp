// SPDX-License-Identifier: MIT
#include "read/spec_reader.hpp"

#include <algorithm>
#include <string>

#include "read/column_meaning.hpp"
#include "text/json_text.hpp"

namespace footpound {

namespace {

constexpr std::string_view blanks = " \t\r\n";

// Tells lines of a text; faster where it is asked for them in their order.
class Lines {
 public:
  explicit Lines(std::string_view text) : begin_(text.data()), at_(text.data()) {}

  std::uint64_t of(const char* place) {
    if (place < at_) {
      at_ = begin_;
      line_ = 1;
    }
    line_ += static_cast<std::uint64_t>(std::count(at_, place, '\n'));
    at_ = place;
    return line_;
  }

 private:
  const char* begin_;
  const char* at_;
  std::uint64_t line_ = 1;
};

std::string_view meaning(std::string_view raw, Record& record) {
  std::string scratch;
  const std::optional<std::string_view> text = json_meaning(raw, scratch);
  if (!text || text->data() != scratch.data()) return text.value_or(raw);
  record.decoded.push_back(std::move(scratch));
  return record.decoded.back();
}

std::optional<Error> set_member(std::string_view key, std::string_view value, Record& record) {
  if (std::optional<Error> refused = refused_field(key)) return refused;
  const Field* field = find_field(key);
  if (field == nullptr) {
    const std::string_view near = near_field(key);
    return Error{ErrorKind::unknown_name, {}, "unknown key " + in_quotes(key),
        near.empty() ? "`footpound estimate --help` lists the fields"
                     : "did you mean " + in_quotes(near) + "?"};
  }
  if ((record.stated & bit(*field)) != 0)
    return Error{ErrorKind::malformed, std::string(key), "is stated twice", "leave one of them out"};
  if (value.front() == '{' || value.front() == '[') {
    return Error{
        ErrorKind::bad_value, std::string(key), "is " + in_quotes(value), "write a text or a number"};
  }
  if (value == "null") return std::nullopt;
  std::string_view text = value;
  if (value.front() == '"') {
    text = meaning(value.substr(1, value.size() - 2), record);
    if (text.find_first_not_of(blanks) == std::string_view::npos) {
      return Error{ErrorKind::bad_value, std::string(key), "is empty", "leave the key out, or write null"};
    }
  }
  Result<void> done = set_field(*field, key, text, record);
  if (!done) return done.error();
  return std::nullopt;
}

std::optional<SpecError> read_spec(std::string_view object, Lines& lines, Record& record) {
  std::optional<SpecError> wrong;
  object.remove_prefix(object.find_first_not_of(blanks));  // there is something in it
  record.line = lines.of(object.data());
  if (object.front() != '{') {
    return SpecError{record.line,
        Error{ErrorKind::malformed, {},
            in_quotes(object.substr(0, object.find_last_not_of(blanks) + 1)) + " is no JSON object",
            "a spec is one, or an array of them"}};
  }
  JsonObject members(object);
  const char* malformed = members.each([&](std::string_view raw_key, std::string_view value) {
    std::optional<Error> error = set_member(meaning(raw_key, record), value, record);
    if (error) wrong = SpecError{lines.of(raw_key.data()), std::move(*error)};
    return !error;
  });
  if (malformed != nullptr) {
    const char* at = object.data() + std::min(members.at(), object.size());
    wrong = SpecError{
        lines.of(at), Error{ErrorKind::malformed, {}, std::string("the JSON object ") + malformed, {}}};
  }
  return wrong;
}

}  // namespace

bool is_spec_array(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  return begin != std::string_view::npos && text[begin] == '[';
}

bool looks_like_spec(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return false;
  if (text[begin] == '[') return true;
  if (text[begin] != '{') return false;
  const std::size_t length = json_value_length(text);
  // a stream has something behind its first object
  return length == 0 ? text.find('\n', begin) == begin + 1
                     : text.find_first_not_of(blanks, length) == std::string_view::npos;
}

std::vector<Record> read_specs(std::string_view text, const Spec& base, std::optional<SpecError>& error) {
  std::vector<Record> records;
  Lines lines(text);
  const auto fail = [&](const char* at, std::string what) {
    error = SpecError{lines.of(at), Error{ErrorKind::malformed, {}, std::move(what), {}}};
    return std::vector<Record>();
  };
  const auto add = [&](std::string_view object) {
    records.emplace_back();
    records.back().spec = base;
    error = read_spec(object, lines, records.back());
    return !error;
  };
  std::size_t at = text.find_first_not_of(blanks);
  if (at == std::string_view::npos) return fail(text.data(), "is empty");
  if (text[at] != '[') {
    add(text);
    return error ? std::vector<Record>() : std::move(records);
  }
  ++at;
  while (true) {
    at = std::min(text.find_first_not_of(blanks, at), text.size());
    if (at < text.size() && text[at] == ']' && records.empty()) break;
    const std::size_t length = json_value_length(text.substr(at));
    if (length == 0) return fail(text.data() + at, "the JSON array has a bad value");
    if (!add(text.substr(at, length))) return {};
    at = std::min(text.find_first_not_of(blanks, at + length), text.size());
    if (at < text.size() && text[at] == ']') break;
    if (at >= text.size() || text[at] != ',')
      return fail(text.data() + at, "the JSON array lacks a comma or its end");
    ++at;
  }
  if (text.find_first_not_of(blanks, at + 1) != std::string_view::npos)
    return fail(text.data() + at, "goes on after the array");
  return records;
}

}  // namespace footpound
