// SPDX-License-Identifier: MIT
#include "words/narrow_text.hpp"

#include <utility>

#include <fmt/format.h>

#include "text/json_text.hpp"
#include "units/number_text.hpp"

namespace footpound {

std::string narrow_text(const Narrowing& narrow) {
  const auto times = [](const Interval<double>& range) {
    return fmt::format("{}-{}x", human_number(range.low, 2), human_number(range.high, 2));
  };
  return fmt::format("state {}: the interval would shrink from {} to {}", narrow.flag, times(narrow.now),
      times(narrow.then));
}

void append_narrowing(const std::optional<Narrowing>& narrow, std::string& out) {
  if (!narrow) {
    out += "null";
    return;
  }
  out += "{\"name\":";
  append_json_string(out, kind(narrow->factor).name);
  out += ",\"state\":";
  append_json_string(out, narrow->flag);
  for (const auto& [name, value] : {std::pair{"low", narrow->now.low}, {"high", narrow->now.high},
           {"then_low", narrow->then.low}, {"then_high", narrow->then.high}}) {
    out += fmt::format(",\"{}\":", name);
    append_json_number(out, value);
  }
  out += '}';
}

}  // namespace footpound
