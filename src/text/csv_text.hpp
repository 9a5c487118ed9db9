// SPDX-License-Identifier: MIT
// Text of one delimited field, RFC 4180 (TSV the same with a tab).
#pragma once

#include <string>
#include <string_view>

namespace footpound {

// Appends `text`, quoted where it holds the delimiter, a quote, CR or LF, or blanks at its ends.
void append_csv(std::string& out, std::string_view text, char delimiter);

// The meaning of a field as written: outer quotes dropped, doubled ones halved. Points into
// `raw`, or into `scratch` where quotes had to be undone.
std::string_view csv_meaning(std::string_view raw, std::string& scratch);

}  // namespace footpound
