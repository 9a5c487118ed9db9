// SPDX-License-Identifier: MIT
// Where the records and fields of delimited text end, byte by byte, quotes and all (RFC 4180): for
// what RowIndex leaves over, and for readers of other columns in the same text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "text/cutter.hpp"

namespace footpound {

// End of the record that begins at `from`: its line feed's position, or npos. A quote opens a
// quoted field only at a field's beginning.
std::size_t delimited_record_end(std::string_view text, std::size_t from, char delimiter);

std::size_t count_line_feeds(std::string_view text);

// Splits the row from `from` to `end`: where its cells end, behind the byte before the row. False
// where a quoted field goes on behind its closing quote, or does not close.
bool split_delimited(std::string_view text, std::size_t from, std::size_t end, char delimiter,
    std::vector<std::uint32_t>& ends);

// Cuts behind whole records.
std::unique_ptr<Cutter> make_delimited_cutter(char delimiter);

}  // namespace footpound
