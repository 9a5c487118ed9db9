// SPDX-License-Identifier: MIT
// One number of an answer, with where it came from. Small and flat: a stream makes a dozen of
// them per record, so texts (names, units, notes) are looked up when somebody reads them.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string_view>

#include "factors/table.hpp"
#include "footpound/factors/origin.hpp"

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

struct FactorKind {
  std::string_view name;  // the input field's name where there is one
  std::string_view unit;
  std::string_view flag;  // what to state instead of a guess; "" where nothing can be
  std::string_view text;  // for people
};
const FactorKind& kind(FactorId id);

class FactorSet {
 public:
  void add(FactorId id) { bits_ |= std::uint32_t{1} << static_cast<unsigned>(id); }
  void add(FactorSet others) { bits_ |= others.bits_; }
  // Calls `visit(FactorId)` in the order of the formula.
  template <class Visit>
  void each(Visit visit) const {
    for (std::uint32_t left = bits_; left != 0; left &= left - 1)
      visit(static_cast<FactorId>(std::countr_zero(left)));
  }
  friend bool operator==(FactorSet, FactorSet) = default;

 private:
  std::uint32_t bits_ = 0;
};

// What there is to say about how a factor was found; texts in note_text().
enum class Note : std::uint8_t {
  none,
  end_minus_start,
  from_accelerator_hours,  // accelerator-hours / count
  from_flops,              // FLOPs / (count x peak x MFU)
  from_tokens,             // 6 x active parameters x tokens
  from_tokens_with_attention,
  peak_16bit,
  peak_fp32,  // no 16-bit figure: fp32 taken
  count_default,
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

struct Factor {
  FactorId id = FactorId::trials;
  Origin origin = Origin::given;
  Note note = Note::none;
  bool other_year = false;  // the row is not of the year asked for
  double value = 0;         // in kind(id).unit
  double log_sd = 0;        // of the value; 0 where nothing is known to doubt
  Row row{};                // the row behind it; none where given
  Row via{};                // a second row the note speaks of
};

}  // namespace footpound
