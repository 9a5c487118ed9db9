// SPDX-License-Identifier: MIT
// The worker of `summarize`: each record's figures into its group. Records that hold estimates
// already are taken as they are, the others are estimated.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/letters.hpp"
#include "memory/answerer.hpp"
#include "read/reader.hpp"
#include "stream/engine.hpp"
#include "summary/seen_jobs.hpp"
#include "summary/totals.hpp"

namespace footpound {

class Summarizer : public Worker {
 public:
  // Without `intervals` their ends are not summed: nobody asks for them. `seen` outlives it, and is told of
  // what was found when the file is done.
  Summarizer(const Catalog& catalog, const AnswerOptions& options, std::vector<std::string> keys,
      Encoding encoding, bool intervals, SeenJobs& seen);

  const std::optional<Error>& record(Record& record, std::string& out) override;
  std::uint64_t flags_needed() const override { return answerer_.flags_needed(); }
  Totals take_totals() { return std::move(totals_); }
  SeenJobs::Found take_found() { return std::move(found_); }

 private:
  // Where the fields that are looked up stand in the record; looked for again only where its names
  // are others than those of the record before.
  bool has_names_of_last(const Record& record) const;
  void find_fields(const Record& record);
  // What the record's field says, "" where it has none; valid until the next call.
  std::string_view field(const Record& record, std::size_t which);
  std::string_view key_value(const Record& record, std::size_t key);
  std::string_view other_key_value(const Record& record, std::size_t key);
  std::string_view group_key(const Record& record);
  void count(const JobFigures& job, const Record& record, Group& group);
  std::optional<double> number(const Record& record, std::size_t which);
  std::optional<JobFigures> stated_figures(const Record& record);
  const std::optional<Error>* take_figures(const Record& record, bool may_state_figures, Group& group);
  const JobFigures* figures_of(const Answer& answer, const Spec& spec);

  Answerer answerer_;
  Totals totals_;
  Encoding encoding_;
  bool intervals_;
  SeenJobs& seen_;
  SeenJobs::Found found_;
  std::string key_;  // of the record's group
  std::string month_;
  JobFigures figures_;

  // The keys, then the figures that a record may state, then the keys' other names.
  std::vector<std::string_view> wanted_;
  std::vector<std::pair<std::size_t, std::size_t>> aliases_;  // first and last + 1 of each key, in wanted_
  std::vector<std::string> names_;                            // of the record before
  std::vector<std::size_t> places_;                           // of wanted_ in it
  std::string_view ambiguous_key_, ambiguous_figure_;         // which it has twice
  std::string scratch_;
  std::optional<Error> none_;
  std::optional<Error> refused_;
};

// Where a field stands among names: the one of that very name, or else the only one that differs from
// it in case alone. So the order of the names decides nothing.
inline constexpr std::size_t no_place = std::string_view::npos;
inline constexpr std::size_t several_places = no_place - 1;
template <class NameAt>
std::size_t place_of(std::string_view wanted, std::size_t count, NameAt name_at) {
  std::size_t exact = no_place;
  std::size_t alike = no_place;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view name = name_at(i);
    if (!same_without_case(name, wanted)) continue;
    std::size_t& found = name == wanted ? exact : alike;
    found = found == no_place ? i : several_places;
  }
  return exact != no_place ? exact : alike;
}

// Fields that hold the figures of a finished estimate.
std::span<const std::string_view> figure_names();

// Other names that a key's column may bear: "gpu" for "accelerator", and the other way round.
std::vector<std::string_view> other_names(std::string_view key);

// Is the key one that is worked out where the records have no field of that name?
bool is_worked_out(std::string_view key);

}  // namespace footpound
