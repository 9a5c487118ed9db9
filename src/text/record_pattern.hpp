// SPDX-License-Identifier: MIT
// The records of one NDJSON stream mostly have the same keys in the same order, with the same blanks
// or none. A pattern knows what stands between the values of one record and walks over the next like
// it, several times faster than JsonObject does (docs/decisions/0006); where a record differs it says
// so, and nothing is lost.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "text/byte_scan.hpp"
#include "text/json_text.hpp"

namespace footpound {

class RecordPattern {
 public:
  // How a value is written.
  enum class Value : unsigned char {
    text,    // a string without escapes
    number,  // of digits and at most one point
    null,
    other,
  };

  bool empty() const { return leads_.empty(); }
  void clear() { leads_.clear(); }
  // What stands in front of the next value, from the one before on: ,"user":
  void expect(std::string_view text) {
    Lead& lead = leads_.emplace_back();
    lead.text = text;
    lead.size = static_cast<std::ptrdiff_t>(text.size());
    const std::size_t known = lead.text.copy(lead.start, sizeof lead.start);
    lead.wanted = static_cast<std::uint32_t>((std::uint64_t{1} << known) - 1);
    lead.room = std::max(lead.size, std::ptrdiff_t{sizeof lead.start}) + step;
  }
  // What stands behind the last value.
  void expect_end(std::string_view text) { end_ = text; }

  // Of the record that `text` begins with and a line feed, or the end of `text`, ends: calls
  // `visit(place of the member, how its value is written, the value as written)` for each member. Its
  // length without the line's end; 0 where it differs from the pattern, is no JSON, or ends too near
  // to the end of `text`: some members may have been visited by then.
  template <class Visit>
  std::size_t walk(std::string_view text, Visit visit) const;

 private:
  static constexpr std::ptrdiff_t step = 16;  // bytes looked at together

  struct Lead {
    char start[2 * step] = {};
    std::uint32_t wanted = 0;  // a bit for each byte of it in `start`
    std::ptrdiff_t size = 0;
    std::ptrdiff_t room = 0;  // with as much of the value as is looked at unasked
    std::string text;
  };

  static bool stands_at(const char* at, const Lead& lead) {
    const std::uint32_t same = same_bytes(at, lead.start) | same_bytes(at + step, lead.start + step) << step;
    const bool starts_so = (lead.wanted & ~same) == 0;
    constexpr std::size_t looked_at = sizeof lead.start;
    return starts_so &&
           (lead.text.size() <= looked_at ||
               std::memcmp(at + looked_at, lead.text.data() + looked_at, lead.text.size() - looked_at) == 0);
  }

  // Length of a string without escapes, its quotes counted; 0: it is another, or ends too near to `end`.
  static std::ptrdiff_t plain_string(const char* begin, const char* end) {
    for (const char* at = begin + 1; end - at >= step; at += step) {
      const std::uint32_t stops = string_stops(at);
      if (stops == 0) continue;
      at += std::countr_zero(stops);
      return *at == '"' ? at + 1 - begin : 0;
    }
    return 0;
  }

  // Length of a number of digits and at most one point among them; 0: it is another. `step` bytes
  // can be read.
  static std::ptrdiff_t plain_number(const char* begin) {
    const NumberStops found = number_stops(begin);
    if (found.stops == 0 || (found.stops & 1) != 0) return 0;  // longer than that, or none
    const int length = std::countr_zero(found.stops);
    const std::uint32_t points = found.points & ((1U << length) - 1);
    const bool leads_with_zero = length > 1 && begin[0] == '0' && begin[1] != '.';
    const bool has_exponent = (begin[length] | 0x20) == 'e';
    const bool is_wrong_point =
        (points & (1U | 1U << (length - 1) | (points - 1))) != 0;  // first, last, or a second one
    return has_exponent || is_wrong_point || leads_with_zero ? 0 : length;
  }

  static std::ptrdiff_t any_value(const char* begin, const char* end) {
    const std::string_view rest(begin, static_cast<std::size_t>(end - begin));
    const std::string_view line = rest.substr(0, rest.find('\n'));
    // what stands in front of a value holds its blanks
    return line.empty() || line.front() == ' ' || line.front() == '\t' || line.front() == '\r'
               ? 0
               : static_cast<std::ptrdiff_t>(json_value_length(line));
  }

  std::vector<Lead> leads_;
  std::string end_;
};

template <class Visit>
std::size_t RecordPattern::walk(std::string_view text, Visit visit) const {
  const char* at = text.data();
  const char* const end = at + text.size();
  std::size_t place = 0;
  for (const Lead& lead : leads_) {
    if (end - at < lead.room || !stands_at(at, lead)) return 0;
    at += lead.size;
    Value kind = Value::other;
    std::ptrdiff_t length = 0;
    if (*at == '"') {
      length = plain_string(at, end);
      if (length > 0) kind = Value::text;
    } else if (std::memcmp(at, "null", 4) == 0) {
      length = 4;
      kind = Value::null;
    } else {
      length = plain_number(at);
      if (length > 0) kind = Value::number;
    }
    if (kind == Value::other) length = any_value(at, end);
    if (length == 0) return 0;
    visit(place++, kind, std::string_view(at, static_cast<std::size_t>(length)));
    at += length;
  }
  if (std::string_view(at, std::min(end_.size(), static_cast<std::size_t>(end - at))) != end_) return 0;
  at += end_.size();
  const auto size = static_cast<std::size_t>(at - text.data());
  if (at != end && *at == '\r') ++at;
  return at == end || *at == '\n' ? size : 0;
}

}  // namespace footpound
