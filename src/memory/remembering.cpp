// SPDX-License-Identifier: MIT
#include <cassert>

#include "memory/memo.hpp"
#include "memory/memory.hpp"
#include "record/fields.hpp"

namespace footpound {

namespace {

// A key of two texts: end to end, and where the first ends, so that no two pairs make the same, whatever
// bytes they hold.
struct PairKey {
  std::string_view text;
  std::uint64_t first_size = 0;
};
class PairKeys {
 public:
  // Valid until the next call.
  PairKey of(std::string_view first, std::string_view second) {
    if (first.empty()) return {second, 0};
    text_.assign(first);
    text_ += second;
    return {text_, first.size()};
  }

 private:
  std::string text_;
};

// Year and method asked for, as a number below 1024; the year is none, or from first_year to last_year.
constexpr int asked_bits = 10;
static_assert(4 * (last_year - first_year + 2) < 1 << asked_bits);
std::uint64_t asked(std::optional<int> year, std::optional<IntensityMethod> wanted) {
  const std::uint64_t years = year ? static_cast<std::uint64_t>(*year - first_year) + 1 : 0;
  const std::uint64_t method = wanted ? static_cast<std::uint64_t>(*wanted) + 1 : 0;
  return 4 * years + method;
}

class RememberingLookups final : public Lookups {
 public:
  explicit RememberingLookups(const Catalog& catalog) : tables_(catalog) {}

  const Result<Accelerator>& accelerator(std::string_view name) override {
    return accelerators_.get(name, 0, [&] { return tables_.accelerator(name); });
  }
  const Result<Place>& place(std::string_view region, std::string_view provider) override {
    const PairKey key = keys_.of(provider, region);
    return places_.get(key.text, key.first_size, [&] { return tables_.place(region, provider); });
  }
  const PlaceYear& place_year(
      const Place& place, std::optional<int> year, std::optional<IntensityMethod> wanted) override {
    const PairKey key = keys_.of(place.provider, place.region ? place.region.id() : std::string_view());
    return place_years_.get(key.text, key.first_size << asked_bits | asked(year, wanted),
        [&] { return tables_.place_year(place, year, wanted); });
  }

 private:
  TableLookups tables_;
  PairKeys keys_;
  Memo<Result<Accelerator>> accelerators_;
  Memo<Result<Place>> places_;
  Memo<PlaceYear> place_years_;
};

class Remembering final : public Memory {
 public:
  Remembering(const Catalog& catalog, const ResolveOptions& options, std::uint64_t flags_stated)
      : lookups_(catalog), model_(catalog) {
    for (const Field& field : fields()) {
      if (field.recall == Recall::ladders) of_ladders_ |= bit(field);
      if (field.recall == Recall::ladders || field.recall == Recall::number) shaping_ |= bit(field);
    }
    recalls_ = !options.strict && options.prices.empty() && (flags_stated & of_ladders_) == 0;
  }

  Lookups& lookups() override { return lookups_; }

  const Terms* recall(const Record& record, const Spec& spec) override {
    if (!may_recall(record, spec)) return nullptr;
    Kept* const kept = kept_.find(*spec.accelerator, number_of(record, spec));
    if (kept == nullptr || !put_place(spec, kept->terms)) return nullptr;
    put_numbers(spec, *kept);
    return &kept->terms;
  }

  void keep(const Record& record, const Spec& spec, const Inputs& inputs, const Terms& terms) override {
    if (!may_recall(record, spec) || inputs.rung != EnergyRung::parts || inputs.board_kinds != 1) return;
    const Boards& boards = inputs.boards[0];
    if (!boards.device || !boards.has(FactorId::accelerator_power) ||
        !inputs.has(FactorId::accelerator_count) || inputs.has(FactorId::host_power))
      return;
    // a count in the name has to agree with each that is stated
    if (boards.device->count_said > 0 && spec.accelerator_count) return;
    kept_.put(*spec.accelerator, number_of(record, spec),
        Kept{terms, boards.device->rated_power.value_or(Power{})});
  }

 private:
  struct Kept {
    Terms terms;  // with the numbers of the record before
    Power rated;  // of the device
  };
  // What a place is in a year.
  struct PlaceTerms {
    Pue pue;
    Intensity intensity;
    double pue_log_sd = 0, intensity_log_sd = 0;
    bool has_pue = false, has_intensity = false;
    bool pue_is_assumed = false, intensity_is_assumed = false;
  };

  // Is all that the record says a name, a place, and numbers that stand in terms as they are?
  bool may_recall(const Record& record, const Spec& spec) const {
    if (!recalls_ || !record.states_by_field || (record.stated & of_ladders_) != 0) return false;
    if (!spec.accelerator || !spec.hours || !(in_hours(spec.hours->value) > 0)) return false;
    return !spec.accelerator_count || spec.accelerator_count->value > 0;
  }

  // Records of one number climb the same rungs: they state the same fields, and the guess of the load
  // takes several devices otherwise than one.
  std::uint64_t number_of(const Record& record, const Spec& spec) const {
    const bool several = spec.accelerator_count && spec.accelerator_count->value > 1;
    return 2 * (record.stated & shaping_) + (several ? 1 : 0);
  }

  void put_numbers(const Spec& spec, Kept& kept) const {
    Terms& terms = kept.terms;
    BoardTerms& boards = terms.boards[0];
    if (spec.trials) {
      terms.trials = spec.trials->value;
      terms.trials_log_sd = spec.trials->log_sd;
    }
    boards.time.each = terms.hours = spec.hours->value;
    terms.time_log_sd = spec.hours->log_sd;
    if (spec.accelerator_count) {
      boards.time.devices = spec.accelerator_count->value;
      terms.count_log_sd = spec.accelerator_count->log_sd;
    }
    if (spec.accelerator_power) {
      boards.board = spec.accelerator_power->value;
      boards.board_log_sd = spec.accelerator_power->log_sd;
    } else if (spec.utilization) {
      boards.board = kept.rated * spec.utilization->value;
      boards.board_log_sd = model_.board_power_doubt_at(spec.utilization->log_sd);
    }
  }

  // False where the ladders have more to say of the place.
  bool put_place(const Spec& spec, Terms& terms) {
    if (spec.pue && spec.intensity) {
      if (!lookups_.place(spec.region.value_or(""), spec.provider.value_or(""))) return false;
    } else {
      const PlaceTerms* const there = terms_of_place(spec);
      if (there == nullptr || (!spec.pue && !there->has_pue)) return false;
      if (!spec.intensity && !there->has_intensity) return false;
      terms.pue = there->pue;
      terms.pue_log_sd = there->pue_log_sd;
      terms.intensity = there->intensity;
      terms.intensity_log_sd = there->intensity_log_sd;
      terms.pue_is_assumed = there->pue_is_assumed;
      terms.intensity_is_assumed = there->intensity_is_assumed;
    }
    if (spec.pue) {
      terms.pue = spec.pue->value;
      terms.pue_log_sd = spec.pue->log_sd;
      terms.pue_is_assumed = false;
    }
    if (spec.intensity) {
      terms.intensity = spec.intensity->value;
      terms.intensity_log_sd = spec.intensity->log_sd;
      terms.intensity_is_assumed = false;
    }
    return true;
  }

  const PlaceTerms* terms_of_place(const Spec& spec) {
    const std::optional<int> year = year_asked(spec);
    if (year && (*year < first_year || *year > last_year)) return nullptr;  // to be refused
    const std::string_view region = spec.region.value_or("");
    const std::string_view provider = spec.provider.value_or("");
    const PairKey key = keys_.of(provider, region);
    const std::uint64_t number = key.first_size << asked_bits | asked(year, spec.intensity_method);
    const PlaceTerms* const known = place_terms_.find(key.text, number);
    return known != nullptr ? known : meet_place(spec, year, key, number);
  }

  const PlaceTerms* meet_place(
      const Spec& spec, std::optional<int> year, const PairKey& key, std::uint64_t number) {
    const Result<Place>& place = lookups_.place(spec.region.value_or(""), spec.provider.value_or(""));
    if (!place) return nullptr;
    const PlaceYear& there = lookups_.place_year(*place, year, spec.intensity_method);
    PlaceTerms terms;
    if (there.pue) {
      terms.has_pue = true;
      terms.pue = there.pue->as<Pue>();
      terms.pue_log_sd = there.pue->log_sd;
      terms.pue_is_assumed = there.pue->origin == Origin::assumed;
    }
    if (there.intensity) {
      const Factor& intensity = there.intensity->factor;
      terms.has_intensity = true;
      terms.intensity = intensity.as<Intensity>();
      terms.intensity_log_sd = intensity.log_sd;
      terms.intensity_is_assumed = intensity.origin == Origin::assumed;
    }
    return &place_terms_.put(key.text, number, terms);
  }

  // Most records of a stream lie in the year of the one before.
  std::optional<int> year_asked(const Spec& spec) {
    if (spec.year || !spec.start) return spec.year;
    const double start = spec.start->epoch_seconds;
    if (!(start >= year_begins_ && start < year_ends_)) {
      year_ = year_of(*spec.start);
      year_begins_ = year_start(year_).epoch_seconds;
      year_ends_ = year_start(year_ + 1).epoch_seconds;
    }
    return year_;
  }

  RememberingLookups lookups_;
  Model model_;
  std::uint64_t of_ladders_ = 0;  // fields that no kept terms hold
  std::uint64_t shaping_ = 0;     // fields that tell records of other rungs apart
  bool recalls_;
  Memo<Kept> kept_;               // by the accelerator's name and number_of()
  Memo<PlaceTerms> place_terms_;  // by provider, region, and what is asked of it
  PairKeys keys_;
  int year_ = 0;
  double year_begins_ = 0, year_ends_ = 0;  // epoch seconds
};

}  // namespace

std::unique_ptr<Memory> make_remembering(
    const Catalog& catalog, const ResolveOptions& options, std::uint64_t flags_stated) {
  return std::make_unique<Remembering>(catalog, options, flags_stated);
}

}  // namespace footpound
