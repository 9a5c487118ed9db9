// SPDX-License-Identifier: MIT
// A record that has been through this program before, told by its columns of ours.
#pragma once

#include "record/record.hpp"

namespace footpound {

// What was no run the first time ("skipped: ..." in its `error`) is none now, and a row that did not
// fit its header ("misfit row: ...") does not now. A job of Slurm's
// that its reader did not read is refused: as a plain record, a step would be a run of its own and
// the job's devices would not be seen. (CSV and TSV of sacct's columns are known by these and read
// by Slurm's rules; what is left is NDJSON, and what came from sacct --json.)
void carry_over_refusal(Record& record, Encoding encoding);

}  // namespace footpound
