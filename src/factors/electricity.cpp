// SPDX-License-Identifier: MIT
#include "factors/electricity.hpp"

#include <cmath>
#include <cstdlib>
#include <vector>

#include "factors/regions.hpp"
#include "factors/tables.hpp"

namespace footpound {

namespace {

constexpr int intensity_column = column(TableId::grid, "intensity_g_per_kwh");
constexpr int grid_year_column = column(TableId::grid, "year");
constexpr int grid_method_column = column(TableId::grid, "method");
constexpr int pue_column = column(TableId::pue, "pue");
constexpr int pue_scope_column = column(TableId::pue, "scope");
constexpr int pue_year_column = column(TableId::pue, "year");

struct Entry {
  Row row;
  int year;
  IntensityMethod method;
  Intensity value;
};

std::vector<Entry> series_of(const Catalog& catalog, Row region, std::optional<IntensityMethod> wanted) {
  std::vector<Entry> series;
  if (!region) return series;
  catalog.table(TableId::grid).each_named(region.id(), [&](Row row, std::string_view) {
    const IntensityMethod method =
        row.text(grid_method_column) == "direct" ? IntensityMethod::direct : IntensityMethod::lifecycle;
    if (wanted && method != *wanted) return;
    series.push_back({row, static_cast<int>(*row.number(grid_year_column)), method,
        grams_per_kwh(*row.number(intensity_column))});
  });
  return series;
}

// The Year rule: the year itself, else the nearest earlier, else the nearest later; without a
// year the newest. `better(a, b)` breaks ties within a year.
template <class Items, class YearOf, class Better>
auto by_year(const Items& items, std::optional<int> year, YearOf year_of, Better better) {
  auto best = items.begin();
  const auto rank = [&](int of_item) {
    if (!year) return -of_item;
    return of_item <= *year ? *year - of_item : 100000 + (of_item - *year);
  };
  for (auto item = items.begin(); item != items.end(); ++item) {
    const int order = rank(year_of(*item)) - rank(year_of(*best));
    if (order < 0 || (order == 0 && better(*item, *best))) best = item;
  }
  return best;
}

Entry pick_by_year(const std::vector<Entry>& series, std::optional<int> year) {
  return *by_year(
      series, year, [](const Entry& e) { return e.year; },
      [](const Entry& a, const Entry& b) {
        return a.method == IntensityMethod::lifecycle && b.method == IntensityMethod::direct;
      });
}

// lifecycle / direct of the year nearest to `year` for which the country has both.
struct Ratio {
  Row lifecycle;
  double value;
};
std::optional<Ratio> ratio_near(const Catalog& catalog, Row country, int year) {
  const std::vector<Entry> series = series_of(catalog, country, std::nullopt);
  std::optional<Ratio> best;
  int distance = 0;
  for (const Entry& lifecycle : series) {
    if (lifecycle.method != IntensityMethod::lifecycle) continue;
    for (const Entry& direct : series) {
      if (direct.method != IntensityMethod::direct || direct.year != lifecycle.year ||
          !(direct.value > Intensity()))
        continue;
      const int gap = std::abs(lifecycle.year - year);
      if (!best || gap < distance) {
        best = Ratio{lifecycle.row, lifecycle.value / direct.value};
        distance = gap;
      }
    }
  }
  return best;
}

double quadrature(double a, double b) { return std::sqrt(a * a + b * b); }

// Doubt grows with the years between the row and what it stands for.
double aged(double log_sd, const Prior& per_year, std::optional<int> wanted, int have) {
  if (!wanted) return log_sd;
  return quadrature(log_sd, per_year.log_sd * std::sqrt(static_cast<double>(std::abs(*wanted - have))));
}

enum class Level : unsigned char { own, zone, national_zone, country, world };

IntensityPick make_pick(
    const Entry& entry, Level level, const ElectricityPriors& priors, std::optional<int> year) {
  IntensityPick pick;
  pick.method = entry.method;
  pick.year = entry.year;
  Factor& factor = pick.factor = Factor(FactorId::intensity, entry.value);
  factor.row = entry.row;
  factor.other_year = year && *year != entry.year;
  factor.log_sd = aged(priors.own_row.log_sd, priors.year_gap, year, entry.year);
  switch (level) {
    case Level::own:
      factor.origin = Origin::table;
      factor.note = Note::own_row;
      break;
    case Level::zone:
      factor.origin = Origin::derived;
      factor.note = Note::zone_row;
      factor.log_sd = quadrature(factor.log_sd, priors.zone_for_region.log_sd);
      break;
    case Level::national_zone:
      factor.origin = Origin::derived;
      factor.note = Note::zone_row;
      factor.log_sd = quadrature(factor.log_sd, priors.country_for_region.log_sd);
      break;
    case Level::country:
      factor.origin = Origin::derived;
      factor.note = Note::country_row;
      factor.log_sd = quadrature(factor.log_sd, priors.country_for_zone.log_sd);
      break;
    case Level::world:
      factor.origin = Origin::assumed;
      factor.note = Note::world_row;
      factor.log_sd = priors.world_intensity.log_sd;
      break;
  }
  return pick;
}

// A direct row where lifecycle is the default.
IntensityPick to_lifecycle(const Catalog& catalog, const ElectricityPriors& priors, IntensityPick pick,
    Row place, Row country, std::optional<int> year) {
  if (const auto ratio = ratio_near(catalog, country, *pick.year)) {
    pick.factor.set(pick.factor.as<Intensity>() * ratio->value);
    pick.factor.note_row = ratio->lifecycle;
    pick.factor.note = pick.factor.note == Note::zone_row ? Note::zone_scaled_direct : Note::scaled_direct;
    pick.factor.origin = Origin::derived;
    pick.factor.log_sd = quadrature(pick.factor.log_sd, priors.scaled_direct.log_sd);
    pick.method = IntensityMethod::lifecycle;
    return pick;
  }
  const Row zone = zone_of(catalog, place);
  const bool draws_on_country = is_whole_country(place) || (zone && is_whole_country(zone));
  const std::vector<Entry> national = series_of(catalog, country, IntensityMethod::lifecycle);
  if (draws_on_country && !national.empty()) {
    IntensityPick instead = make_pick(pick_by_year(national, year), Level::national_zone, priors, year);
    instead.factor.note = Note::country_for_direct;
    instead.factor.note_row = pick.factor.row;
    return instead;
  }
  pick.factor.note = Note::direct_kept;
  return pick;
}

struct PueEntry {
  Row row;
  int year;
};

}  // namespace

std::string_view name(IntensityMethod method) {
  return method == IntensityMethod::direct ? "direct" : "lifecycle";
}

ElectricityPriors::ElectricityPriors(const Catalog& catalog)
    : own_row(find_prior(catalog, "intensity-own-row")),
      year_gap(find_prior(catalog, "intensity-per-year-of-gap")),
      scaled_direct(find_prior(catalog, "intensity-direct-to-lifecycle")),
      zone_for_region(find_prior(catalog, "intensity-zone-for-region")),
      country_for_region(find_prior(catalog, "intensity-country-for-region")),
      country_for_zone(find_prior(catalog, "intensity-country-for-zone")),
      world_intensity(find_prior(catalog, "intensity-world")),
      site_pue(find_prior(catalog, "pue-site")),
      fleet_pue(find_prior(catalog, "pue-fleet-for-site")),
      world_pue(find_prior(catalog, "pue-world")),
      pue_year_gap(find_prior(catalog, "pue-per-year-of-gap")) {}

Result<IntensityPick> pick_intensity(const Catalog& catalog, const ElectricityPriors& priors, Row region,
    std::optional<int> year, std::optional<IntensityMethod> wanted) {
  const bool direct_only = wanted == IntensityMethod::direct;
  const std::optional<IntensityMethod> filter = direct_only ? wanted : std::nullopt;
  const Row zone = region ? zone_of(catalog, region) : Row();
  const Row country = region ? country_of(catalog, region) : Row();
  const struct {
    Row place;
    Level level;
  } ladder[] = {{region, Level::own},
      {zone, zone && is_whole_country(zone) ? Level::national_zone : Level::zone}, {country, Level::country}};
  for (const auto& [place, level] : ladder) {
    const std::vector<Entry> series = series_of(catalog, place, filter);
    if (series.empty()) continue;
    IntensityPick pick = make_pick(pick_by_year(series, year), level, priors, year);
    if (pick.method == IntensityMethod::direct && !direct_only) {
      return to_lifecycle(catalog, priors, pick, place, country_of(catalog, place), year);
    }
    return pick;
  }
  if (direct_only) {
    return Error{ErrorKind::missing, {},
        region ? "no direct intensity of " + in_quotes(region.id()) + " is in the tables"
               : "no region is stated",
        "state --intensity, or leave out --intensity-method direct"};
  }
  const std::vector<Entry> series = series_of(catalog, world(catalog), IntensityMethod::lifecycle);
  if (series.empty())
    return Error{ErrorKind::missing, {}, "the tables hold no world average", "state --intensity"};
  IntensityPick pick = make_pick(pick_by_year(series, year), Level::world, priors, year);
  if (!region) pick.factor.note = Note::world_without_region;
  return pick;
}

Result<Factor> pick_pue(const Catalog& catalog, const ElectricityPriors& priors, Row region,
    std::string_view provider, std::optional<int> year) {
  std::vector<PueEntry> entries;
  const auto collect = [&](std::string_view key, std::string_view scope) {
    if (key.empty()) return;
    catalog.table(TableId::pue).each_named(key, [&](Row row, std::string_view) {
      if (row.text(pue_scope_column) == scope)
        entries.push_back({row, static_cast<int>(*row.number(pue_year_column))});
    });
  };

  Factor factor(FactorId::pue, Pue());
  factor.origin = Origin::table;
  factor.note = Note::site_pue;
  double log_sd = priors.site_pue.log_sd;
  if (region) collect(region.id(), "site");
  if (entries.empty()) {
    collect(provider.empty() && region ? provider_of(region) : provider, "fleet");
    factor.note = Note::fleet_pue;
    factor.origin = Origin::derived;
    log_sd = priors.fleet_pue.log_sd;
  }
  if (entries.empty()) {
    const Table& table = catalog.table(TableId::pue);
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      if (table.row(i).text(pue_scope_column) == "world")
        entries.push_back({table.row(i), *table.row(i).year()});
    }
    factor.note = Note::world_pue;
    factor.origin = Origin::assumed;
    log_sd = priors.world_pue.log_sd;
  }
  if (entries.empty())
    return Error{ErrorKind::missing, {}, "the tables hold no world average", "state --pue"};
  const PueEntry& entry = *by_year(
      entries, year, [](const PueEntry& e) { return e.year; },
      [](const PueEntry&, const PueEntry&) { return false; });
  factor.row = entry.row;
  factor.set(Pue(*entry.row.number(pue_column)));
  factor.other_year = year && *year != entry.year;
  factor.log_sd = aged(log_sd, priors.pue_year_gap, year, entry.year);
  return factor;
}

}  // namespace footpound
