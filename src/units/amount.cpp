// SPDX-License-Identifier: MIT
// Amounts as people print them, made into plain ones.
#include "units/amount.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "base/letters.hpp"
#include "units/number_text.hpp"
#include "units/plain_amount.hpp"
#include "units/unit_table.hpp"

namespace footpound {

namespace {

using enum UnitKind;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

Error bad(std::string_view said, const std::string& what, std::string instead) {
  return Error{ErrorKind::bad_value, {}, in_quotes(said) + what, std::move(instead)};
}

constexpr char no_break = '\x01';  // stands for blanks that hold a number together

// Signs that look alike in print, as the one there is on a keyboard.
std::string with_plain_signs(std::string_view text) {
  constexpr std::array signs = {
      std::pair{"\xE2\x80\x93", '-'},       // en dash
      std::pair{"\xE2\x80\x94", '-'},       // em dash
      std::pair{"\xE2\x80\x91", '-'},       // hyphen that does not break
      std::pair{"\xE2\x88\x92", '-'},       // minus
      std::pair{"\xE2\x89\x88", '~'},       // almost equal
      std::pair{"\xE2\x88\xBC", '~'},       // tilde operator
      std::pair{"\xC2\xA0", no_break},      // no-break space
      std::pair{"\xE2\x80\xAF", no_break},  // narrow no-break space
      std::pair{"\xE2\x80\x89", no_break},  // thin space
  };
  std::string out;
  while (!text.empty()) {
    const auto sign = std::find_if(
        signs.begin(), signs.end(), [&](const auto& each) { return text.starts_with(each.first); });
    out += sign == signs.end() ? text.front() : sign->second;
    text.remove_prefix(sign == signs.end() ? 1 : std::string_view(sign->first).size());
  }
  return out;
}

// Drops `word` from the front, where something other than a letter follows.
bool drop_front(std::string_view& text, std::string_view word) {
  if (text.size() <= word.size() || !same_without_case(text.substr(0, word.size()), word)) return false;
  if (is_letter(word.back()) && is_letter(text[word.size()])) return false;
  text = trim(text.substr(word.size()));
  return true;
}

constexpr std::array near_words = {"~", "about", "approximately", "approx.", "approx", "around", "roughly",
    "ca.", "ca", "circa", "c.", "an estimated", "estimated", "estimate", "est.", "nearly", "almost", "some",
    "a total of", "total of", "in total", "total"};

bool is_near_enough(std::string_view text) {
  return std::any_of(
      near_words.begin(), near_words.end(), [&](const char* word) { return same_without_case(text, word); });
}

// Words that say "near enough", which a number without a spread says too.
std::string_view without_near_enough(std::string_view text) {
  bool found = true;
  while (found) {
    found = std::any_of(
        near_words.begin(), near_words.end(), [&](const char* word) { return drop_front(text, word); });
  }
  for (const std::string_view word : {" in total", " total", " approx.", " approx", " approximately"}) {
    if (text.size() > word.size() && same_without_case(text.substr(text.size() - word.size()), word))
      text = trim(text.substr(0, text.size() - word.size()));
  }
  return text;
}

bool is_limit(std::string_view text) {
  constexpr std::array words = {"<", ">", "\xE2\x89\xA4", "\xE2\x89\xA5", "less than", "more than", "over",
      "under", "up to", "at least", "at most", "below", "above", "max", "max.", "min.", "no more than"};
  return std::any_of(words.begin(), words.end(), [&](const char* word) { return drop_front(text, word); });
}

// A number as printed, with thousands marks.
struct Marked {
  std::size_t size = 0;  // bytes of it; 0: no such number begins here
  std::string plain;     // without marks, with a decimal point
  char mark = '\0';
  std::size_t groups = 0;  // of three digits behind a mark
  char decimals = '\0';    // what parts them, if there are any
};

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

Marked marked_number(std::string_view text) {
  constexpr std::string_view marks = ",' .\x01";
  std::size_t at = digits_at(text, 0);
  if (at == 0 || at > 3 || at == text.size() || text.front() == '0') return {};
  Marked found;
  found.mark = text[at];
  if (marks.find(found.mark) == std::string_view::npos) return {};
  found.plain = text.substr(0, at);
  for (; at < text.size() && text[at] == found.mark && digits_at(text, at + 1) == 3; at += 4, ++found.groups)
    found.plain += text.substr(at + 1, 3);
  if (found.groups == 0) return {};
  const char next = at < text.size() ? text[at] : '\0';
  if ((next == '.' || next == ',') && next != found.mark && digits_at(text, at + 1) > 0) {
    found.decimals = next;
    const std::size_t digits = digits_at(text, at + 1);
    found.plain += '.';
    found.plain += text.substr(at + 1, digits);
    at += 1 + digits;
  }
  if (found.mark == '.' && found.groups < 2 && found.decimals == '\0') return {};  // 1.234
  found.size = at;
  return found;
}

// Do whole words of English follow, whose commas part thousands?
bool goes_on_in_english(std::string_view text) {
  text = trim(text);
  std::size_t letters = 0;
  while (letters < text.size() && is_letter(text[letters])) ++letters;
  const std::string_view word = text.substr(0, letters);
  return letters >= 4 || same_without_case(word, "hrs") || same_without_case(word, "gpu") ||
         same_without_case(word, "tpu");
}

// Can its comma be no decimal one?
bool parts_thousands(const Marked& number, std::string_view behind, UnitKind kind) {
  if (number.groups > 1 || number.decimals == '.') return true;
  switch (kind) {
    case device_time:
    case devices:
    case count:  // nobody ends decimals in 0
      return number.plain.back() == '0' || goes_on_in_english(behind);
    case duration:
    case power:
    case energy: return goes_on_in_english(behind);
    default: return false;
  }
}

// The text with its numbers' thousands marks taken out; or what to write, where they may mean another number.
Result<std::string> without_marks(std::string_view text, std::string_view whole, UnitKind kind) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const bool begins = is_digit(text[at]) && (at == 0 || (!is_digit(text[at - 1]) && text[at - 1] != '.'));
    const Marked number = begins ? marked_number(text.substr(at)) : Marked();
    const std::size_t digits = begins ? digits_at(text, at) : 0;
    if (number.size > 0) {
      const std::string_view behind = text.substr(at + number.size);
      const bool comma = number.mark == ',';
      if (comma && number.decimals == '\0' && !parts_thousands(number, behind, kind)) {
        std::string decimal(text.substr(at, number.size));
        decimal[decimal.find(',')] = '.';
        return bad(whole, " has a comma, which may part thousands or decimals",
            "write " + number.plain + " or " + decimal);
      }
      const bool plain_blank = number.mark == ' ' && number.groups == 1;
      if (number.decimals == ',' || number.mark == '.' || plain_blank) {
        return bad(whole, " is not how numbers are written here",
            "write " + number.plain + ", with a point and without separators");
      }
      out += number.plain;
      at += number.size;
    } else if (digits > 0 && at + digits < text.size() && text[at + digits] == ',' &&
               digits_at(text, at + digits + 1) > 0) {
      const std::size_t decimals = digits_at(text, at + digits + 1);
      const std::size_t end = at + digits + 1 + decimals;
      if (end < text.size() && (text[end] == '.' || text[end] == ',')) return std::string(text);  // no number
      std::string point(text.substr(at, digits + 1 + decimals));
      point[digits] = '.';
      return bad(whole, " has a comma", "write " + point + ", with a point and without separators");
    } else {
      out += text[at] == no_break ? ' ' : text[at];
      ++at;
    }
  }
  return out;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

// "3 days and 7 hours", "1 day, 2:03:04", "24-hour": as sums and times of the clock are read.
std::string joined_time(std::string text) {
  replace_all(text, " and ", " ");
  replace_all(text, ", ", " ");
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (is_digit(text[i]) && text[i + 1] == '-' && is_letter(text[i + 2])) text[i + 1] = ' ';
  }
  const std::size_t blank = text.rfind(' ');
  if (blank == std::string::npos || text.find(':', blank) == std::string::npos) return text;
  std::string_view days = trim(std::string_view(text).substr(0, blank));
  const std::size_t digits = digits_at(days, 0);
  const std::string_view unit = trim(days.substr(digits));
  if (digits == 0 ||
      !(same_without_case(unit, "d") || same_without_case(unit, "day") || same_without_case(unit, "days")))
    return text;
  return std::string(days.substr(0, digits)) + "-" + text.substr(blank + 1);
}

struct Ends {
  std::string low;
  std::string high;
  bool has_word = false;  // "8 to 12"
};

// "8-12 hours", "8 to 12 hours", "between 8 and 12 hours", "8h-12h": the unit of the second is that of both.
std::optional<Ends> ends_of_range(std::string_view text) {
  const bool between = drop_front(text, "between");
  drop_front(text, "from");
  const Marked marked = marked_number(text);
  const std::size_t number = marked.size > 0 ? marked.size : number_length(text);
  if (number == 0 || text.find(':') != std::string_view::npos) return std::nullopt;
  for (std::size_t at = number; at < text.size() && !is_digit(text[at]); ++at) {
    std::size_t length = text[at] == '-' ? 1 : 0;
    const std::string_view word = between ? " and " : " to ";
    if (same_without_case(text.substr(at, word.size()), word)) length = word.size();
    const std::string_view high = without_near_enough(trim(text.substr(at + length)));
    if (length == 0 || high.empty() || !is_digit(high.front())) continue;
    Ends ends{std::string(trim(text.substr(0, at))), std::string(high), length > 1};
    const Marked marked_high = marked_number(high);
    const std::size_t high_number = marked_high.size > 0 ? marked_high.size : number_length(high);
    if (ends.low.size() == number) ends.low += high.substr(high_number);
    return ends;
  }
  return std::nullopt;
}

Result<Amount> middle_of(const Ends& ends, std::string_view whole, UnitKind kind) {
  const Result<Amount> low = parse_amount(ends.low, kind);
  if (!low) return low.error();
  const Result<Amount> high = parse_amount(ends.high, kind);
  if (!high) return high.error();
  const bool is_range = low->value > 0 && low->value < high->value && low->log_sd == 0 && high->log_sd == 0;
  if (!is_range) return bad(whole, " is no range from a number above 0 to a larger one", "write 8 to 12");
  if (kind == duration && high->is_bare && !ends.has_word) {
    return bad(whole, " may be a range, or days and hours",
        "write " + ends.low + " to " + ends.high + " hours, or " + ends.low + "d" + ends.high + "h");
  }
  const double middle = low->value / 2 + high->value / 2;
  const double log_sd = std::asinh((high->value - middle) / middle) / z90;
  return Amount{middle, log_sd, high->is_bare, true};
}

// "672 hours (28 days)": says the same twice.
Result<Amount> said_twice(
    std::string_view text, std::string_view bracket, std::string_view whole, UnitKind kind) {
  Result<Amount> amount = parse_amount(text, kind);
  if (!amount || is_near_enough(bracket)) return amount;
  const Result<Amount> again = parse_amount(bracket, kind);
  constexpr double rounding = 0.01;
  if (!again || again->is_bare) {
    return bad(whole, ": what stands in brackets is not read",
        "leave it out; what it says may have a flag of its own");
  }
  if (std::abs(again->value - amount->value) > rounding * std::max(again->value, amount->value))
    return bad(whole,
        " says two things, " + number_text(amount->value) + " and " + number_text(again->value) + " " +
            std::string(own_unit(kind)),
        "state one of them");
  return amount;
}

Result<Amount> parse_printed(std::string_view whole, UnitKind kind, Error plain_error) {
  std::string signs = with_plain_signs(whole);
  replace_all(signs, "(s)", "s");
  std::string_view text = trim(signs);
  if (text.size() > 1 && text.back() == '.' && is_letter(text[text.size() - 2]))
    text = trim(text.substr(0, text.size() - 1));
  text = without_near_enough(text);
  const std::size_t number = number_length(text);
  const bool more = number > 0 && text.substr(number).starts_with('+') &&
                    !text.substr(number).starts_with("+-") && !text.substr(number).starts_with("+/-");
  if (more || is_limit(text)) return bad(whole, " states a limit, not an amount", "write the amount itself");
  if (const std::size_t open = text.rfind('('); open > 0 && text.ends_with(')') && open != text.npos)
    return said_twice(
        trim(text.substr(0, open)), trim(text.substr(open + 1, text.size() - open - 2)), whole, kind);
  if (const std::optional<Ends> ends = ends_of_range(text)) return middle_of(*ends, whole, kind);
  Result<std::string> plain = without_marks(text, whole, kind);
  if (!plain) return plain.error();
  if (kind == duration || kind == device_time) plain = joined_time(std::move(*plain));
  if (*plain == whole) return plain_error;
  return parse_plain_amount(*plain, kind);
}

}  // namespace

Result<Amount> parse_amount(std::string_view text, UnitKind kind) {
  constexpr std::size_t most_printed = 200;  // bytes: no amount is longer
  Result<Amount> plain = parse_plain_amount(text, kind);
  text = trim(text);
  if (plain || text.empty() || text.size() > most_printed) return plain;
  return parse_printed(text, kind, std::move(plain.error()));
}

}  // namespace footpound
