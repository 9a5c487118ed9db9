// SPDX-License-Identifier: MIT
#include "text/json_text.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#include "base/utf8.hpp"
#include "units/number_text.hpp"

namespace footpound {

namespace {

constexpr int deepest_nesting = 256;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Which of eight bytes end a run of plain string bytes ('"', '\\', or below 0x20): the highest bit
// of each is set, but for bits above the lowest one, which may be set without cause.
// (Bit tricks: "Determine if a word has a byte equal to n", S. E. Anderson.)
std::uint64_t stops_in(std::uint64_t word) {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t highs = 0x8080808080808080U;
  const auto zero = [&](std::uint64_t w) { return (w - ones) & ~w; };
  const std::uint64_t control = (word - ones * 0x20) & ~word;
  return (zero(word ^ (ones * '"')) | zero(word ^ (ones * '\\')) | control) & highs;
}

bool is_plain_byte(char c) { return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20; }

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Four hexadecimal digits; -1 where they are not.
int hex_unit(std::string_view text) {
  if (text.size() < 4) return -1;
  int unit = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const int digit = hex_digit(text[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto byte = [&](std::uint32_t b) { out += static_cast<char>(b); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | (code >> 6));
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | (code >> 18));
    byte(0x80 | ((code >> 12) & 0x3F));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

// One escape, `raw` begins behind its backslash; returns its length, 0 where it is none.
std::size_t append_escaped(std::string& out, std::string_view raw) {
  if (raw.empty()) return 0;
  switch (raw.front()) {
    case '"':
    case '\\':
    case '/': out += raw.front(); return 1;
    case 'b': out += '\b'; return 1;
    case 'f': out += '\f'; return 1;
    case 'n': out += '\n'; return 1;
    case 'r': out += '\r'; return 1;
    case 't': out += '\t'; return 1;
    case 'u': break;
    default: return 0;
  }
  const int unit = hex_unit(raw.substr(1));
  if (unit < 0) return 0;
  const bool high = unit >= 0xD800 && unit <= 0xDBFF;
  if (high && raw.size() >= 11 && raw[5] == '\\' && raw[6] == 'u') {
    const int low = hex_unit(raw.substr(7));
    if (low >= 0xDC00 && low <= 0xDFFF) {
      append_utf8(out, 0x10000U + (static_cast<std::uint32_t>(unit - 0xD800) << 10) +
                           static_cast<std::uint32_t>(low - 0xDC00));
      return 11;
    }
  }
  const bool lone_surrogate = unit >= 0xD800 && unit <= 0xDFFF;
  append_utf8(out, lone_surrogate ? 0xFFFDU : static_cast<std::uint32_t>(unit));
  return 5;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  out += '"';
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      out += "\xEF\xBF\xBD";  // U+FFFD
      text.remove_prefix(1);
      continue;
    }
    const auto byte = static_cast<unsigned char>(text.front());
    if (length == 1 && (byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F)) {
      switch (byte) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
          out += "\\u00";
          out += digits[byte >> 4];
          out += digits[byte & 15];
      }
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  out += '"';
}

void append_json_number(std::string& out, double value) { append_number(out, value); }

void append_json_number(std::string& out, std::optional<double> value) {
  if (value) {
    append_number(out, *value);
  } else {
    out += "null";
  }
}

std::optional<std::string_view> json_meaning(std::string_view raw, std::string& scratch) {
  std::size_t escape = raw.find('\\');
  if (escape == std::string_view::npos) return raw;
  scratch.clear();
  while (escape != std::string_view::npos) {
    scratch += raw.substr(0, escape);
    raw.remove_prefix(escape + 1);
    const std::size_t length = append_escaped(scratch, raw);
    if (length == 0) return std::nullopt;
    raw.remove_prefix(length);
    escape = raw.find('\\');
  }
  scratch += raw;
  return scratch;
}

bool JsonObject::string() {
  std::size_t at = at_ + 1;
  while (true) {
    std::uint64_t stops = 0;
    for (; at + 8 <= text_.size(); at += 8) {
      std::uint64_t word;
      std::memcpy(&word, text_.data() + at, 8);
      stops = stops_in(word);
      if (stops != 0) break;
    }
    static_assert(std::endian::native == std::endian::little);
    if (stops != 0) at += static_cast<std::size_t>(std::countr_zero(stops)) / 8;
    while (at < text_.size() && is_plain_byte(text_[at])) ++at;
    at_ = at;
    if (at >= text_.size()) return false;
    ++at_;
    if (text_[at] == '"') return true;
    if (text_[at] != '\\') return false;
    has_escapes_ = true;
    if (at_ >= text_.size()) return false;
    const char escaped = text_[at_++];
    if (escaped == 'u') {
      if (hex_unit(text_.substr(at_)) < 0) return false;
      at_ += 4;
    } else if (std::string_view("\"\\/bfnrt").find(escaped) == std::string_view::npos) {
      return false;
    }
    at = at_;
  }
}

bool JsonObject::number() {
  const auto digits = [&] {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ > begin;
  };
  take('-');
  if (take('0')) {
    // no digit may follow a leading zero
  } else if (!digits()) {
    return false;
  }
  if (take('.') && !digits()) return false;
  if (take('e') || take('E')) {
    if (!take('+')) take('-');
    if (!digits()) return false;
  }
  return true;
}

bool JsonObject::literal(std::string_view word) {
  if (text_.substr(at_, word.size()) != word) return false;
  at_ += word.size();
  return true;
}

bool JsonObject::value() {
  if (at_ >= text_.size()) return false;
  switch (text_[at_]) {
    case '"': return string();
    case '{':
    case '[': return nested();
    case 't': return literal("true");
    case 'f': return literal("false");
    case 'n': return literal("null");
    default: return number();
  }
}

// An object or array, without recursion: hostile nesting costs no stack.
bool JsonObject::nested() {
  char closers[deepest_nesting];
  int depth = 0;
  bool wants_value = true;  // just behind '[' or ',' or ':'
  bool may_close = false;   // just behind an opener
  while (true) {
    skip_blanks();
    if (at_ >= text_.size()) return false;
    const char c = text_[at_];
    if (depth > 0 && c == closers[depth - 1] && (!wants_value || may_close)) {
      ++at_;
      if (--depth == 0) return true;
      wants_value = may_close = false;
    } else if (!wants_value) {
      if (c != ',') return false;
      ++at_;
      wants_value = true;
      if (closers[depth - 1] == '}') {
        skip_blanks();
        if (at_ >= text_.size() || text_[at_] != '"' || !string()) return false;
        skip_blanks();
        if (!take(':')) return false;
      }
    } else if (c == '{' || c == '[') {
      if (depth == deepest_nesting) return false;
      closers[depth++] = c == '{' ? '}' : ']';
      ++at_;
      may_close = true;
      wants_value = true;
      if (c == '{') {
        skip_blanks();
        if (at_ < text_.size() && text_[at_] == '}') continue;
        if (at_ >= text_.size() || text_[at_] != '"' || !string()) return false;
        skip_blanks();
        if (!take(':')) return false;
        may_close = false;
      }
    } else {
      if (!value()) return false;
      wants_value = may_close = false;
    }
  }
}

std::size_t json_value_length(std::string_view text) {
  JsonObject scan(text);
  scan.skip_blanks();
  return scan.value() ? scan.at_ : 0;
}

}  // namespace footpound
