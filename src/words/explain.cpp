// SPDX-License-Identifier: MIT
#include "words/explain.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "factors/electricity.hpp"
#include "factors/hardware.hpp"
#include "factors/regions.hpp"
#include "factors/tables.hpp"
#include "text/json_text.hpp"
#include "units/amount.hpp"
#include "units/number_text.hpp"
#include "words/narrow_text.hpp"

namespace footpound {

namespace {

std::string_view region_of(Row grid_row) { return grid_row.text(column(TableId::grid, "region")); }

std::string taken_year(const Factor& factor) {
  if (!factor.row || !factor.row.year()) return {};
  return factor.other_year ? fmt::format("; its row of {} is the nearest", *factor.row.year())
                           : fmt::format(" of {}", *factor.row.year());
}

std::string intensity_note(const Factor& factor, const Inputs& inputs) {
  const std::string year = taken_year(factor);
  const std::string_view from = factor.row ? region_of(factor.row) : std::string_view();
  switch (factor.note) {
    case Note::own_row: return fmt::format("{}'s own figure{}", from, year);
    case Note::zone_row:
      return fmt::format("zone {}'s figure{} ({} is on its grid)", from, year, inputs.region.id());
    case Note::country_row: return fmt::format("country {}'s figure{}", from, year);
    case Note::scaled_direct:
      return fmt::format("{}'s direct figure{}, times its country's lifecycle/direct ratio of {}", from, year,
          factor.note_row.year().value_or(0));
    case Note::zone_scaled_direct:
      return fmt::format(
          "zone {}'s direct figure{} ({} is on its grid), times its country's lifecycle/direct ratio of {}",
          from, year, inputs.region.id(), factor.note_row.year().value_or(0));
    case Note::direct_kept:
      return fmt::format(
          "{}'s direct figure{}: no lifecycle figure is published for it, and its country's mean would say "
          "nothing of it",
          from, year);
    case Note::country_for_direct:
      return fmt::format("country {}'s figure{}: of {} itself only a direct figure is published", from, year,
          region_of(factor.note_row));
    case Note::world_row:
      return fmt::format("world average{}: nothing is known of {}", year, inputs.region.id());
    case Note::world_without_region:
      return fmt::format("world average{}: no {}", year,
          inputs.region_words == PlaceWords::nothing ? "place is named" : "region is stated");
    default: return {};
  }
}

// "0.873 x test-gpu's rated 200 W"
std::string share_of_rated(double share, Row accelerator) {
  const double rated = in_watts(accelerator_of(accelerator).rated_power.value_or(watts(0)));
  return fmt::format("{} x {}'s rated {} W", human_number(share, 3), accelerator.id(), human_number(rated));
}

// "as large-model training draws: several accelerators are stated"
std::string load_text(const Load& load) {
  const std::string_view draws = load.workload == Workload::large_model ? "as large-model training draws"
                                 : load.workload == Workload::general   ? "as general use draws"
                                                                        : "as training typically draws";
  constexpr std::array why = {"nothing tells the size of the job", "as stated",
      "several accelerators are stated", "one accelerator is stated", "a month of device-hours or more",
      "a year of device-hours or more", "one whole machine tells no size of the job"};
  return fmt::format("{}: {}", draws, why[static_cast<std::size_t>(load.basis)]);
}

// Boards and host that were guessed as one: "; both together 450 W, 370 to 540 W".
std::string sum_text(const Factor& host, const Inputs& inputs) {
  for (std::size_t i = 0; i < inputs.board_kinds; ++i) {
    const Boards& boards = inputs.boards[i];
    if (!boards.sum_log_sd || boards.find(FactorId::host_power_per_device) != &host) continue;
    const std::optional<Factor> sum = boards.power_and_host();
    if (!sum) continue;
    const Interval<double> range = interval(*sum);
    return fmt::format("; what counts is both together, {} W, {} to {} W", human_number(sum->number()),
        human_number(range.low, 3), human_number(range.high, 3));
  }
  return {};
}

// The share that gave a guessed power, where it was a share of one device's rating.
std::string power_note(const Factor& factor, const Inputs& inputs) {
  const Power rated =
      factor.note_row ? accelerator_of(factor.note_row).rated_power.value_or(Power()) : Power();
  const bool is_share = factor.row && factor.row.text(column(TableId::spreads, "unit")) == "of rated power";
  switch (factor.note) {
    case Note::power_from_utilization:
      return share_of_rated(factor.as<Power>() / rated, factor.note_row) + ", the stated utilisation";
    case Note::power_from_share:
      return share_of_rated(factor.as<Power>() / rated, factor.note_row) + ", " +
             (factor.row.id() == "board-share-tpu" ? std::string("as TPUs draw, whatever the load")
                                                   : load_text(inputs.load));
    case Note::host_of_node:
      return share_of_rated(
                 factor.row.number(column(TableId::spreads, "value")).value_or(0), factor.note_row) +
             ", as metered nodes draw, less the board" + sum_text(factor, inputs);
    default:
      if (!is_share || rated <= Power()) return "the least that nodes draw per accelerator";
      return share_of_rated(factor.as<Power>() / rated, factor.note_row) +
             ", as the rest of a node typically draws";
  }
}

}  // namespace

std::string range_text(const Factor& factor) {
  const double half = factor.number() * std::sinh(z90 * factor.log_sd);
  return fmt::format("{} to {}", human_number(factor.number() - half), human_number(factor.number() + half));
}

std::string_view rung_text(const Inputs& inputs) {
  switch (inputs.rung) {
    case EnergyRung::measured_it: return "measured IT energy, as stated";
    case EnergyRung::measured_accelerator:
      return inputs.boundary == Boundary::it ? "measured accelerator energy + host: no IT energy is stated"
                                             : "measured accelerator energy, as stated";
    case EnergyRung::it_power: return "power of the job x hours: no energy is stated";
    case EnergyRung::parts: break;
  }
  if (inputs.board_kinds == 0)
    return "power of the hosts x hours: neither energy nor power of the job is stated";
  return inputs.boundary == Boundary::it
             ? "(power per accelerator x accelerators + host) x hours: neither energy nor power of the job "
               "is stated"
             : "power per accelerator x accelerators x hours: neither energy nor power of the job is stated";
}

std::string note_text(const Factor& factor, const Inputs& inputs) {
  switch (factor.note) {
    case Note::none: return {};
    case Note::middle_of_range: return fmt::format("the middle of {}", range_text(factor));
    case Note::end_minus_start: return "end minus start";
    case Note::from_accelerator_hours: return "accelerator-hours / accelerators";
    case Note::from_flops: return "FLOPs / (accelerators x peak x MFU): no time is stated";
    case Note::from_tokens:
      return inputs.unused.shape == UnusedShape::other_missing
                 ? "6 x active parameters x tokens; attention is left out: it takes both layers and context"
                 : "6 x active parameters x tokens";
    case Note::from_tokens_with_attention:
      return "(6 x active parameters + context x sqrt(12 x layers x active parameters)) x tokens";
    case Note::peak_16bit: return "dense 16-bit rate";
    case Note::peak_fp32: return "fp32 rate: no 16-bit rate is published";
    case Note::count_default: return "one accelerator";
    case Note::in_the_name: return "as the accelerator's name says";
    case Note::from_instance: return fmt::format("accelerators of instance {}", factor.row.id());
    case Note::mfu_prior_with_attention:
      return "typical of published runs, times the attention of theirs, which the FLOPs hold here";
    case Note::restarts_may_add:
      return "none added to a stated MFU; restarts and evaluation of published runs took up to so much";
    case Note::mfu_prior: return "typical of published runs";
    case Note::power_from_utilization:
    case Note::power_from_share:
    case Note::host_of_node:
    case Note::host_share: return power_note(factor, inputs);
    case Note::power_measured: return "published mean draw, which goes before a share of the rating";
    case Note::host_from_cpu: return "processors at their typical share of rated power, and memory";
    case Note::host_from_cores: return "allocated cores' share of the processor, and memory";
    case Note::host_from_unknown_cores: return "allocated cores of an unnamed processor, and memory";
    case Note::host_inside: return "its rating holds the host";
    case Note::restarts: return "restarts, evaluation and idle time of published runs";
    case Note::several_accelerators: return "several kinds in one job";
    case Note::site_pue: return fmt::format("of the site{}", taken_year(factor));
    case Note::fleet_pue: return fmt::format("mean of the provider's fleet{}", taken_year(factor));
    case Note::world_pue: return fmt::format("world average{}", taken_year(factor));
    case Note::lifetime_default: return "typical of published assessments";
    case Note::price_list:
      return inputs.preemptible_price_usd ? fmt::format("list price on demand; preemptible {} USD/h",
                                                human_number(*inputs.preemptible_price_usd))
                                          : std::string();
    case Note::own_row:
    case Note::zone_row:
    case Note::country_row:
    case Note::world_row:
    case Note::world_without_region:
    case Note::scaled_direct:
    case Note::zone_scaled_direct:
    case Note::direct_kept:
    case Note::country_for_direct: return intensity_note(factor, inputs);
  }
  return {};
}

std::optional<int> age_if_old(const Factor& factor, const Inputs& inputs, const Catalog& catalog) {
  if (!factor.row || !factor.row.year()) return std::nullopt;
  for (const TableId id : {TableId::accelerators, TableId::cpus, TableId::instances}) {
    if (&factor.row.table() == &catalog.table(id)) return std::nullopt;
  }
  const bool of_place = factor.id == FactorId::intensity || factor.id == FactorId::pue;
  const int age =
      (of_place ? inputs.year.value_or(catalog.data_year()) : catalog.data_year()) - *factor.row.year();
  return age > fresh_years ? std::optional(age) : std::nullopt;
}

std::string source_text(Row row) {
  if (!row) return {};
  std::string text;
  each_item(row.sources(), [&](std::string_view id) {
    text += text.empty() ? "" : ", ";
    text += id;
  });
  if (const auto year = row.year()) text += fmt::format(" ({})", *year);
  return text;
}

std::vector<Equivalent> equivalents_of(Mass co2e, const Catalog& catalog, std::string_view set) {
  std::vector<Equivalent> list;
  const Table& table = catalog.table(TableId::equivalents);
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const Row row = table.row(i);
    if (row.text(column(TableId::equivalents, "set")) != set) continue;
    const std::optional<double> lb = row.number(column(TableId::equivalents, "lb_per_unit"));
    const std::optional<double> kg = row.number(column(TableId::equivalents, "kg_per_unit"));
    const double amount = lb ? in_pounds(co2e) / *lb : in_kilograms(co2e) / kg.value_or(1);
    list.push_back({row.id(), row.text(column(TableId::equivalents, "text")), amount, source_text(row)});
  }
  return list;
}

std::vector<std::string_view> equivalent_sets(const Catalog& catalog) {
  std::vector<std::string_view> sets;
  const Table& table = catalog.table(TableId::equivalents);
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const std::string_view set = table.row(i).text(column(TableId::equivalents, "set"));
    if (std::find(sets.begin(), sets.end(), set) == sets.end()) sets.push_back(set);
  }
  return sets;
}

void append_explanation(
    const Answer& answer, const Catalog& catalog, std::string_view set, bool in_lines, std::string& out) {
  const std::string_view item = in_lines ? "\n    " : "";
  const std::string_view key = in_lines ? "\n  " : "";
  const std::string_view space = in_lines ? " " : "";
  const auto text_or_null = [&](std::string_view text) {
    if (text.empty()) {
      out += "null";
    } else {
      append_json_string(out, text);
    }
  };
  out += fmt::format("{}\"equivalents\":{}[", key, space);
  bool first = true;
  for (const Equivalent& each : equivalents_of(answer.estimate().co2e.value, catalog, set)) {
    if (!first) out += ',';
    first = false;
    out += item;
    out += "{\"id\":";
    append_json_string(out, each.id);
    out += ",\"text\":";
    append_json_string(out, each.text);
    out += ",\"amount\":";
    append_json_number(out, each.amount);
    out += ",\"source\":";
    text_or_null(each.source);
    out += '}';
  }
  out += fmt::format("{}],{}\"factors\":{}[", key, key, space);
  first = true;
  each_factor(answer.inputs(), [&](const Factor& factor) {
    if (!first) out += ',';
    first = false;
    const FactorKind& what = kind(factor.id);
    out += item;
    out += "{\"name\":";
    append_json_string(out, what.name);
    out += ",\"value\":";
    append_json_number(out, factor.number());
    const Interval<double> range = interval(factor);
    out += ",\"low\":";
    append_json_number(out, range.low);
    out += ",\"high\":";
    append_json_number(out, range.high);
    out += ",\"unit\":";
    text_or_null(what.unit);
    out += ",\"origin\":";
    append_json_string(out, name(factor.origin));
    out += ",\"row\":";
    text_or_null(factor.row ? factor.row.id() : std::string_view());
    out += ",\"source\":";
    std::string ids;
    if (factor.row)
      each_item(factor.row.sources(),
          [&](std::string_view id) { ids += (ids.empty() ? "" : "+") + std::string(id); });
    text_or_null(ids);
    out += ",\"year\":";
    append_json_number(
        out, factor.row && factor.row.year() ? std::optional<double>(*factor.row.year()) : std::nullopt);
    out += ",\"note\":";
    text_or_null(note_text(factor, answer.inputs()));
    out += '}';
  });
  out += fmt::format("{}],{}\"rung\":{}", key, key, space);
  append_json_string(out, rung_text(answer.inputs()));
  out += fmt::format(",{}\"narrow\":{}", key, space);
  append_narrowing(narrow_most(answer.inputs()), out);
}

}  // namespace footpound
