// SPDX-License-Identifier: MIT
#pragma once

#include "read/reader.hpp"

namespace footpound {

std::unique_ptr<RecordReader> make_csv_reader(const ReaderOptions& options);
std::unique_ptr<RecordReader> make_tsv_reader(const ReaderOptions& options);

bool looks_like_csv(std::string_view head);  // its first line names a field of ours
bool looks_like_tsv(std::string_view head);

}  // namespace footpound
