// SPDX-License-Identifier: MIT
#pragma once

#include "read/reader.hpp"

namespace footpound {

std::unique_ptr<RecordReader> make_ndjson_reader(const ReaderOptions& options);
bool looks_like_ndjson(std::string_view head);

}  // namespace footpound
