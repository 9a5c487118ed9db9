// SPDX-License-Identifier: MIT
#include "summary/summarizer.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/letters.hpp"
#include "record/fields.hpp"
#include "text/csv_text.hpp"
#include "text/json_text.hpp"
#include "units/amount.hpp"

namespace footpound {

namespace {

enum Figure : unsigned char {
  energy,
  energy_low,
  energy_high,
  co2e,
  co2e_low,
  co2e_high,
  used_hours,
  used_count,
  boundary,
  figure_count
};
constexpr std::array<std::string_view, figure_count> stated_names = {"energy_kwh", "energy_low_kwh",
    "energy_high_kwh", "co2e_kg", "co2e_low_kg", "co2e_high_kg", "used_hours", "used_accelerator_count",
    "used_boundary"};

std::string month_of(const Spec& spec) {
  if (!spec.start) return {};
  const CivilDate date = utc_date(Instant{spec.start->epoch_seconds + spec.local_offset_seconds});
  return fmt::format("{:04}-{:02}", date.year, date.month);
}

// Of a job whose energy was metered as a whole: its devices did not enter the figures, but Slurm
// says how many there were.
std::optional<double> stated_accelerator_hours(const Spec& spec) {
  const double trials = spec.trials ? spec.trials->value : 1;
  if (spec.accelerator_hours) return in_hours(spec.accelerator_hours->value) * trials;
  if (!spec.hours) return std::nullopt;
  double devices = spec.accelerator_count ? spec.accelerator_count->value : 0;
  for (std::size_t i = 0; i < spec.group_count; ++i) devices += spec.groups[i].count;
  if (!spec.accelerator_count && spec.group_count == 0) return std::nullopt;
  return in_hours(spec.hours->value) * devices * trials;
}

}  // namespace

std::vector<std::string_view> other_names(std::string_view key) {
  const Field* field = find_field(key);
  std::vector<std::string_view> names;
  if (field == nullptr) return names;
  if (!same_without_case(field->name, key)) names.push_back(field->name);
  for (const std::string_view alias : field->aliases) {
    if (!alias.empty() && !same_without_case(alias, key)) names.push_back(alias);
  }
  return names;
}

bool is_worked_out(std::string_view key) { return key == "month"; }

std::span<const std::string_view> figure_names() { return stated_names; }

Summarizer::Summarizer(const Catalog& catalog, const AnswerOptions& options, std::vector<std::string> keys,
    Encoding encoding, bool intervals, SeenJobs& seen)
    : answerer_(catalog, options, false),
      totals_(std::move(keys)),
      encoding_(encoding),
      intervals_(intervals),
      seen_(seen),
      wanted_(totals_.keys().begin(), totals_.keys().end()) {
  wanted_.insert(wanted_.end(), stated_names.begin(), stated_names.end());
  for (const std::string& key : totals_.keys()) {
    const std::size_t first = wanted_.size();
    for (const std::string_view alias : other_names(key)) wanted_.push_back(alias);
    aliases_.emplace_back(first, wanted_.size());
  }
  places_.assign(wanted_.size(), no_place);
}

inline bool Summarizer::has_names_of_last(const Record& record) const {
  const std::size_t count = names_.size();
  if (record.own_fields.size() != count) return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (record.own_fields[i].name != names_[i]) return false;
  }
  return true;
}

void Summarizer::find_fields(const Record& record) {
  names_.clear();
  for (const OwnField& own : record.own_fields) names_.emplace_back(own.name);
  ambiguous_key_ = ambiguous_figure_ = {};
  const std::size_t keys = totals_.keys().size();
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    places_[i] =
        place_of(wanted_[i], names_.size(), [&](std::size_t at) { return std::string_view(names_[at]); });
    if (places_[i] != several_places || i >= keys + figure_count) continue;
    std::string_view& ambiguous = i < keys ? ambiguous_key_ : ambiguous_figure_;
    if (ambiguous.empty()) ambiguous = wanted_[i];
  }
}

std::string_view Summarizer::field(const Record& record, std::size_t which) {
  if (places_[which] >= record.own_fields.size()) return {};
  const auto& [name, raw, is_plain] = record.own_fields[places_[which]];
  if (is_plain) return raw.substr(1, raw.size() - 2);
  if (encoding_ == Encoding::plain) return raw;
  if (encoding_ != Encoding::json)
    return raw.empty() || raw.front() != '"' ? raw : csv_meaning(raw, scratch_);
  if (raw == "null") return {};
  if (raw.size() < 2 || raw.front() != '"') return raw;
  return json_meaning(raw.substr(1, raw.size() - 2), scratch_).value_or(raw);
}

// In most records it stands there as it is meant.
inline std::string_view Summarizer::key_value(const Record& record, std::size_t key) {
  const std::size_t place = places_[key];
  if (place < record.own_fields.size()) {
    const auto& [name, raw, is_plain] = record.own_fields[place];
    if (is_plain && raw.size() > 2) return raw.substr(1, raw.size() - 2);
    if (encoding_ != Encoding::json && !raw.empty() && raw.front() != '"') return raw;
  }
  return other_key_value(record, key);
}

std::string_view Summarizer::other_key_value(const Record& record, std::size_t key) {
  if (const std::string_view own = field(record, key); !own.empty()) return own;
  for (std::size_t alias = aliases_[key].first; alias < aliases_[key].second; ++alias) {
    if (const std::string_view text = field(record, alias); !text.empty()) return text;
  }
  if (totals_.keys()[key] == "month") return month_ = month_of(record.spec);
  return {};
}

std::optional<double> Summarizer::number(const Record& record, std::size_t which) {
  double value = 0;
  const std::string_view text = field(record, which);
  if (!parse_number(text, value)) return std::nullopt;
  if (value < 0 && !refused_)
    refused_ = Error{ErrorKind::out_of_range, std::string(wanted_[which]), in_quotes(text) + " is below 0",
        "clear it to have the record estimated"};
  return value;
}

// A figure that cannot be one is left in `refused_`.
std::optional<JobFigures> Summarizer::stated_figures(const Record& record) {
  const std::size_t first = totals_.keys().size();
  const auto read = [&](Figure which) { return number(record, first + which); };
  const std::optional<double> energy_kwh = read(energy);
  if (!energy_kwh) return std::nullopt;
  const std::optional<double> co2e_kg = read(co2e);
  if (!co2e_kg) return std::nullopt;
  JobFigures job;
  job.energy_kwh = *energy_kwh;
  job.co2e_kg = *co2e_kg;
  job.energy_low_kwh = read(energy_low);
  job.energy_high_kwh = read(energy_high);
  job.co2e_low_kg = read(co2e_low);
  job.co2e_high_kg = read(co2e_high);
  const std::string_view covers = field(record, first + boundary);
  job.boundary = covers == "it"             ? std::optional(Boundary::it)
                 : covers == "accelerators" ? std::optional(Boundary::accelerators)
                                            : std::nullopt;
  const std::optional<double> hours = read(used_hours);
  const std::optional<double> count = read(used_count);
  const double trials = record.spec.trials ? record.spec.trials->value : 1;
  if (record.spec.accelerator_hours) {
    job.accelerator_hours = in_hours(record.spec.accelerator_hours->value) * trials;
  } else if (hours && count) {
    job.accelerator_hours = *hours * *count * trials;
  } else if (record.spec.hours && record.spec.accelerator_count) {
    job.accelerator_hours =
        in_hours(record.spec.hours->value) * record.spec.accelerator_count->value * trials;
  }
  if (!std::isfinite(job.accelerator_hours.value_or(0)) && !refused_) refused_ = does_not_fit();
  return job;
}

// nullptr: they do not fit a number. In place: the ends of intervals that are not asked for are never known.
inline const JobFigures* Summarizer::figures_of(const Answer& answer, const Spec& spec) {
  JobFigures& job = figures_;
  job.accelerator_hours = answer.figures().accelerator_hours;
  if (!job.accelerator_hours) {
    job.accelerator_hours = stated_accelerator_hours(spec);
    if (!std::isfinite(job.accelerator_hours.value_or(0))) return nullptr;
  }
  job.energy_kwh = in_kwh(answer.figures().energy);
  job.co2e_kg = in_kilograms(answer.figures().co2e);
  if (intervals_) {
    job.energy_low_kwh = in_kwh(answer.energy().low());
    job.energy_high_kwh = in_kwh(answer.energy().high());
    job.co2e_low_kg = in_kilograms(answer.co2e().low());
    job.co2e_high_kg = in_kilograms(answer.co2e().high());
  }
  job.boundary = answer.figures().boundary;
  return &job;
}

// Valid until the next call, as long as the record.
inline std::string_view Summarizer::group_key(const Record& record) {
  const std::size_t keys = totals_.keys().size();
  if (keys == 0) return {};
  if (keys == 1) return key_value(record, 0);
  key_.clear();
  for (std::size_t i = 0; i < keys; ++i) append_key(key_, key_value(record, i), i + 1 == keys);
  return key_;
}

inline void Summarizer::count(const JobFigures& job, const Record& record, Group& group) {
  const std::uint64_t fingerprint = record.job.fingerprint;
  if (fingerprint != 0) {
    if (record.job.runs_on && record.spec.hours && found_.open.size() < SeenJobs::most_open) {
      found_.open.push_back(
          {fingerprint, in_hours(record.spec.hours->value), std::string(group_key(record)), job});
      return;
    }
    if (seen_.has_room()) found_.ended.push_back(fingerprint);
  }
  group.add(job);
}

// nullptr: the record has none to be taken as they are. Else what becomes of it.
const std::optional<Error>* Summarizer::take_figures(
    const Record& record, bool may_state_figures, Group& group) {
  if (record.error && record.error->kind == ErrorKind::malformed) return nullptr;
  const std::string_view ambiguous =
      ambiguous_key_.empty() && may_state_figures ? ambiguous_figure_ : ambiguous_key_;
  refused_.reset();
  std::optional<JobFigures> stated;
  if (!ambiguous.empty()) {
    refused_ =
        Error{ErrorKind::contradiction, std::string(ambiguous), "is stated twice", "leave one of them out"};
  } else {
    stated = stated_figures(record);
  }
  if (refused_) {
    ++group.failed;
    return &refused_;
  }
  if (!stated) return nullptr;
  count(*stated, record, group);
  return &none_;
}

const std::optional<Error>& Summarizer::record(Record& record, std::string&) {
  // a finished estimate stands, whatever else of the record means nothing to us ("End" = "Unknown")
  const bool may_state_figures =
      record.replaces || !record.states_by_field;  // or no field is called like an output
  if ((may_state_figures || !totals_.keys().empty()) && !has_names_of_last(record)) find_fields(record);
  if (record.job.fingerprint != 0 && seen_.holds(record.job.fingerprint)) {
    ++found_.repeated;
    return none_;
  }
  Group& group = totals_.group_of_key(group_key(record));
  if (may_state_figures || !ambiguous_key_.empty()) {
    if (const std::optional<Error>* const told = take_figures(record, may_state_figures, group)) return *told;
  }
  if (const Answer* const answer = answerer_.answer(record)) {
    const JobFigures* const job = figures_of(*answer, record.spec);
    if (job == nullptr) {
      ++group.failed;
      return refused_ = does_not_fit();
    }
    count(*job, record, group);
  } else if (answerer_.error()->kind == ErrorKind::skipped) {
    ++group.skipped;
  } else {
    ++group.failed;
  }
  return answerer_.error();
}

}  // namespace footpound
