// SPDX-License-Identifier: MIT
#include "record/second_pass.hpp"

#include "base/letters.hpp"
#include "record/fields.hpp"
#include "text/csv_text.hpp"
#include "text/json_text.hpp"

namespace footpound {

namespace {

constexpr std::string_view skipped_prefix = "skipped: ";  // as message() has it

const std::string_view* find_own(const Record& record, std::string_view name) {
  for (const OwnField& own : record.own) {
    if (same_without_case(own.name, name)) return &own.raw;
  }
  return nullptr;
}

// Fields that stood under wrong names the first time still do.
bool was_no_row(std::string_view text) {
  return (text.substr(0, 4) == "has " && text.find(" fields, the header ") != std::string_view::npos) ||
         text.substr(0, 19) == "quotes do not match";
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

void heed_first_pass(Record& record, Encoding encoding) {
  if (record.own_is_whole || (record.error && record.error->kind == ErrorKind::malformed)) return;
  if (const std::string_view* raw = find_own(record, "error");
      raw != nullptr && raw->size() > skipped_prefix.size()) {
    std::string scratch;
    const std::string_view text = meaning(*raw, encoding, scratch);
    if (text.substr(0, skipped_prefix.size()) == skipped_prefix) {
      record.error = Error{ErrorKind::skipped, {}, std::string(text.substr(skipped_prefix.size())), {}};
      return;
    }
    if (was_no_row(text)) {
      record.error = Error{ErrorKind::malformed, {}, std::string(text), {}};
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
