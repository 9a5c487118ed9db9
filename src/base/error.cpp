// SPDX-License-Identifier: MIT
#include "footpound/base/error.hpp"

#include <algorithm>

#include "base/late_words.hpp"
#include "base/told_kind.hpp"
#include "base/utf8.hpp"

namespace footpound {

namespace {

constexpr std::size_t quoted_limit = 60;

void append_escaped(std::string& out, std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += "\\x";
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
}

}  // namespace

std::string_view name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::bad_value: return "bad value";
    case ErrorKind::out_of_range: return "out of range";
    case ErrorKind::unknown_name: return "unknown name";
    case ErrorKind::ambiguous: return "ambiguous name";
    case ErrorKind::missing: return "missing";
    case ErrorKind::contradiction: return "contradiction";
    case ErrorKind::refused: return "refused";
    case ErrorKind::malformed: return "malformed";
    case ErrorKind::misfit: return "misfit row";
    case ErrorKind::skipped: return "skipped";
  }
  return "error";
}

std::optional<Error> error_told_by(std::string_view message) {
  for (const ErrorKind kind : told_kinds) {
    const std::string_view mark = name(kind);
    if (message.starts_with(mark) && message.substr(mark.size()).starts_with(": "))
      return Error{kind, {}, std::string(message.substr(mark.size() + 2)), {}};
  }
  return std::nullopt;
}

Error with_its_words(Error error) {
  if (!error.late) return error;
  const ErrorWords& words = error.late->get();
  error.what.insert(0, words.what);
  error.instead.insert(0, words.instead);
  error.late.reset();
  return error;
}

std::string message(const Error& error) {
  std::string text;
  for (const ErrorKind kind : told_kinds) {
    if (error.kind == kind) text = std::string(name(kind)) + ": ";
  }
  if (!error.field.empty()) text += printable(error.field) + ": ";
  if (error.late) text += error.late->get().what;
  text += error.what;
  const std::string instead = (error.late ? error.late->get().instead : std::string()) + error.instead;
  if (!instead.empty()) text += (text.ends_with('?') ? " " : "; ") + instead;
  return text;
}

std::string printable(std::string_view text) {
  // mostly it is plain
  if (std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; }))
    return std::string(text);
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0 || is_control(text.substr(0, length))) {
      const std::size_t bad = length == 0 ? 1 : length;
      append_escaped(out, text.substr(0, bad));
      text.remove_prefix(bad);
    } else {
      out += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
  return out;
}

std::string in_quotes(std::string_view text) {
  std::string_view shown = text;
  if (shown.size() > quoted_limit) {
    shown = shown.substr(0, quoted_limit);
    // never cut a character in half: its beginning is at most three bytes back
    std::size_t whole = shown.size();
    while (whole + 3 > quoted_limit && (static_cast<unsigned char>(text[whole]) & 0xC0) == 0x80) --whole;
    if ((static_cast<unsigned char>(text[whole]) & 0xC0) != 0x80) shown = shown.substr(0, whole);
  }
  const std::string text_shown = printable(shown);
  std::string out;
  out.reserve(text_shown.size() + 5);
  out = '"';
  for (const char c : text_shown) {
    if (c == '"') out += '\\';
    out += c;
  }
  if (shown.size() < text.size()) out += "...";
  out += '"';
  return out;
}

}  // namespace footpound
