// SPDX-License-Identifier: MIT
#include "record/fields.hpp"

#include <bit>
#include <vector>

#include "base/letters.hpp"
#include "factors/nearest.hpp"
#include "record/field_rows.hpp"

namespace footpound {

namespace {

using namespace field_rows;
using G = FieldGroup;
using K = UnitKind;
using R = Range;
using S = Spec;

constexpr auto field_table = numbered(std::array{
    text_field<&S::name>("name", "--name", {}, G::run, "TEXT", "what the run is called")
        .recalled_as(Recall::nothing),
    number_field<&S::trials, K::count, R::at_least_one>("trials", "--trials", {}, G::run, "N",
        "runs like this one: tuning, restarts, search (multiplies everything)")
        .recalled_as(Recall::number),

    number_field<&S::hours, K::duration, R::wall_clock>(
        "hours", "--hours", {}, G::time, "TIME", "wall-clock time (79.2, 3d7h, 36:00:00)")
        .recalled_as(Recall::number),
    number_field<&S::accelerator_hours, K::device_time, R::non_negative>("accelerator_hours",
        "--accelerator-hours", {"gpu_hours"}, G::time, "TIME", "devices x hours; enough without a count"),
    instant_field<&S::start>(
        "start", "--start", {}, G::time, "WHEN", "start of the run (ISO 8601, or seconds since 1970)")
        .recalled_as(Recall::place),
    instant_field<&S::end>("end", "--end", {}, G::time, "WHEN", "end of the run"),

    text_field<&S::accelerator>(
        "accelerator", "--accelerator", {"gpu"}, G::hardware, "NAME", "as drivers, Slurm or people write it")
        .recalled_as(Recall::name),
    number_field<&S::accelerator_count, K::devices, R::non_negative>("accelerator_count",
        "--accelerator-count", {"gpu_count", "gpus"}, G::hardware, "N",
        "devices as the driver lists them (a share such as 3/7 for a MIG slice)")
        .recalled_as(Recall::number),
    text_field<&S::instance>(
        "instance", "--instance", {}, G::hardware, "NAME", "cloud instance or TPU slice (aws:p4d.24xlarge)"),
    number_field<&S::nodes, K::count, R::positive>(
        "nodes", "--nodes", {}, G::hardware, "N", "nodes, or instances"),
    text_field<&S::cpu>("cpu", "--cpu", {}, G::hardware, "NAME", "processor of the hosts"),
    number_field<&S::cpu_count, K::count, R::positive>(
        "cpu_count", "--cpu-count", {}, G::hardware, "N", "sockets, whole job"),
    number_field<&S::cpu_cores, K::count, R::positive>(
        "cpu_cores", "--cpu-cores", {}, G::hardware, "N", "allocated cores, whole job"),
    number_field<&S::memory_gb, K::memory, R::non_negative>(
        "memory_gb", "--memory", {}, G::hardware, "SIZE", "memory of the whole job (512GB)"),

    number_field<&S::accelerator_power, K::power, R::power>("accelerator_power_w", "--accelerator-power",
        {"gpu_power_w"}, G::power, "POWER", "mean draw of each counted device")
        .recalled_as(Recall::number),
    number_field<&S::utilization, K::share, R::positive_share>("utilization", "--utilization", {}, G::power,
        "SHARE", "share of rated power drawn on average, 0 to 1 (not the driver's GPU-Util)")
        .recalled_as(Recall::number),
    number_field<&S::host_power, K::power, R::host_power>(
        "host_power_w", "--host-power", {}, G::power, "POWER", "draw of all but the accelerators, whole job"),
    number_field<&S::it_power, K::power, R::power>(
        "it_power_w", "--it-power", {}, G::power, "POWER", "draw of the whole job, hosts included"),
    number_field<&S::measured_it_energy, K::energy, R::positive>("measured_it_energy_kwh",
        "--measured-it-energy", {}, G::power, "ENERGY", "metered energy of the whole job, without PUE"),
    number_field<&S::measured_accelerator_energy, K::energy, R::positive>("measured_accelerator_energy_kwh",
        "--measured-accelerator-energy", {}, G::power, "ENERGY", "metered energy of the accelerators"),

    text_field<&S::region>("region", "--region", {}, G::place, "NAME",
        "cloud region, site, city, state or country, as people write it")
        .recalled_as(Recall::place),
    text_field<&S::provider>(
        "provider", "--provider", {}, G::place, "NAME", "aws, gcp, azure ..., as people write it")
        .recalled_as(Recall::place),
    other_field<&S::year>(
        "year", "--year", {}, G::place, "YEAR", "year of the run: which rows are taken", set_year)
        .recalled_as(Recall::place),
    number_field<&S::pue, K::ratio, R::at_least_one>(
        "pue", "--pue", {}, G::place, "N", "power usage effectiveness of the datacentre")
        .recalled_as(Recall::place),
    number_field<&S::intensity, K::intensity, R::intensity>("intensity_g_per_kwh", "--intensity", {},
        G::place, "RATIO", "carbon intensity of the electricity (385g/kWh, 0.954lb/kWh)")
        .recalled_as(Recall::place),
    other_field<&S::intensity_method>("intensity_method", "--intensity-method", {}, G::place, "METHOD",
        "lifecycle (default) or direct (Scope 2)",
        set_word<&S::intensity_method, IntensityMethod::lifecycle, IntensityMethod::direct>)
        .recalled_as(Recall::place),
    number_field<&S::market_intensity, K::intensity, R::intensity>("market_intensity_g_per_kwh",
        "--market-intensity", {}, G::place, "RATIO", "by contract, for a market-based figure beside"),

    number_field<&S::parameters, K::count, R::positive>(
        "parameters", "--parameters", {}, G::model, "N", "parameters of the model (7B)"),
    number_field<&S::active_parameters, K::count, R::positive>("active_parameters", "--active-parameters", {},
        G::model, "N", "parameters used per token (mixture of experts)"),
    number_field<&S::tokens, K::count, R::positive>(
        "tokens", "--tokens", {}, G::model, "N", "tokens trained on (1.4T)"),
    number_field<&S::flops, K::operations, R::positive>(
        "flops", "--flops", {}, G::model, "N", "operations of the training (3.14e23)"),
    number_field<&S::layers, K::count, R::positive>(
        "layers", "--layers", {}, G::model, "N", "layers of a transformer, for attention's part"),
    number_field<&S::context_tokens, K::count, R::positive>(
        "context_tokens", "--context-tokens", {}, G::model, "N", "tokens of context it is trained with"),
    number_field<&S::mfu, K::share, R::positive_share>(
        "mfu", "--mfu", {}, G::model, "SHARE", "model FLOPs utilisation, 0 to 1"),
    other_field<&S::workload>("workload", "--workload", {}, G::model, "KIND",
        "large-model or general: how hard the boards work",
        set_word<&S::workload, Workload::large_model, Workload::general>),
    text_field<&S::training_type>("training_type", "--training-type", {}, G::model, "TEXT",
        "pre-training, fine-tuning ...: told in a model card, changes no figure")
        .recalled_as(Recall::nothing),
    other_field<&S::embodied>("embodied", "--embodied", {}, G::model, "",
        "also the emissions of making the accelerators", set_bool<&S::embodied>),
    number_field<&S::price_usd_per_hour, K::money, R::non_negative>("price_usd_per_hour",
        "--price-usd-per-hour", {}, G::run, "PRICE", "price of one accelerator for one hour, for the cost"),
});

}  // namespace

std::string_view name(FieldGroup group) {
  switch (group) {
    case FieldGroup::run: return "The run";
    case FieldGroup::time: return "Time";
    case FieldGroup::hardware: return "Hardware";
    case FieldGroup::power: return "Power and energy";
    case FieldGroup::place: return "Place";
    case FieldGroup::model: return "Model";
  }
  return {};
}

std::span<const Field> fields() { return field_table; }

const Field* find_field(std::string_view name) {
  name = without_blanks(name);
  for (const Field& field : field_table) {
    if (same_without_case(field.name, name)) return &field;
    for (const std::string_view alias : field.aliases) {
      if (!alias.empty() && same_without_case(alias, name)) return &field;
    }
  }
  return nullptr;
}

std::optional<Error> refused_field(std::string_view name) {
  name = without_blanks(name);
  for (const std::string_view vague : {"power", "power_w"}) {
    if (!same_without_case(name, vague)) continue;
    return Error{ErrorKind::refused, std::string(name), "of the whole job, or of each device?",
        "write it_power_w (whole job, hosts included) or accelerator_power_w (each counted device)"};
  }
  return std::nullopt;
}

std::string_view near_field(std::string_view name, std::size_t most_edits) {
  static const KnownNames known = [] {
    KnownNames names;
    for (const Field& field : field_table) {
      names.add(field.name);
      for (const std::string_view alias : field.aliases) {
        if (!alias.empty()) names.add(alias);
      }
    }
    return names;
  }();
  const std::vector<std::string_view> near = known.nearest(without_blanks(name), 1, most_edits);
  return near.empty() ? std::string_view() : near.front();
}

Result<void> set_field(const Field& field, std::string_view said, std::string_view text, Record& record) {
  record.said[index_of(field)] = said;
  state_field(field.setter, TextWithin(text), record);
  if (!record.error) return {};
  Error error = std::move(*record.error);
  record.error.reset();
  return error;
}

void state_otherwise(const FieldSetter& field, std::string_view text, Record& record) {
  if (Result<void> done = field.other(record.spec, text); !done) {
    record.error = std::move(done.error());
    record.error->field = record.said[static_cast<std::size_t>(std::countr_zero(field.bit))];
  }
}

void restore(Spec& spec, std::uint64_t fields, const Spec& base) {
  for (; fields != 0; fields &= fields - 1)
    field_table[static_cast<std::size_t>(std::countr_zero(fields))].copy(spec, base);
}

}  // namespace footpound
