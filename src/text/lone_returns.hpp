// SPDX-License-Identifier: MIT
// Lines that end in a carriage return alone, as Mac OS had them before 2001 and Excel's "CSV
// (Macintosh)" has them still: made lines as everybody has them before anything else looks at them.
#pragma once

#include <cstddef>
#include <string_view>

namespace footpound {

class LoneReturns {
 public:
  // `delimiter` of fields that may stand in quotes, where a return is data; 0: there are no quotes.
  explicit LoneReturns(char delimiter) : delimiter_(delimiter) {}

  // Makes line feeds of the returns, in place; goes on where the call before ended.
  void to_feeds(char* bytes, std::size_t size);

 private:
  enum class At : unsigned char { field_start, in_field, in_quotes, behind_quote };
  friend bool ends_lines_in_returns(std::string_view head);
  bool is_quoted(char c);  // steps over it

  char delimiter_;
  At at_ = At::field_start;
};

// A stream that begins with `head`: has it returns outside quotes, and no line feed?
bool ends_lines_in_returns(std::string_view head);

}  // namespace footpound
