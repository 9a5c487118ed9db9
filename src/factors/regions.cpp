// SPDX-License-Identifier: MIT
#include "factors/regions.hpp"

#include <algorithm>
#include <memory>

#include "base/late_words.hpp"
#include "base/letters.hpp"
#include "factors/named_places.hpp"
#include "factors/nearest.hpp"
#include "factors/tables.hpp"

namespace footpound {

namespace {

constexpr int kind_column = column(TableId::regions, "kind");
constexpr int code_column = column(TableId::regions, "code");
constexpr int provider_column = column(TableId::regions, "provider");
constexpr int zone_column = column(TableId::regions, "zone");
constexpr int state_column = column(TableId::regions, "state");
constexpr int country_column = column(TableId::regions, "country");
constexpr int name_column = column(TableId::regions, "name");
constexpr int aliases_column = column(TableId::regions, "aliases");

// What a known name is tagged with: its row, and whether it says nothing without its provider.
constexpr std::uint32_t tag_of(std::uint32_t row, bool needs_provider) {
  return 2 * row + (needs_provider ? 1 : 0);
}

// Codes and console names of clouds, names and ids of places.
void collect_names(const Table& table, KnownNames& names) {
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const Row row = table.row(i);
    names.add(row.text(is_cloud(row) ? code_column : name_column), tag_of(i, false));
    if (!is_cloud(row) && !folds_alike(row.id(), row.text(name_column), Fold::name))
      names.add(row.id(), tag_of(i, false));
  }
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const bool console = is_cloud(table.row(i));
    each_item(table.row(i).text(aliases_column),
        [&](std::string_view name) { names.add(name, tag_of(i, console && !speaks_for_itself(name))); });
  }
}

void collect_cities(const Table& table, KnownNames& names) {
  for (std::uint32_t i = 0; i < table.size(); ++i)
    names.add(table.row(i).text(column(TableId::cities, "name")), i);
}

class UnknownRegion : public LateWords {
 public:
  UnknownRegion(const Catalog& catalog, std::string_view region, std::string_view provider)
      : catalog_(catalog), region_(region), provider_(provider) {}

 private:
  ErrorWords find() const override {
    const Table& table = catalog_.table(TableId::regions);
    const KnownNames& known = catalog_.known_names(TableId::regions, collect_names);
    const auto of_provider = [&](std::uint32_t tag) {
      const Row row = table.row(tag / 2);
      return is_cloud(row) && provider_of(row) == provider_;
    };
    std::vector<std::string_view> near;
    if (!provider_.empty()) near = known.nearest(region_, 3, region_.size(), of_provider);
    const std::string others = elsewhere();
    if (near.empty() && others.empty()) {
      const auto is_place = [&](std::uint32_t tag) {
        return tag % 2 == 0 && (provider_.empty() || !is_cloud(table.row(tag / 2)));
      };
      near = known.nearest(region_, 3, region_.size(), is_place);
      for (const std::string_view city :
          catalog_.known_names(TableId::cities, collect_cities).nearest(region_, 3))
        near.push_back(city);
      near = nearest(region_, near, 3);
    }
    return {
        "unknown " + in_quotes(region_) + (provider_.empty() ? "" : " of provider " + in_quotes(provider_)),
        did_you_mean(near) + others + "`footpound list regions` shows all"};
  }

  // Whose code it is, where it is not the provider's.
  std::string elsewhere() const {
    if (provider_.empty()) return {};
    std::string others;
    for (const Row row : named_places(catalog_, region_, "").codes) {
      if (is_cloud(row)) others += (others.empty() ? "" : " and ") + in_quotes(provider_of(row));
    }
    return others.empty() ? others : "it is a region of " + others + "; ";
  }

  const Catalog& catalog_;
  std::string region_;
  std::string provider_;
};

// The clouds of others than the first's provider whose codes begin so ("Europe West": Google has eight of
// them).
std::vector<Row> with_codes_so_begun(const Catalog& catalog, std::string_view name, std::vector<Row> clouds) {
  constexpr std::size_t most = 6;  // to be told
  const Table& table = catalog.table(TableId::regions);
  const Folded folded(name, Fold::name);
  for (std::uint32_t i = 0; i < table.size() && clouds.size() < most; ++i) {
    const Row row = table.row(i);
    if (is_cloud(row) && provider_of(row) != provider_of(clouds.front()) &&
        Folded(row.text(code_column), Fold::name).text().starts_with(folded.text()) &&
        std::find(clouds.begin(), clouds.end(), row) == clouds.end())
      clouds.push_back(row);
  }
  return clouds;
}

std::vector<Row> regions_of(const Catalog& catalog, const std::vector<Row>& cities) {
  std::vector<Row> regions;
  for (const Row city : cities) {
    const Row region = region_of_city(catalog, city);
    if (region && std::find(regions.begin(), regions.end(), region) == regions.end())
      regions.push_back(region);
  }
  return regions;
}

// A city of the name that lies elsewhere.
Row city_elsewhere(const Catalog& catalog, Row region, const std::vector<Row>& cities) {
  for (const Row city : cities) {
    const Row its = region_of_city(catalog, city);
    const std::string_view state = city.text(column(TableId::cities, "state"));
    if (its && its != region && state != region.id() && country_of(catalog, its) != region) return city;
  }
  return {};
}

RegionMatch words_for(Row row) {
  RegionMatch match;
  match.row = row;
  match.reads_words = true;
  return match;
}

// Clouds that bear a name which is no code: the only one, or the grid of all.
Result<RegionMatch> one_of(
    const Catalog& catalog, std::string_view name, const std::vector<Row>& clouds, bool of_one_provider) {
  const std::vector<Row> all = of_one_provider ? clouds : with_codes_so_begun(catalog, name, clouds);
  if (all.size() == 1) return words_for(all.front());
  const Row zone = all.size() == clouds.size() ? common_zone(catalog, clouds) : Row();
  if (!zone) return several_regions(name, all);
  return words_for(zone);
}

// A code, an id or a place's own name.
Result<RegionMatch> exactly(const Catalog& catalog, std::string_view name, const NamedPlaces& named) {
  RegionMatch match;
  std::vector<Row> rows = named.codes.empty() ? named.names : named.codes;
  if (rows.size() > 1) {
    const auto aws =
        std::find_if(rows.begin(), rows.end(), [](Row row) { return provider_of(row) == "aws"; });
    const auto whole = std::find_if(rows.begin(), rows.end(), is_whole_country);
    match.shared_code = !named.codes.empty() && aws != rows.end();
    match.shared_name = !match.shared_code && whole != rows.end();
    if (!match.shared_code && !match.shared_name) return several_regions(name, rows);
    rows = {match.shared_code ? *aws : *whole};
  }
  match.row = rows.front();
  if (named.codes.empty()) match.also = city_elsewhere(catalog, match.row, named.cities);
  return match;
}

std::vector<Row> only_clouds(std::vector<Row> rows) {
  rows.erase(std::remove_if(rows.begin(), rows.end(), [](Row row) { return !is_cloud(row); }), rows.end());
  return rows;
}

std::vector<Row> joined(std::vector<Row> rows, const std::vector<Row>& more) {
  for (const Row row : more) {
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
  }
  return rows;
}

}  // namespace

Error unknown_region(const Catalog& catalog, std::string_view region, std::string_view provider) {
  Error error;
  error.kind = ErrorKind::unknown_name;
  error.late = std::make_shared<UnknownRegion>(catalog, region, provider);
  return error;
}

Error several_regions(std::string_view region, const std::vector<Row>& rows) {
  std::vector<std::string_view> ids;
  for (const Row row : rows) ids.push_back(row.id());
  return Error{
      ErrorKind::ambiguous, {}, in_quotes(region) + " stands for several", "say which: " + either(ids)};
}

Row common_zone(const Catalog& catalog, const std::vector<Row>& clouds) {
  Row zone = clouds.empty() ? Row() : zone_of(catalog, clouds.front());
  for (const Row cloud : clouds) {
    if (zone_of(catalog, cloud) != zone) return {};
  }
  return zone;
}

Result<RegionMatch> find_region(const Catalog& catalog, std::string_view region, std::string_view provider) {
  NamedPlaces named = named_places(catalog, region, provider);
  if (!provider.empty()) {
    // with a provider, its regions come before places of the same name
    if (const std::vector<Row> clouds = only_clouds(named.codes); !clouds.empty()) named.codes = clouds;
    std::vector<Row> called = joined(named.locations, named.consoles);
    if (called.empty()) called = named.respelt;
    if (only_clouds(named.codes).empty()) {
      if (called.size() == 1) return words_for(called.front());
      // its two in Georgia tell which Georgia
      const Row zone = named.names.size() > 1 ? common_zone(catalog, called) : Row();
      if (zone) return words_for(zone);
    }
  }
  if (!named.codes.empty() || !named.names.empty()) return exactly(catalog, region, named);

  const std::vector<Row> of_cities = regions_of(catalog, named.cities);
  if (of_cities.size() > 1) return several_regions(region, named.cities);
  if (of_cities.size() == 1) return words_for(of_cities.front());

  std::vector<Row> clouds = named.locations;
  if (clouds.empty() && (speaks_for_itself(region) || !provider.empty())) clouds = named.consoles;
  if (clouds.empty() && provider.empty()) clouds = named.respelt;
  if (!clouds.empty()) return one_of(catalog, region, clouds, !provider.empty() || !named.locations.empty());

  if (const std::string_view code = region_of_zone(region); !code.empty()) {
    NamedPlaces of_zone = named_places(catalog, code, provider);
    of_zone.codes = only_clouds(of_zone.codes);
    of_zone.names.clear();
    if (!of_zone.codes.empty()) {
      Result<RegionMatch> match = exactly(catalog, region, of_zone);
      if (match) match->reads_words = true;
      return match;
    }
  }
  return unknown_region(catalog, region, provider);
}

Row zone_of(const Catalog& catalog, Row region) {
  return region.has(zone_column) ? catalog.table(TableId::regions).find(region.text(zone_column)) : Row();
}

Row state_of(const Catalog& catalog, Row region) {
  return region.has(state_column) ? catalog.table(TableId::regions).find(region.text(state_column)) : Row();
}

Row country_of(const Catalog& catalog, Row region) {
  if (is_whole_country(region)) return region;
  return region.has(country_column) ? catalog.table(TableId::regions).find(region.text(country_column))
                                    : Row();
}

bool is_whole_country(Row region) {
  const std::string_view kind = region.text(kind_column);
  return kind == "country" || kind == "aggregate";
}

std::string_view provider_of(Row region) { return region.text(provider_column); }

Row world(const Catalog& catalog) { return catalog.table(TableId::regions).find("X-WORLD"); }

Row region_of_city(const Catalog& catalog, Row city) {
  return catalog.table(TableId::regions).find(city.text(column(TableId::cities, "region")));
}

}  // namespace footpound
