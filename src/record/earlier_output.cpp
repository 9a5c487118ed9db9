// SPDX-License-Identifier: MIT
#include "record/earlier_output.hpp"

#include <optional>
#include <string>
#include <utility>

#include "base/letters.hpp"
#include "base/told_kind.hpp"
#include "record/fields.hpp"
#include "text/csv_text.hpp"
#include "text/json_text.hpp"

namespace footpound {

namespace {

const std::string_view* find_own(const Record& record, std::string_view name) {
  for (const OwnField& own : record.own_fields) {
    if (same_without_case(own.name, name)) return &own.raw;
  }
  return nullptr;
}

std::string_view meaning(std::string_view raw, Encoding encoding, std::string& scratch) {
  if (encoding == Encoding::csv || encoding == Encoding::tsv) return csv_meaning(raw, scratch);
  if (encoding != Encoding::json) return raw;
  if (raw.size() < 2 || raw.front() != '"') return {};
  return json_meaning(raw.substr(1, raw.size() - 2), scratch).value_or(std::string_view());
}

bool states_hours(const Record& record) {
  static const std::uint64_t hours = bit(*find_field("hours")) | bit(*find_field("accelerator_hours"));
  return (record.stated & hours) != 0;
}

// By names that no other program's records have together: those of sacct -P, and those that we
// give to the jobs of sacct --json.
bool is_slurm_job(const Record& record) {
  return (find_own(record, "JobID") != nullptr && find_own(record, "AllocTRES") != nullptr) ||
         (find_own(record, "array_job_id") != nullptr && find_own(record, "elapsed_s") != nullptr);
}

}  // namespace

void carry_over_refusal(Record& record, Encoding encoding) {
  if (record.passes_own_fields || (record.error && (record.error->kind == ErrorKind::malformed ||
                                                       record.error->kind == ErrorKind::misfit)))
    return;
  if (const std::string_view* raw = find_own(record, "error")) {
    std::string scratch;
    if (std::optional<Error> told = error_told_by(meaning(*raw, encoding, scratch))) {
      record.error = std::move(told);
      return;
    }
  }
  if (!record.error && !states_hours(record) && is_slurm_job(record)) {
    record.error = Error{ErrorKind::refused, {},
        "is a job of Slurm's accounting in a form that hides its steps and devices",
        "estimate what sacct itself wrote"};
  }
}

}  // namespace footpound
