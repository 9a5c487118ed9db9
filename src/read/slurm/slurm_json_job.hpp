// SPDX-License-Identifier: MIT
// One job of `sacct --json`, which takes about 10 kB a step. What goes on is a small set of own
// fields that stays the same whatever Slurm's version, named as far as they mean the same as our
// own fields.
#pragma once

#include <span>
#include <string_view>

#include "footpound/base/result.hpp"
#include "read/slurm/slurm_job.hpp"
#include "record/record.hpp"

namespace footpound {

std::span<const std::string_view> slurm_json_own_names();

// Reads the object record.raw into record.own_fields. Errors: what is wrong with the record itself.
Result<SlurmJob> read_slurm_json_job(Record& record);

}  // namespace footpound
