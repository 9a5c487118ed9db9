// SPDX-License-Identifier: MIT
// One number of an answer, with where it came from. Small and flat: a stream makes a dozen of
// them per record, so texts (names, units, notes) are looked up when somebody reads them.
#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "factors/table.hpp"
#include "footpound/factors/origin.hpp"
#include "footpound/units/quantity.hpp"
#include "units/ratios.hpp"

namespace footpound {

// In the order of the formula, in which they are told.
enum class FactorId : std::uint8_t {
  trials,
  measured_it_energy,
  measured_accelerator_energy,
  it_power,
  flops,
  peak,
  mfu,
  hours_overhead,
  accelerator_count,
  accelerator_hours,
  hours,
  accelerator_power,
  host_power_per_device,
  host_power,
  pue,
  intensity,
  market_intensity,
  embodied,
  lifetime,
  price,
};
inline constexpr std::size_t factor_count = static_cast<std::size_t>(FactorId::price) + 1;

// What a factor is a quantity of; what is a bare number, or has a unit of its own (FLOP, USD/h), is a double.
template <class Quantity>
constexpr bool is_a(FactorId id) {
  switch (id) {
    case FactorId::it_power:
    case FactorId::accelerator_power:
    case FactorId::host_power_per_device:
    case FactorId::host_power: return std::is_same_v<Quantity, Power>;
    case FactorId::accelerator_hours:
    case FactorId::hours:
    case FactorId::lifetime: return std::is_same_v<Quantity, Duration>;
    case FactorId::measured_it_energy:
    case FactorId::measured_accelerator_energy: return std::is_same_v<Quantity, Energy>;
    case FactorId::intensity:
    case FactorId::market_intensity: return std::is_same_v<Quantity, Intensity>;
    case FactorId::embodied: return std::is_same_v<Quantity, Mass>;
    case FactorId::pue: return std::is_same_v<Quantity, Pue>;
    default: return std::is_same_v<Quantity, double>;
  }
}

struct FactorKind {
  std::string_view name;  // the input field's name where there is one
  std::string_view unit;
  std::string_view flag;  // what to state instead of a guess; "" where nothing can be
  std::string_view text;  // for people
};
const FactorKind& kind(FactorId id);

class FactorSet {
 public:
  constexpr FactorSet() = default;
  // All from the first to the last of them.
  static constexpr FactorSet range(FactorId first, FactorId last) {
    FactorSet set;
    set.bits_ = (bit(last) << 1) - bit(first);
    return set;
  }

  constexpr void add(FactorId id) { bits_ |= bit(id); }
  constexpr void add(FactorSet others) { bits_ |= others.bits_; }
  constexpr void drop(FactorId id) { bits_ &= ~bit(id); }
  constexpr bool has(FactorId id) const { return (bits_ & bit(id)) != 0; }
  friend constexpr FactorSet operator&(FactorSet a, FactorSet b) {
    a.bits_ &= b.bits_;
    return a;
  }
  // Calls `visit(FactorId)` in the order of the formula.
  template <class Visit>
  void each(Visit visit) const {
    for (std::uint32_t left = bits_; left != 0; left &= left - 1)
      visit(static_cast<FactorId>(std::countr_zero(left)));
  }
  friend bool operator==(FactorSet, FactorSet) = default;

 private:
  static constexpr std::uint32_t bit(FactorId id) { return std::uint32_t{1} << static_cast<unsigned>(id); }

  std::uint32_t bits_ = 0;
};

// What there is to say about how a factor was found; texts in note_text().
enum class Note : std::uint8_t {
  none,
  middle_of_range,  // stated as two ends
  end_minus_start,
  from_accelerator_hours,  // accelerator-hours / count
  from_flops,              // FLOPs / (count x peak x MFU)
  from_tokens,             // 6 x active parameters x tokens
  from_tokens_with_attention,
  peak_16bit,
  peak_fp32,  // no 16-bit figure: fp32 taken
  count_default,
  in_the_name,  // a count in the accelerator's name
  from_instance,
  mfu_prior,
  mfu_prior_with_attention,  // the FLOPs count attention, so the MFU does
  power_from_utilization,
  power_from_share,  // rated power x typical share
  power_measured,    // published board-scope mean
  host_from_cpu,
  host_from_cores,
  host_from_unknown_cores,
  host_share,    // share per device
  host_of_node,  // what metered nodes draw, less the boards
  host_inside,   // the rating holds the host
  restarts,
  restarts_may_add,      // none added to a stated MFU: an upper end only
  several_accelerators,  // +-joined types in one job
  site_pue,
  fleet_pue,
  world_pue,
  own_row,
  zone_row,  // of the zone the region draws on
  country_row,
  world_row,
  world_without_region,
  scaled_direct,  // direct x its country's lifecycle/direct
  zone_scaled_direct,
  direct_kept,         // no ratio for a part of a country
  country_for_direct,  // no ratio: the country's lifecycle row instead
  lifetime_default,
  price_list,
};

// Its rows point into the catalog, which outlives it. A value, copied freely.
class Factor {
 public:
  Factor() = default;
  // Of a quantity that is of the factor's kind; anything else is a programmer's mistake.
  template <class Quantity>
  Factor(FactorId factor, Quantity quantity) : id(factor) {
    set(quantity);
  }

  template <class Quantity>
  void set(Quantity quantity) {
    assert(is_a<Quantity>(id));
    if constexpr (std::is_same_v<Quantity, double>) {
      number_ = quantity;
    } else {
      number_ = quantity.stored() / stored_in_unit<Quantity>(id);
    }
  }
  // The same quantity back.
  template <class Quantity>
  Quantity as() const {
    assert(is_a<Quantity>(id));
    return Quantity(number_ * stored_in_unit<Quantity>(id));
  }
  // For print: in kind(id).unit.
  double number() const { return number_; }
  // As a table has it.
  void set_number(double in_its_unit) { number_ = in_its_unit; }

  FactorId id = FactorId::trials;
  Origin origin = Origin::given;
  Note note = Note::none;
  bool other_year = false;  // the row is not of the year asked for
 private:
  // kind(id).unit in the quantity's own: kilograms in grams, years in hours
  template <class Quantity>
  static constexpr double stored_in_unit([[maybe_unused]] FactorId id) {
    if constexpr (std::is_same_v<Quantity, Mass>) return 1000;
    if constexpr (std::is_same_v<Quantity, Duration>) return id == FactorId::lifetime ? hours_per_year : 1;
    return 1;
  }

  double number_ = 0;

 public:
  double log_sd = 0;  // of the value; 0 where nothing is known to doubt
  Row row{};          // the row behind it; none where given
  Row note_row{};     // a second row the note speaks of
};

// Factors by what they are, at most one of each.
class Factors {
 public:
  bool has(FactorId id) const { return known_.has(id); }
  const Factor* find(FactorId id) const { return has(id) ? &at(id) : nullptr; }  // nullptr: there is none
  Factor* find(FactorId id) { return has(id) ? &at(id) : nullptr; }
  // One that is there.
  const Factor& operator[](FactorId id) const {
    assert(has(id));
    return at(id);
  }

  // In place of the one there was.
  void put(const Factor& factor) {
    at(factor.id) = factor;
    known_.add(factor.id);
  }
  void drop(FactorId id) { known_.drop(id); }
  void clear() { known_ = FactorSet(); }

  // Calls `visit(const Factor&)` in the order of the formula.
  template <class Visit>
  void each(FactorSet among, Visit visit) const {
    (known_ & among).each([&](FactorId id) { visit(at(id)); });
  }

 private:
  const Factor& at(FactorId id) const { return factors_[static_cast<std::size_t>(id)]; }
  Factor& at(FactorId id) { return factors_[static_cast<std::size_t>(id)]; }

  FactorSet known_;
  std::array<Factor, factor_count> factors_;
};

}  // namespace footpound
