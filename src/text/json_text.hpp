// SPDX-License-Identifier: MIT
// Text of JSON values, written and taken apart by hand: the row path builds no trees.
// Grammar: RFC 8259.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace footpound {

// Appends `text` as a JSON string. Bytes that are no UTF-8 become U+FFFD, so that what we
// write is always JSON.
void append_json_string(std::string& out, std::string_view text);
void append_json_number(std::string& out, double value);
void append_json_number(std::string& out, std::optional<double> value);  // null where empty

// The meaning of a JSON string, given what stands between its quotes. Points into `raw`, or
// into `scratch` where escapes had to be undone; nullopt: a bad escape.
std::optional<std::string_view> json_meaning(std::string_view raw, std::string& scratch);

// Length of the JSON value `text` begins with (after blanks, which count), 0 where it begins
// with none or is cut off. Nesting deeper than 256 is none.
std::size_t json_value_length(std::string_view text);

// Walks over the members of one object that is all of `text` but blanks: calls
// `visit(key between its quotes, value as written)`; stops and returns false when `visit` does.
// nullptr when all is well, else what is wrong, and `at` says where.
class JsonObject {
 public:
  explicit JsonObject(std::string_view text) : text_(text) {}
  template <class Visit>
  const char* each(Visit visit) {
    return each(visit, [] { return std::string_view(); });
  }
  // The same, faster where `expect()` tells the next key beforehand, as its file writes it.
  template <class Visit, class Expect>
  const char* each(Visit visit, Expect expect);
  std::size_t at() const { return at_; }
  // Of the member that is being visited:
  bool key_was_expected() const { return key_was_expected_; }
  bool value_has_escapes() const { return has_escapes_; }

 private:
  void skip_blanks() {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    // mostly there is none: one comparison
    while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) <= ' ' && is_blank(text_[at_])) ++at_;
  }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  // At an opening quote: steps over the string; false when it does not end or holds a control byte.
  bool string();
  bool value();
  bool number();
  bool nested();
  bool literal(std::string_view word);

  // Keys are short: overlapping words beat a call of memcmp.
  static bool same_bytes(const char* bytes, std::string_view expected) {
    const auto differ = [&](std::size_t at, std::size_t size) {
      std::uint64_t a = 0;
      std::uint64_t b = 0;
      std::memcpy(&a, bytes + at, size);
      std::memcpy(&b, expected.data() + at, size);
      return a ^ b;
    };
    const std::size_t size = expected.size();
    if (size > 16 || size < 4) return std::string_view(bytes, size) == expected;
    if (size >= 8) return (differ(0, 8) | differ(size - 8, 8)) == 0;
    return (differ(0, 4) | differ(size - 4, 4)) == 0;
  }

  bool step_over_key(std::string_view expected) {
    const std::size_t end = at_ + 1 + expected.size();
    key_was_expected_ = !expected.empty() && end < text_.size() && text_[end] == '"' &&
                        same_bytes(text_.data() + at_ + 1, expected);
    if (!key_was_expected_) return string();
    at_ = end + 1;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool key_was_expected_ = false;
  bool has_escapes_ = false;
  friend std::size_t json_value_length(std::string_view text);
};

template <class Visit, class Expect>
const char* JsonObject::each(Visit visit, Expect expect) {
  skip_blanks();
  if (!take('{')) return "is no object";
  skip_blanks();
  if (take('}')) {
    skip_blanks();
    return at_ == text_.size() ? nullptr : "goes on after the object";
  }
  while (true) {
    const std::size_t key = at_ + 1;
    if (at_ >= text_.size() || text_[at_] != '"' || !step_over_key(expect())) return "lacks a key";
    const std::size_t key_end = at_ - 1;
    skip_blanks();
    if (!take(':')) return "lacks a colon";
    skip_blanks();
    const std::size_t begin = at_;
    has_escapes_ = false;
    if (!value()) return "has a bad value";
    if (!visit(text_.substr(key, key_end - key), text_.substr(begin, at_ - begin))) return nullptr;
    skip_blanks();
    if (take('}')) break;
    if (!take(',')) return "lacks a comma or a closing brace";
    skip_blanks();
  }
  skip_blanks();
  return at_ == text_.size() ? nullptr : "goes on after the object";
}

}  // namespace footpound
