// SPDX-License-Identifier: MIT
// UTF-8's byte-order mark, which some programs write in front of a text and which is no part of it. It is
// dropped where bytes come in (Source, LogLines); behind that nobody has to know of it.
#pragma once

#include <string_view>

namespace footpound {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

inline std::string_view without_byte_order_mark(std::string_view text) {
  return text.starts_with(byte_order_mark) ? text.substr(byte_order_mark.size()) : text;
}

}  // namespace footpound
