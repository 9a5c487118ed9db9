// SPDX-License-Identifier: MIT
#include "summary/summarizer.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/letters.hpp"
#include "footpound/units/amount.hpp"
#include "io/csv_text.hpp"
#include "io/fields.hpp"
#include "io/json_text.hpp"

namespace footpound {

namespace {

enum StatedFigure : unsigned char {
  energy,
  energy_low,
  energy_high,
  co2e,
  co2e_low,
  co2e_high,
  used_hours,
  used_count,
  boundary,
  place_count
};
constexpr std::array<std::string_view, place_count> stated_names = {"energy_kwh", "energy_low_kwh",
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

Summarizer::Summarizer(const Catalog& catalog, const AnswerOptions& options, std::vector<std::string> keys,
    Encoding encoding, bool intervals)
    : answerer_(catalog, options, false),
      totals_(std::move(keys)),
      encoding_(encoding),
      intervals_(intervals),
      places_(totals_.keys().size() + place_count) {
  for (const std::string& key : totals_.keys()) aliases_.push_back(other_names(key));
}

// In most records it stands where it stood in the one before, by the same name, as it is meant.
inline std::string_view Summarizer::key_field(const Record& record, std::size_t key) {
  const std::size_t place = places_[key];
  if (place < record.own.size()) {
    const auto& [name, raw, is_plain] = record.own[place];
    const bool is_meant_so =
        is_plain ? raw.size() > 2 : encoding_ != Encoding::json && !raw.empty() && raw.front() != '"';
    if (is_meant_so && name == totals_.keys()[key]) return is_plain ? raw.substr(1, raw.size() - 2) : raw;
  }
  return look_up_key(record, key);
}

std::string_view Summarizer::look_up_key(const Record& record, std::size_t key) {
  const std::string_view own = field(record, totals_.keys()[key], places_[key]);
  if (!own.empty()) return own;
  for (const std::string_view alias : aliases_[key]) {
    if (const std::string_view text = field(record, alias, places_[key]); !text.empty()) return text;
  }
  return {};
}

std::string_view Summarizer::field(const Record& record, std::string_view name, std::size_t& place) {
  const auto is_it = [&](const OwnField& own) {
    return own.name == name || same_without_case(own.name, name);
  };
  if (place >= record.own.size() || !is_it(record.own[place])) {
    const auto found = std::find_if(record.own.begin(), record.own.end(), is_it);
    if (found == record.own.end()) return {};
    place = static_cast<std::size_t>(found - record.own.begin());
  }
  const auto& [own_name, raw, is_plain] = record.own[place];
  if (is_plain) return raw.substr(1, raw.size() - 2);
  if (encoding_ == Encoding::plain) return raw;
  if (encoding_ != Encoding::json)
    return raw.empty() || raw.front() != '"' ? raw : csv_meaning(raw, scratch_);
  if (raw == "null") return {};
  if (raw.size() < 2 || raw.front() != '"') return raw;
  return json_meaning(raw.substr(1, raw.size() - 2), scratch_).value_or(raw);
}

std::optional<double> Summarizer::number(const Record& record, std::string_view name, std::size_t& place) {
  double value = 0;
  return parse_number(field(record, name, place), value) ? std::optional(value) : std::nullopt;
}

std::optional<JobFigures> Summarizer::stated_figures(const Record& record) {
  const std::size_t first = totals_.keys().size();
  const auto read = [&](StatedFigure which) {
    return number(record, stated_names[which], places_[first + which]);
  };
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
  const std::string_view covers = field(record, stated_names[boundary], places_[first + boundary]);
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
  return job;
}

// In place: the ends of intervals that are not asked for are never known.
inline const JobFigures& Summarizer::figures_of(const Answer& answer, const Spec& spec) {
  JobFigures& job = figures_;
  job.accelerator_hours = answer.figures().accelerator_hours;
  if (!job.accelerator_hours) job.accelerator_hours = stated_accelerator_hours(spec);
  job.energy_kwh = in_kwh(answer.figures().energy);
  job.co2e_kg = in_kilograms(answer.figures().co2e);
  if (intervals_) {
    job.energy_low_kwh = in_kwh(answer.energy().low());
    job.energy_high_kwh = in_kwh(answer.energy().high());
    job.co2e_low_kg = in_kilograms(answer.co2e().low());
    job.co2e_high_kg = in_kilograms(answer.co2e().high());
  }
  job.boundary = answer.figures().boundary;
  return job;
}

inline Group& Summarizer::group_of(const Record& record) {
  const std::vector<std::string>& keys = totals_.keys();
  const auto value_of = [&](std::size_t i) {
    const std::string_view value = key_field(record, i);
    return value.empty() && keys[i] == "month" ? std::string_view(month_ = month_of(record.spec)) : value;
  };
  if (keys.size() == 1) return totals_.group_of_key(value_of(0));
  key_.clear();
  for (std::size_t i = 0; i < keys.size(); ++i) append_key(key_, value_of(i), i + 1 == keys.size());
  return totals_.group_of_key(key_);
}

const std::optional<Error>& Summarizer::record(Record& record, std::string&) {
  Group& group = group_of(record);
  // a finished estimate stands, whatever else of the record means nothing to us ("End" = "Unknown")
  const bool may_state_figures =
      record.replaces || !record.states_by_field;  // or no field is called like an output
  if (may_state_figures && (!record.error || record.error->kind != ErrorKind::malformed)) {
    if (const std::optional<JobFigures> stated = stated_figures(record)) {
      group.add(*stated);
      return none_;
    }
  }
  if (const Answer* answer = answerer_.answer(record)) {
    group.add(figures_of(*answer, record.spec));
  } else if (answerer_.error()->kind == ErrorKind::skipped) {
    ++group.skipped;
  } else {
    ++group.failed;
  }
  return answerer_.error();
}

}  // namespace footpound
