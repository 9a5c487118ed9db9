// SPDX-License-Identifier: MIT
#pragma once

#include "io/reader.hpp"

namespace footpound {

std::unique_ptr<RecordReader> make_csv_reader(const ReaderOptions& options);
std::unique_ptr<RecordReader> make_tsv_reader(const ReaderOptions& options);

// For readers of other columns in the same text: cuts behind whole records, and where the record
// that begins at `from` ends (its line feed), npos where it does not.
std::unique_ptr<Cutter> make_delimited_cutter(char delimiter);
std::size_t delimited_record_end(std::string_view text, std::size_t from, char delimiter);

bool looks_like_csv(std::string_view head);  // its first line names a field of ours
bool looks_like_tsv(std::string_view head);

}  // namespace footpound
