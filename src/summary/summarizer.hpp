// SPDX-License-Identifier: MIT
// The worker of `summarize`: each record's figures into its group. Records that hold estimates
// already are taken as they are, the others are estimated.
#pragma once

#include <string>
#include <vector>

#include "io/reader.hpp"
#include "memory/answerer.hpp"
#include "stream/engine.hpp"
#include "summary/totals.hpp"

namespace footpound {

class Summarizer : public Worker {
 public:
  // Without `intervals` their ends are not summed: nobody asks for them.
  Summarizer(const Catalog& catalog, const AnswerOptions& options, std::vector<std::string> keys,
      Encoding encoding, bool intervals);

  const std::optional<Error>& record(Record& record, std::string& out) override;
  const Totals& totals() const { return totals_; }

 private:
  // What the record's field says, "" where it has none; valid until the next call.
  std::string_view field(const Record& record, std::string_view name, std::size_t& place);
  Group& group_of(const Record& record);
  std::string_view key_field(const Record& record, std::size_t key);
  std::string_view look_up_key(const Record& record, std::size_t key);
  std::optional<double> number(const Record& record, std::string_view name, std::size_t& place);
  std::optional<JobFigures> stated_figures(const Record& record);
  const JobFigures& figures_of(const Answer& answer, const Spec& spec);

  Answerer answerer_;
  Totals totals_;
  Encoding encoding_;
  bool intervals_;
  std::string key_;  // of the record's group
  std::string month_;
  JobFigures figures_;
  std::vector<std::vector<std::string_view>> aliases_;  // other names of each key, if it is a field of ours
  std::vector<std::size_t> places_;                     // where each field stood in the record before
  std::string scratch_;
  std::optional<Error> none_;
};

// Other names that a key's column may bear: "gpu" for "accelerator", and the other way round.
std::vector<std::string_view> other_names(std::string_view key);

// Is the key one that is worked out where the records have no field of that name?
bool is_worked_out(std::string_view key);

}  // namespace footpound
