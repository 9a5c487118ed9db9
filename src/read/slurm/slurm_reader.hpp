// SPDX-License-Identifier: MIT
// Slurm accounting: the text of `sacct -P` (or -p, or --delimiter=X), and the one document of
// `sacct --json`, read job by job. docs/slurm.md says what is done with each field.
#pragma once

#include "read/reader.hpp"

namespace footpound {

std::unique_ptr<RecordReader> make_slurm_reader(const ReaderOptions& options);
// Its first line holds sacct's names, also where it is the fixed-width form that is refused.
bool looks_like_slurm(std::string_view head);

std::unique_ptr<RecordReader> make_slurm_json_reader(const ReaderOptions& options);
bool looks_like_slurm_json(std::string_view head);

}  // namespace footpound
