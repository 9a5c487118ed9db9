// SPDX-License-Identifier: MIT
#include "record/field_meaning.hpp"

#include "text/csv_text.hpp"
#include "text/json_text.hpp"

namespace footpound {

std::string_view field_meaning(Encoding encoding, std::string_view raw, std::string& scratch) {
  if (encoding == Encoding::plain) return raw;
  if (encoding != Encoding::json) return csv_meaning(raw, scratch);
  if (raw == "null") return {};
  if (raw.front() != '"') return raw;
  return json_meaning(raw.substr(1, raw.size() - 2), scratch).value_or(raw);
}

}  // namespace footpound
